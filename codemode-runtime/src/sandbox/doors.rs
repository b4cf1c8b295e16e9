//! What is behind the doors of an isolate while it runs a script.

use std::pin::Pin;
use std::sync::Arc;

use tokio::runtime::Handle;
use tokio_util::context::TokioContext;

use super::border;
use super::ops::{Host, Reply};
use super::run::Run;
use super::tools::Tools;
use crate::error::ToolError;
use crate::outcome::{ErrorKind, LogLevel};

/// The host of one script.
pub(super) struct Doors {
    pub(super) run: Arc<Run>,
    pub(super) calls: Box<dyn Calls>,
}

/// Where a script's calls go.
pub(super) trait Calls {
    /// Calls the tool of a number, as far as this script may.
    fn call(&self, tool: u32, input: String) -> Call;

    /// Hears of what the script logs, whole and as it happens.
    fn logged(&self, _level: LogLevel, _text: &str) {}
}

/// A call under way.
pub(super) type Call = Pin<Box<dyn Future<Output = Result<String, ToolError>>>>;

impl Host for Doors {
    fn call(&self, tool: u32, input: String) -> Reply {
        let call = self.calls.call(tool, input);
        Box::pin(async { border::reply_text(call.await) })
    }

    fn log(&self, level: u32, text: &str) -> bool {
        let level = match level {
            0 => LogLevel::Debug,
            1 => LogLevel::Log,
            2 => LogLevel::Info,
            3 => LogLevel::Warn,
            _ => LogLevel::Error,
        };
        self.calls.logged(level, text);
        self.run.log(level, text)
    }

    fn too_many_timers(&self) {
        self.run.stop(
            ErrorKind::Limit,
            format!(
                "the script may have {} timers waiting, and wanted one more",
                self.run.limits.timers
            ),
        );
    }
}

/// Calls to the tools of this process.
pub(super) struct Here {
    pub(super) run: Arc<Run>,
    pub(super) tools: Arc<Tools>,
    /// The runtime of the host, or the isolate's own if the host has none. Connections that a tool opens belong to it and
    /// so outlive the run.
    pub(super) runtime: Handle,
}

impl Calls for Here {
    fn call(&self, tool: u32, input: String) -> Call {
        let run = Arc::clone(&self.run);
        let tools = Arc::clone(&self.tools);
        let call = async move {
            let Some(tool) = tools.get(tool) else {
                return Err(ToolError::failed("there is no such tool"));
            };
            border::call_tool(&run, tool, input).await
        };
        Box::pin(TokioContext::new(call, self.runtime.clone()))
    }
}
