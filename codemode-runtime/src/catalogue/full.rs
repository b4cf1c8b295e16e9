//! Which of the functions that a search found are told in full.

use super::text::tokens::estimate_tokens;
use crate::tool::info::ToolInfo;

/// What fits less than this part of how the best does is told in short, however much room there is.
const IN_FULL: f32 = 0.3;

/// How many times the budget the best one may take.
const BEST: usize = 4;

/// No more are told in full at once.
const MAX: usize = 100;

/// Functions share types, so that they take less together than each alone: so often what is left of the budget is
/// looked at again.
const ROUNDS: usize = 3;

/// The functions that are told in full, the others, and the declarations of the former. They are found in the order of
/// how well they fit, with that as a part of how the best does; both keep it.
pub(super) fn divided<'a>(
    found: &[(&'a ToolInfo, f32)],
    budget: usize,
    declared: impl Fn(&[&'a ToolInfo]) -> String,
) -> (Vec<&'a ToolInfo>, Vec<&'a ToolInfo>, String) {
    let mut entries: Vec<Entry<'_>> = found
        .iter()
        .enumerate()
        .map(|(place, (tool, part))| {
            let may_be_full = budget > 0 && place < MAX && *part >= IN_FULL;
            Entry {
                tool,
                cost: may_be_full.then(|| estimate_tokens(&declared(&[*tool]))),
                is_full: false,
            }
        })
        .collect();
    let mut text = String::new();
    for round in 0..ROUNDS {
        let mut room = budget.saturating_sub(estimate_tokens(&text));
        let mut has_more = false;
        for (place, entry) in entries.iter_mut().enumerate() {
            let Some(cost) = entry.cost.filter(|_| !entry.is_full) else {
                continue;
            };
            let is_best = round == 0 && place == 0 && cost <= budget.saturating_mul(BEST);
            if is_best || cost <= room {
                room = room.saturating_sub(cost);
                entry.is_full = true;
                has_more = true;
            }
        }
        if !has_more {
            break;
        }
        let full: Vec<_> = entries.iter().filter(|entry| entry.is_full).collect();
        text = declared(&full.iter().map(|entry| entry.tool).collect::<Vec<_>>());
    }
    let (full, others): (Vec<_>, Vec<_>) = entries.into_iter().partition(|entry| entry.is_full);
    let tools = |entries: Vec<Entry<'a>>| entries.into_iter().map(|entry| entry.tool).collect();
    (tools(full), tools(others), text)
}

struct Entry<'a> {
    tool: &'a ToolInfo,
    /// The tokens that its declaration takes alone, if it may be told in full.
    cost: Option<usize>,
    is_full: bool,
}
