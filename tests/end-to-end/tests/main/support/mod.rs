//! What several features' tests need.

#[cfg(target_os = "linux")]
pub(crate) mod processes;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ::site_report::db::SiteDb;
use ::site_report::email::Mailer;
use codemode_runtime::{
    ErrorKind, Isolation, Limits, Outcome, RunError, Sandbox, SandboxBuilder, WorkerProgram,
    Workers,
};
use codemode_test_support::golden;
use serde_json::Value;

use crate::zoo;

/// Where scripts run: in processes of their own if `CODEMODE_ISOLATION=process` is in the environment. Every test of this
/// binary that doesn't choose for itself can be run both ways.
pub(crate) fn isolation() -> Isolation {
    match std::env::var("CODEMODE_ISOLATION").as_deref() {
        Ok("process") => Isolation::Process,
        Ok("in-process") | Err(_) => Isolation::InProcess,
        Ok(other) => panic!("CODEMODE_ISOLATION is `process` or `in-process`, and not `{other}`"),
    }
}

/// Workers of a program that is one, which a test binary isn't. None is started before it is needed: most tests run one
/// script.
pub(crate) fn workers() -> Workers {
    Workers {
        program: WorkerProgram::At(env!("CARGO_BIN_EXE_codemode-test-host").into()),
        min: 0,
        ..Workers::default()
    }
}

/// A builder with every host value that some tool of this binary asks for and no `#[provide_state]` function makes, and
/// with values of its own for the example's tools, which would read the environment otherwise.
pub(crate) fn builder() -> SandboxBuilder {
    Sandbox::builder()
        .isolation(isolation())
        .workers(workers())
        .state(zoo::Keeper::named("Ada"))
        .state(zoo::Observer::default())
        .state(SiteDb::in_memory().unwrap())
        .state(Mailer::to_outbox("reports@example.org", "never-written-to").unwrap())
}

/// A sandbox with default limits.
pub(crate) fn sandbox() -> Sandbox {
    builder().build().unwrap()
}

/// A sandbox with limits that differ from the default ones.
pub(crate) fn limited(limits: Limits) -> Sandbox {
    builder().limits(limits).build().unwrap()
}

/// The default limits with another wall time.
pub(crate) fn for_milliseconds(milliseconds: u64) -> Limits {
    Limits {
        wall_time: Duration::from_millis(milliseconds),
        ..Limits::default()
    }
}

/// Runs a script with all tools and default limits.
pub(crate) async fn run(script: &str) -> Outcome {
    sandbox().run(script).await
}

/// What a script returns that ends well and returns something.
#[track_caller]
pub(crate) fn value_of(outcome: &Outcome) -> &Value {
    match outcome.value() {
        Some(value) => value,
        None => panic!("no value: {:?}", outcome.result),
    }
}

/// The error of a script that ends badly in the expected way.
#[track_caller]
pub(crate) fn error_of(outcome: &Outcome, kind: ErrorKind) -> &RunError {
    match outcome.error() {
        Some(error) if error.kind == kind => error,
        _ => panic!("no error of the kind {kind:?}: {:?}", outcome.result),
    }
}

/// The texts of the log.
pub(crate) fn log_of(outcome: &Outcome) -> Vec<&str> {
    outcome.logs.iter().map(|line| line.text.as_str()).collect()
}

/// Each call with whether it went well.
pub(crate) fn calls_of(outcome: &Outcome) -> Vec<(&str, bool)> {
    outcome
        .calls
        .iter()
        .map(|call| (&*call.tool, call.ok))
        .collect()
}

/// Runs a script without an end until its outcome says where it was, or for the third time: on a busy machine it may not get
/// its turn in the time that it has for that.
#[cfg(feature = "v8")]
pub(crate) async fn with_a_place(sandbox: &Sandbox, script: &str) -> Outcome {
    let mut outcome = sandbox.run(script).await;
    for _ in 0..2 {
        if outcome.error().is_some_and(|error| error.frames.is_empty()) {
            outcome = sandbox.run(script).await;
        }
    }
    outcome
}

/// The places that an error names: functions and lines.
#[cfg(feature = "v8")]
pub(crate) fn places_of(error: &RunError) -> Vec<(Option<&str>, u32)> {
    let places = error.frames.iter();
    places
        .map(|frame| (frame.function.as_deref(), frame.line))
        .collect()
}

/// The outcome as indented JSON, with a zero for each figure that differs from run to run.
#[track_caller]
pub(crate) fn settled_json(outcome: &Outcome) -> String {
    let mut json = serde_json::to_value(outcome).unwrap();
    let settle = |place: &mut Value| {
        let figure = place
            .as_f64()
            .unwrap_or_else(|| panic!("no number: {place}"));
        assert!(figure >= 0.0, "{figure}");
        *place = 0.into();
    };
    for name in ["wall_ms", "cpu_ms"] {
        settle(&mut json["stats"][name]);
    }
    // It is there if there was a heap.
    if let Some(figure) = json["stats"].get_mut("heap_peak_bytes") {
        settle(figure);
    }
    for call in json["calls"].as_array_mut().unwrap() {
        settle(&mut call["ms"]);
    }
    format!("{json:#}\n")
}

/// A path inside of this crate.
pub(crate) fn in_crate(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A path inside of the example.
pub(crate) fn in_example(path: &str) -> PathBuf {
    in_crate("../../examples/site-report").join(path)
}

/// A file of the repository, with line ends as everywhere but on Windows.
#[track_caller]
pub(crate) fn read(path: &Path) -> String {
    fs::read_to_string(path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .replace("\r\n", "\n")
}

/// Asserts that the file in `tests/golden` holds `actual`. With `CODEMODE_UPDATE_GOLDEN=1` in the environment, writes it
/// instead.
#[track_caller]
pub(crate) fn assert_golden(name: &str, actual: &str) {
    golden::check(in_crate("tests/golden").join(name), actual);
}
