//! What a run comes to: a value or an error, with everything that happened on the way.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use codemode_script::{Diagnostic, ErrorKind, Frame, RunError};

use crate::exact::Bytes;

/// The result of one run.
///
/// It serialises to the JSON object that `codemode-cli run --json` prints.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Outcome {
    /// How it ended.
    #[serde(flatten)]
    pub result: RunResult,
    /// Whether the script was type-checked before it ran.
    pub checked: bool,
    /// What the script and the tools printed, in order.
    pub logs: Vec<LogLine>,
    /// The tool calls, in the order in which they were started.
    pub calls: Vec<CallRecord>,
    /// Pictures and files that the script handed out, in order. They are no part of its value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// What was kept in the store of the run's session, because it is large or because the script failed. Left out of JSON if there is
    /// nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<Kept>,
    /// The steps of the lock-down that the script's process had to do without, each with the reason, where
    /// `LockDown::BestEffort` lets it go on without them. Left out of JSON if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_locked_down: Vec<String>,
    /// What it cost.
    pub stats: Stats,
}

/// A picture or a file that a script handed out with `output`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// What the script calls it: a file's name, without any folder.
    pub name: String,
    /// What it is, such as `image/png`.
    pub media_type: String,
    /// Its content; base64 in JSON.
    pub bytes: Bytes,
}

impl Outcome {
    /// The outcome of a check without a run: an error, or no value.
    pub fn of_check(error: Option<RunError>) -> Self {
        Self {
            result: match error {
                Some(error) => RunResult::Error { error },
                None => RunResult::Ok { value: None },
            },
            checked: true,
            logs: Vec::new(),
            calls: Vec::new(),
            attachments: Vec::new(),
            kept: Vec::new(),
            not_locked_down: Vec::new(),
            stats: Stats::default(),
        }
    }

    /// Whether the script ran to its end.
    pub fn is_ok(&self) -> bool {
        matches!(self.result, RunResult::Ok { .. })
    }

    /// What the script returned; `None` if that was `undefined`, or if it failed.
    pub fn value(&self) -> Option<&Value> {
        match &self.result {
            RunResult::Ok { value } => value.as_ref(),
            RunResult::Error { .. } => None,
        }
    }

    /// Why the script failed.
    pub fn error(&self) -> Option<&RunError> {
        match &self.result {
            RunResult::Ok { .. } => None,
            RunResult::Error { error } => Some(error),
        }
    }
}

/// Something of a run that is in its session's store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// What it is.
    #[serde(rename = "what")]
    pub kind: KeptKind,
    /// Its name there, such as `run3.result`: a script reads it with `await $store.get(name)`.
    pub name: String,
    /// Its size as JSON text, in bytes.
    pub bytes: usize,
    /// How many lines the log has, or how many calls there are; 1 for a result.
    pub count: usize,
    /// What it looks like, as a type of TypeScript with the lengths of lists behind them.
    pub shape: String,
}

/// What of a run is kept.
///
/// No variant is called `Result`: the compiler would tell of no `Result` any more without its whole path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum KeptKind {
    /// What the script returned, of more than 8 KiB. If it is more than the outcome may have in it, the outcome has no value.
    #[serde(rename = "result")]
    Returned,
    /// The whole log as one text, of more than 8 KiB.
    Log,
    /// What the calls of a script that failed had returned: a list of objects with `tool`, `input` and `result`.
    Calls,
}

impl KeptKind {
    /// The kind as it stands in JSON, and at the end of a name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Returned => "result",
            Self::Log => "log",
            Self::Calls => "calls",
        }
    }
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "lowercase")]
pub enum RunResult {
    /// The script ran to its end.
    Ok {
        /// What it returned; absent for `undefined`.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "present"
        )]
        value: Option<Value>,
    },
    /// It didn't.
    Error {
        /// Why.
        error: RunError,
    },
}

/// Keeps a returned `null` apart from an absent value, which serde's own reading of an `Option` would merge.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// A line of output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    /// Which function of `console` was used; what tools log is `info`.
    pub level: LogLevel,
    /// What was printed.
    pub text: String,
}

/// The functions of `console`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(
    missing_docs,
    reason = "each variant is the console function of that name"
)]
pub enum LogLevel {
    Debug,
    Log,
    Info,
    Warn,
    Error,
}

impl LogLevel {
    /// The level as it stands in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Log => "log",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }
}

/// A tool call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CallRecord {
    /// `namespace.name`.
    pub tool: Cow<'static, str>,
    /// How long it took, in milliseconds; for a call that didn't finish, until the end of the run.
    pub ms: f64,
    /// Whether the tool returned a value.
    pub ok: bool,
    /// Whether it was still under way when the run ended, and so was cancelled; left out of JSON if not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pending: bool,
}

/// What a run cost.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Stats {
    /// Time from the start of the run to its end, in milliseconds.
    pub wall_ms: f64,
    /// Processor time of the script's thread, in milliseconds. The engine's helper threads aren't in it.
    pub cpu_ms: f64,
    /// The largest heap seen, in bytes: looked at near the limit, and at the end. Absent if nobody could look, as for a
    /// script that had to be killed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heap_peak_bytes: Option<u64>,
    /// How many tool calls were started.
    pub tool_calls: u64,
    /// The size of the result and the log together, in bytes.
    pub output_bytes: u64,
    /// Whether some output was left out because of a limit.
    pub truncated: bool,
}
