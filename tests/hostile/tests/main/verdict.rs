//! Whether what a host reports is what has to be.

use std::path::Path;
use std::time::Duration;

use codemode_runtime::{ErrorKind, Outcome, RunResult};
use serde_json::json;

use crate::case::Case;
use crate::engine::Engine;
use crate::header::{Expectation, Unstoppable};
use crate::host::{Answer, Report};
use crate::tier::Tier;
use crate::tools::SECRET;

/// How long after its limit a script may come back where that is promised.
pub(crate) const ON_TIME: Duration = Duration::from_millis(500);

/// What a log may have beyond its limit, to say that it was cut.
const MARK_BYTES: usize = 100;

/// Says what is wrong with an answer.
pub(crate) fn judge(tier: Tier, case: &Case, answer: &Answer) -> Result<(), String> {
    let unstoppable = case.header.unstoppable(Engine::THIS, tier);
    match (answer, unstoppable) {
        (Answer::Hung, _) => Err("the host hangs".to_owned()),
        (Answer::Died(_), Some(Unstoppable::EndsTheHost | Unstoppable::MayEndTheHost)) => Ok(()),
        (Answer::Died(said), _) => Err(format!("the host died: {said}")),
        (Answer::Report { report, .. }, Some(Unstoppable::EndsTheHost)) => Err(format!(
            "the host lives, although it is said to end: {:?}",
            report.outcome.result
        )),
        (Answer::Report { report, said }, unstoppable) => {
            is_expected(case.header.expectation(tier), &report.outcome)?;
            has_calls_and_logs(case, &report.outcome)?;
            is_coherent(case, &report.outcome)?;
            tells_no_secret(case, &report.outcome)?;
            has_a_next_run(report)?;
            if let Some(line) = said.lines().find(|line| !is_known(line)) {
                return Err(format!("the host printed: {line}"));
            }
            match (report.goes_on, unstoppable) {
                (Some(true), None) => Err("its thread goes on after its end".to_owned()),
                (Some(false), Some(Unstoppable::GoesOn)) => {
                    Err("its thread ends, although it is said to go on".to_owned())
                }
                _ => Ok(()),
            }
        }
    }
}

/// Whether this is said of scripts that are stopped while an error of theirs is asked for its trace. There is nothing of the
/// host in it.
fn is_known(line: &str) -> bool {
    Engine::THIS == Engine::QuickJs
        && (line.is_empty()
            || line.contains("Failed to create JsStackFrame from callsite object")
            || line.contains("Error: execution terminated")
            // The rest of the first, after what was asked has ended with a new line.
            || line == ". This is a bug in deno")
}

/// How long after its limit a script came back, if it ran into it.
pub(crate) fn lateness(case: &Case, answer: &Answer) -> Option<Duration> {
    let Answer::Report { report, .. } = answer else {
        return None;
    };
    let took = match Engine::THIS {
        Engine::V8 => report.took,
        // There is no snapshot. Making an isolate takes so long that the wait for a worker would be all that is measured.
        Engine::QuickJs => Duration::from_secs_f64(report.outcome.stats.wall_ms / 1e3),
    };
    took.checked_sub(case.header.limits().wall_time)
}

fn is_expected(expectation: &Expectation, outcome: &Outcome) -> Result<(), String> {
    let wrong = || {
        Err(format!(
            "expected {expectation:?}, came to {:?}",
            outcome.result
        ))
    };
    match (expectation, &outcome.result) {
        (Expectation::Ok(expected), RunResult::Ok { value }) if expected == value => Ok(()),
        (Expectation::Fails { kinds, says }, RunResult::Error { error })
            if kinds.contains(&error.kind) =>
        {
            let text = match &error.name {
                Some(name) => format!("{name}: {}", error.message),
                None => error.message.clone(),
            };
            if text.contains(says.as_str()) {
                Ok(())
            } else {
                wrong()
            }
        }
        _ => wrong(),
    }
}

fn has_calls_and_logs(case: &Case, outcome: &Outcome) -> Result<(), String> {
    if let Some(expected) = case.header.calls() {
        let calls: Vec<(String, bool)> = outcome
            .calls
            .iter()
            .map(|call| (call.tool.clone().into_owned(), call.ok))
            .collect();
        if calls != expected {
            return Err(format!("expected the calls {expected:?}, found {calls:?}"));
        }
    }
    if let Some(expected) = case.header.logs() {
        let logs: Vec<&str> = outcome.logs.iter().map(|line| line.text.as_str()).collect();
        if logs != expected {
            return Err(format!("expected the log {expected:?}, found {logs:?}"));
        }
    }
    Ok(())
}

/// What holds for every outcome, whatever the script did.
fn is_coherent(case: &Case, outcome: &Outcome) -> Result<(), String> {
    let bytes: usize = outcome.logs.iter().map(|line| line.text.len()).sum();
    if bytes > case.header.limits().log_bytes + MARK_BYTES {
        return Err(format!("the log has {bytes} bytes"));
    }
    if outcome.stats.tool_calls != outcome.calls.len() as u64 {
        return Err(format!(
            "{} calls are counted, {} recorded",
            outcome.stats.tool_calls,
            outcome.calls.len()
        ));
    }
    if let Some(error) = outcome.error() {
        if error.message.len() > 16 * 1024 {
            return Err(format!("the error has {} bytes", error.message.len()));
        }
        if error.message.is_empty() && error.name.is_none() {
            return Err("the error has neither a name nor a message".to_owned());
        }
        if error.kind == ErrorKind::Host {
            return Err(format!("the host is blamed: {error:?}"));
        }
    }
    Ok(())
}

/// Nothing in an outcome may tell how the host is built, where it is, or what it knows. What the script itself wrote is
/// no secret.
fn tells_no_secret(case: &Case, outcome: &Outcome) -> Result<(), String> {
    let text = serde_json::to_string(outcome).unwrap();
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap();
    let secrets = [
        SECRET,
        repository.to_str().unwrap(),
        "ext:c",
        "codemode:bootstrap",
        "op_codemode",
        "Deno",
        "deno_core",
        "__bootstrap",
        ".cargo",
        ".rs:",
        "src/",
    ];
    let own = case.header.never.iter().map(String::as_str);
    let found = secrets
        .into_iter()
        .filter(|secret| !case.script.contains(secret))
        .chain(own)
        .find(|secret| text.contains(secret));
    match found {
        Some(secret) => Err(format!("`{secret}` is in the outcome: {text}")),
        None => Ok(()),
    }
}

fn has_a_next_run(report: &Report) -> Result<(), String> {
    let Some(RunResult::Ok { value: Some(value) }) = &report.next else {
        return Err(format!("the next run fails: {:?}", report.next));
    };
    // Which names are enumerable is the closed world's business; here, that they don't change.
    if value[0] == "1-2-3" && value[1] == json!(3) && value[3].is_null() {
        Ok(())
    } else {
        Err(format!("the next run is affected: {value}"))
    }
}
