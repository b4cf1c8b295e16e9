//! What `codemode-cli` and a runner say to each other: one JSON object a line.

use codemode_runtime::{Attachment, Catalogue, LogLevel, ToolError};
use serde::{Deserialize, Serialize};

/// From `codemode-cli` to the runner.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "request", rename_all = "snake_case")]
pub enum Request {
    /// Make a call. The reply carries the same number.
    Call {
        /// Identifies the call.
        call: u64,
        /// The run that it belongs to.
        run: String,
        /// The tool's namespace.
        namespace: String,
        /// The tool's name in it.
        name: String,
        /// The input as JSON text; empty for none.
        input: String,
    },
    /// Nobody waits for this call any more.
    Cancel {
        /// The call's number.
        call: u64,
    },
}

/// From the runner to `codemode-cli`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "reply", rename_all = "snake_case")]
pub enum Reply {
    /// The runner takes calls. The first reply, unless it is [`Reply::Failed`].
    Ready {
        /// The tools.
        catalogue: Catalogue,
    },
    /// The runner can't offer its tools and ends.
    Failed {
        /// Why.
        message: String,
    },
    /// A call returned.
    Returned {
        /// The call's number.
        call: u64,
        /// The result as JSON text.
        json: String,
    },
    /// A call failed.
    Refused {
        /// The call's number.
        call: u64,
        /// Why.
        error: ToolError,
    },
    /// A tool handed out a picture or a file.
    Attached {
        /// The number of the call that it belongs to.
        call: u64,
        /// What it handed out.
        attachment: Attachment,
    },
    /// A tool logged something.
    Log {
        /// The number of the call that it belongs to.
        call: u64,
        /// How important it is.
        level: LogLevel,
        /// What it says.
        text: String,
    },
}
