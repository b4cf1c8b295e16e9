//! What a model is told that writes a script for each call.

use std::sync::Mutex;

use codemode_runtime::Outcome;

use crate::lock::lock;

/// So many scripts of one call each in a row are a habit.
const MANY: u32 = 3;

/// How many of a client's last scripts have made one call each; `None` once that was said.
pub(super) struct Singles(Mutex<Option<u32>>);

impl Singles {
    pub(super) fn new() -> Self {
        Self(Mutex::new(Some(0)))
    }

    /// What to say after one more script, if anything.
    pub(super) fn after(&self, outcome: &Outcome) -> Option<String> {
        let mut state = lock(&self.0);
        let in_a_row = (*state)?;
        let is_tools = |tool: &str| !tool.starts_with('$') && !tool.starts_with("output.");
        let calls = outcome.calls.iter().filter(|call| is_tools(&call.tool));
        let in_a_row = match calls.count() {
            // It hasn't come so far, or has looked something up.
            0 => return None,
            1 => in_a_row + 1,
            _ => 0,
        };
        *state = (in_a_row < MANY).then_some(in_a_row);
        (in_a_row == MANY).then(|| {
            format!(
                "These were {MANY} scripts of one call each. One script can make many calls: one after the other, in loops, or at once with \
                 `Promise.all`."
            )
        })
    }
}
