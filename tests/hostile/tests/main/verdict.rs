//! Whether what a host reports is what has to be.

use std::path::Path;
use std::time::Duration;

use codemode_runtime::{ErrorKind, Outcome, RunResult};

use crate::calls;
use crate::case::Case;
use crate::clocks::{self, Clock};
use crate::engine::Engine;
use crate::header::{Expectation, Unstoppable};
use crate::host::{Answer, Next};
use crate::tier::Tier;
use crate::tools::SECRET;

/// What a log may have beyond its limit, to say that it was cut.
const MARK_BYTES: usize = 100;

/// A script that came to what it should.
pub(crate) enum Verdict {
    /// It came back, so long after the limit of time that ended it, if one did.
    CameBack { late: Option<Duration>, next: usize },
    /// The engine ended the host, as it is known to.
    EndedTheHost,
}

/// Says what is wrong with an answer.
pub(crate) fn judge(tier: Tier, case: &Case, answer: &Answer) -> Result<Verdict, String> {
    let unstoppable = case.header.unstoppable(Engine::THIS, tier);
    match (answer, unstoppable) {
        (Answer::Hung, _) => Err("the host hangs".to_owned()),
        (Answer::Died(end), Some(Unstoppable::EndsTheHost | Unstoppable::MayEndTheHost)) => {
            end.is_of_the_engine(case.header.last_words())?;
            Ok(Verdict::EndedTheHost)
        }
        (Answer::Died(end), _) => Err(format!("the host died: {end}")),
        (Answer::Report { report, .. }, Some(Unstoppable::EndsTheHost)) => Err(format!(
            "the host lives, although it is said to end: {:?}",
            report.outcome.result
        )),
        (Answer::Report { report, said }, unstoppable) => {
            is_expected(case, tier, &report.outcome)?;
            has_logs(case, &report.outcome)?;
            calls::are_those_of_the_header(case, &report.outcome)?;
            calls::are_those_that_were_made(case, report)?;
            is_coherent(case, &report.outcome)?;
            tells_no_secret(case, &report.outcome)?;
            let limits = case.header.limits();
            clocks::is_not_early(&limits, report)?;
            let next = report.next.as_ref().ok_or("no next run was made")?;
            is_unaffected(next)?;
            if let Some(line) = said.lines().find(|line| !is_known(line)) {
                return Err(format!("the host printed: {line}"));
            }
            leaves_behind_what_it_is_said_to(report.goes_on, unstoppable)?;
            Ok(Verdict::CameBack {
                late: clocks::lateness(&limits, report)?,
                next: next.tries,
            })
        }
    }
}

fn leaves_behind_what_it_is_said_to(
    goes_on: Option<bool>,
    unstoppable: Option<Unstoppable>,
) -> Result<(), String> {
    match (goes_on, unstoppable) {
        (Some(true), None) => Err("its thread or its worker goes on after its end".to_owned()),
        (Some(false), Some(Unstoppable::GoesOn)) => {
            Err("its thread ends, although it is said to go on".to_owned())
        }
        _ => Ok(()),
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

fn is_expected(case: &Case, tier: Tier, outcome: &Outcome) -> Result<(), String> {
    let expectation = case.header.expectation(tier);
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
            let ended_by = clocks::ended_by(&case.header.limits(), outcome)?;
            let by_another_clock = says.is_empty() && ended_by.is_some_and(|by| by != Clock::Wall);
            let is_said = match says.strip_prefix('=') {
                Some(all) => text.trim_end() == all,
                None => text.contains(says.as_str()),
            };
            if is_said && !by_another_clock {
                Ok(())
            } else {
                wrong()
            }
        }
        _ => wrong(),
    }
}

fn has_logs(case: &Case, outcome: &Outcome) -> Result<(), String> {
    let logs: Vec<&str> = outcome.logs.iter().map(|line| line.text.as_str()).collect();
    match case.header.logs() {
        Some(expected) if logs != expected => {
            Err(format!("expected the log {expected:?}, found {logs:?}"))
        }
        _ => Ok(()),
    }
}

/// What holds for every outcome, whatever the script did.
fn is_coherent(case: &Case, outcome: &Outcome) -> Result<(), String> {
    let bytes: usize = outcome.logs.iter().map(|line| line.text.len()).sum();
    if bytes > case.header.limits().log_bytes + MARK_BYTES {
        return Err(format!("the log has {bytes} bytes"));
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

/// A run on the same sandbox comes to what it does on one that nobody has attacked: a value that names all that is global.
fn is_unaffected(next: &Next) -> Result<(), String> {
    if !matches!(&next.untouched, RunResult::Ok { value: Some(_) }) {
        return Err(format!("a harmless script fails: {:?}", next.untouched));
    }
    if next.result != next.untouched {
        return Err(format!("the next run is affected: {:?}", next.result));
    }
    calls::after_it_are_of_the_next_run(next)
}
