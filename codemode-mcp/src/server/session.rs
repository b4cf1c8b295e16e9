//! One client's session.

#![expect(
    deprecated,
    reason = "the protocol is to lose log messages; the clients of today show them"
)]

use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex};

use codemode_runtime::{Outcome, Store};
use rmcp::model::LoggingLevel;

use super::McpServer;
use crate::lock::lock;

pub(super) struct Session {
    pub(super) server: McpServer,
    /// What the client's scripts keep for each other.
    pub(super) store: Store,
    /// Whether it writes a script for each call.
    pub(super) singles: Singles,
    /// The least important kind of log message that the client wants.
    pub(super) level: Arc<AtomicU8>,
}

impl Session {
    pub(super) fn new(server: McpServer) -> Self {
        Self {
            server,
            store: Store::new(),
            singles: Singles::new(),
            level: Arc::new(AtomicU8::new(rank(LoggingLevel::Debug))),
        }
    }

    /// Whether the client wants log messages of this kind.
    pub(super) fn wants(&self) -> impl Fn(LoggingLevel) -> bool + Send + Sync + use<> {
        let level = Arc::clone(&self.level);
        move |wanted| rank(wanted) >= level.load(Ordering::Relaxed)
    }
}

pub(super) fn rank(level: LoggingLevel) -> u8 {
    level as u8
}

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
