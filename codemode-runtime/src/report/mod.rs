//! What an outcome means to whoever wrote the script: for a model that goes on from there, and for a person.
//!
//! There is one model of it, [`Report`], and three views: [`Report::for_model`], [`Report::for_terminal`], and the JSON of
//! the [`Outcome`] itself.

mod advice;
mod call;
mod input;
mod model;
mod place;
#[cfg_attr(
    not(feature = "engine"),
    allow(dead_code, reason = "only a run has a store that something is kept in")
)]
pub(crate) mod shape;
mod shorten;
mod terminal;
#[cfg(test)]
mod tests;

use std::time::Duration;

pub use self::place::Place;
use crate::catalogue::Catalogue;
use crate::outcome::{CallRecord, ErrorKind, Frame, Kept, KeptKind, Outcome, RunError};
use crate::tool::annotations::Annotations;

/// An outcome with everything that helps to understand it.
///
/// ```
/// use codemode_runtime::{Outcome, Report};
///
/// # fn main() -> Result<(), serde_json::Error> {
/// # let stats = r#"{ "wall_ms": 1, "cpu_ms": 1, "heap_peak_bytes": 1, "tool_calls": 0, "output_bytes": 0, "truncated": false }"#;
/// # let json = format!(r#"{{ "status": "error", "checked": true, "logs": [], "calls": [], "stats": {stats},
/// #   "error": {{ "kind": "type_check", "message": "…", "diagnostics": [
/// #     {{ "line": 2, "column": 12, "code": "TS2551", "message": "Property 'hihg' does not exist. Did you mean 'high'?" }}] }} }}"#);
/// let script = "const forecast = { high: 21 };\n\treturn forecast.hihg";
/// # let outcome: Outcome = serde_json::from_str(&json)?;
/// let text = Report::new(&outcome, script, None).for_model(200);
/// assert_eq!(
///     text,
///     "error[type_check] TS2551: Property 'hihg' does not exist. Did you mean 'high'?\n  \
///      at line 2, column 12\n  \
///      2 | \treturn forecast.hihg\n    \
///        | \t          ^\n\
///      Nothing was run."
/// );
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Report<'a> {
    outcome: &'a Outcome,
    problems: Vec<Problem>,
    time: Option<TimeSpent>,
    /// Whether something was done that can be seen elsewhere than in a result.
    has_acted: bool,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What kind of thing.
    pub kind: ErrorKind,
    /// The compiler's number for it, such as `TS2339`, or the name of the error that was thrown.
    pub name: Option<String>,
    /// What is wrong.
    pub message: String,
    /// Where, if that is known.
    pub place: Option<Place>,
    /// From where the place was called, innermost first.
    pub called_from: Vec<Frame>,
    /// What to do about it: names that may have been meant, what the tool takes that was called.
    pub advice: Vec<String>,
}

/// Where the time of a run went that had too little of it.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeSpent {
    /// From the start of the run to its end.
    pub all: Duration,
    /// In tools, by tool, the longest first. Calls that ran at the same time count each for itself.
    pub tools: Vec<(String, Duration)>,
    /// The tools whose calls hadn't ended.
    pub pending: Vec<String>,
}

impl<'a> Report<'a> {
    /// The report of an outcome. `script` is the text that was run; with the catalogue that it was run against, the
    /// report names tools and says what they take.
    pub fn new(outcome: &'a Outcome, script: &str, catalogue: Option<&Catalogue>) -> Self {
        let error = outcome.error();
        let mut problems = error.map_or_else(Vec::new, |error| problems(error, script));
        for problem in &mut problems {
            problem.advice = advice::of(problem, script, catalogue);
        }
        advice::once_each(&mut problems);
        let out_of_time =
            |error: &RunError| matches!(error.kind, ErrorKind::Timeout | ErrorKind::Deadlock);
        Self {
            outcome,
            has_acted: has_acted(outcome, catalogue),
            problems,
            time: error
                .filter(|error| out_of_time(error))
                .map(|_| TimeSpent::of(outcome)),
        }
    }

    /// What is wrong; empty if nothing is.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Where the time went, if that was the problem.
    pub fn time(&self) -> Option<&TimeSpent> {
        self.time.as_ref()
    }

    /// What of the run is kept in its session, of this kind.
    fn kept(&self, kind: KeptKind) -> Option<&Kept> {
        self.outcome.kept.iter().find(|kept| kept.kind == kind)
    }

    /// Whether the script was never started.
    fn nothing_was_run(&self) -> bool {
        let kind = self.outcome.error().map(|error| error.kind);
        matches!(kind, Some(ErrorKind::Syntax | ErrorKind::TypeCheck))
    }
}

/// Whether the script handed something out, or called a tool that may change something.
fn has_acted(outcome: &Outcome, catalogue: Option<&Catalogue>) -> bool {
    let may_change = |call: &CallRecord| {
        let mut tools = catalogue.iter().flat_map(|catalogue| catalogue.tools());
        let tool = tools.find(|tool| tool.path() == call.tool);
        let says = tool.and_then(|tool| tool.annotations.as_ref());
        tool.is_some() && !says.is_some_and(|says| Annotations::from_mcp(says).is_read_only())
    };
    !outcome.attachments.is_empty() || outcome.calls.iter().any(|call| call.ok && may_change(call))
}

/// How many problems and frames of an outcome are looked at. One that comes from elsewhere may have any number, and each costs
/// a look at the script.
const MAX_PROBLEMS: usize = 100;
const MAX_FRAMES: usize = 100;

fn problems(error: &RunError, script: &str) -> Vec<Problem> {
    let problem = |name: &Option<String>, message: &str, place, called_from| Problem {
        kind: error.kind,
        name: name.clone(),
        message: message.to_owned(),
        place,
        called_from,
        advice: Vec::new(),
    };
    if error.diagnostics.is_empty() {
        let mut frames = error.frames.iter();
        let place = frames.next().map(|frame| match &frame.file {
            Some(file) => Place::in_file(file, frame.line, frame.column),
            None => Place::new(script, frame.line, frame.column),
        });
        let called_from = frames.take(MAX_FRAMES).cloned().collect();
        return vec![problem(&error.name, &error.message, place, called_from)];
    }
    let of_diagnostic = |found: &crate::Diagnostic| {
        let name = found.code.clone().or_else(|| error.name.clone());
        let place = Place::new(script, found.line, found.column);
        problem(&name, &found.message, Some(place), Vec::new())
    };
    let told = error.diagnostics.iter().take(MAX_PROBLEMS);
    told.map(of_diagnostic).collect()
}

impl TimeSpent {
    fn of(outcome: &Outcome) -> Self {
        let mut tools: Vec<(String, Duration)> = Vec::new();
        for call in &outcome.calls {
            let time = milliseconds(call.ms);
            match tools.iter_mut().find(|(tool, _)| *tool == call.tool) {
                Some((_, sum)) => *sum += time,
                None => tools.push((call.tool.clone().into_owned(), time)),
            }
        }
        tools.sort_by_key(|(_, time)| std::cmp::Reverse(*time));
        let pending = outcome.calls.iter().filter(|call| call.pending);
        Self {
            all: milliseconds(outcome.stats.wall_ms),
            tools,
            pending: pending.map(|call| call.tool.clone().into_owned()).collect(),
        }
    }
}

fn milliseconds(ms: f64) -> Duration {
    // An outcome can come from elsewhere, with any number in it.
    Duration::try_from_secs_f64(ms / 1000.0).unwrap_or_default()
}

/// How a call ended.
fn ending(call: &CallRecord) -> &'static str {
    match (call.ok, call.pending) {
        (true, _) => "ok",
        (false, true) => "pending",
        (false, false) => "failed",
    }
}
