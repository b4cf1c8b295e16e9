//! Whether the calls of an outcome are those that the tools saw.

use codemode_runtime::{CallRecord, Outcome};
use serde_json::json;

use crate::case::Case;
use crate::host::{Next, Report};
use crate::record::Seen;

/// The functions that hand out pictures and files are calls of an outcome, but the sandbox's own: what they did is among its
/// attachments, where the suite's tools have nothing to see.
const HANDS_OUT: &str = "output.";

/// So are those that keep values, and what they did is in the values that are read.
const KEEPS: &str = "$store.";

/// Fails if a call was made that the outcome doesn't have, or the other way round.
pub(crate) fn are_those_that_were_made(case: &Case, report: &Report) -> Result<(), String> {
    let Report { outcome, seen, .. } = report;
    let refused = case.header.calls().unwrap_or_default().iter();
    let refused = refused.filter(|call| !call.seen);
    compare(
        &outcome.calls,
        seen,
        refused.map(|call| &*call.tool).collect(),
    )?;
    hands_out_what_it_has(outcome)?;
    match case.header.inputs() {
        Some(expected) if !seen.iter().map(|seen| &seen.input).eq(expected) => {
            Err(format!("expected the inputs {expected:?}, found {seen:?}"))
        }
        _ => Ok(()),
    }
}

/// Fails if the calls aren't those of the header, where it has them.
pub(crate) fn are_those_of_the_header(case: &Case, outcome: &Outcome) -> Result<(), String> {
    let Some(expected) = case.header.calls() else {
        return Ok(());
    };
    let expected: Vec<_> = expected.iter().map(|call| (&*call.tool, call.ok)).collect();
    let calls = outcome.calls.iter();
    let calls: Vec<_> = calls.map(|call| (&*call.tool, call.ok)).collect();
    if calls == expected {
        Ok(())
    } else {
        Err(format!("expected the calls {expected:?}, found {calls:?}"))
    }
}

/// Fails if anything but the harmless script's own call was made after a run had ended.
pub(crate) fn after_it_are_of_the_next_run(next: &Next) -> Result<(), String> {
    compare(&next.calls, &next.seen, Vec::new())?;
    let input = json!({ "a": 1, "b": 2 });
    match next.seen.iter().find(|seen| seen.input != input) {
        Some(other) => Err(format!("a call was made after the end: {other:?}")),
        None => Ok(()),
    }
}

/// Goes through both lists in their order. A call that its tool hasn't seen has failed; it is one of `refused`, or was still
/// waiting for its turn when the run ended.
fn compare(calls: &[CallRecord], seen: &[Seen], mut refused: Vec<&str>) -> Result<(), String> {
    let differ = |why: &str| {
        let short = |call: &CallRecord| (call.tool.to_string(), call.ok, call.pending);
        let calls: Vec<_> = calls.iter().map(short).collect();
        Err(format!(
            "{why}: the outcome has the calls {calls:?}, the tools saw {seen:?}"
        ))
    };
    let mut seen_next = seen.iter().peekable();
    for call in calls
        .iter()
        .filter(|call| !call.tool.starts_with(HANDS_OUT) && !call.tool.starts_with(KEEPS))
    {
        let is_seen = seen_next.peek().is_some_and(|seen| seen.tool == call.tool);
        let refusal = refused.iter().position(|tool| *tool == call.tool);
        match (call.ok, refusal) {
            (false, Some(refusal)) => {
                refused.remove(refusal);
            }
            _ if is_seen => {
                seen_next.next();
            }
            (false, None) if call.pending => {}
            _ => return differ("a tool wasn't called"),
        }
    }
    if seen_next.next().is_some() {
        return differ("a call is missing");
    }
    if refused.is_empty() {
        Ok(())
    } else {
        differ("a call that should have been refused wasn't")
    }
}

fn hands_out_what_it_has(outcome: &Outcome) -> Result<(), String> {
    let calls = outcome.calls.iter();
    let handed_out = calls.filter(|call| call.ok && call.tool.starts_with(HANDS_OUT));
    let (calls, attachments) = (handed_out.count(), outcome.attachments.len());
    if calls == attachments {
        Ok(())
    } else {
        Err(format!(
            "{calls} calls handed something out, and there are {attachments} attachments"
        ))
    }
}
