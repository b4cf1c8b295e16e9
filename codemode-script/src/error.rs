//! Why a script fails, and where.

use serde::{Deserialize, Serialize};

/// Why a run failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunError {
    /// What stopped the script. Decided by the host's own flags, never by a text that a script can forge.
    pub kind: ErrorKind,
    /// The name of the JavaScript error, such as `TypeError`; absent where the script didn't throw one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What happened.
    pub message: String,
    /// Where, innermost first, in the text that was given. Frames that aren't the script's own are left out.
    #[serde(default)]
    pub frames: Vec<Frame>,
    /// What is wrong with the text, for the kinds `syntax` and `type_check`.
    #[serde(default)]
    pub diagnostics: Vec<Diagnostic>,
}

impl RunError {
    /// An error that has a message and nothing else.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            name: None,
            message: message.into(),
            frames: Vec::new(),
            diagnostics: Vec::new(),
        }
    }
}

/// What stopped a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ErrorKind {
    /// The text is no TypeScript.
    Syntax,
    /// The types don't fit; nothing was run.
    TypeCheck,
    /// The script threw, or left a rejected promise behind.
    Exception,
    /// The wall clock ran out.
    Timeout,
    /// The heap limit was reached.
    OutOfMemory,
    /// Another limit was reached.
    Limit,
    /// The script waits for something that can't happen any more.
    Deadlock,
    /// The engine died.
    Crashed,
    /// The host couldn't run the script. Not the script's fault.
    Host,
    /// More scripts run and wait than the host allows. Nothing was run; later it may be.
    Busy,
}

impl ErrorKind {
    /// The kind as it stands in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::TypeCheck => "type_check",
            Self::Exception => "exception",
            Self::Timeout => "timeout",
            Self::OutOfMemory => "out_of_memory",
            Self::Limit => "limit",
            Self::Deadlock => "deadlock",
            Self::Crashed => "crashed",
            Self::Host => "host",
            Self::Busy => "busy",
        }
    }
}

/// A place in the script that was on the stack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// The function, if it has a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub function: Option<String>,
    /// The file of the saved script that the place is in, such as `scripts/parse.ts`; absent for the script itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in UTF-16 units.
    pub column: u32,
}

/// One problem with the script's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in UTF-16 units.
    pub column: u32,
    /// The compiler's number for the problem, such as `TS2339`, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What is wrong.
    pub message: String,
}
