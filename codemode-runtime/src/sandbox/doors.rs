//! What is behind the doors of an isolate while it runs a script.

use std::sync::Arc;

use tokio::runtime::Handle;
use tokio_util::context::TokioContext;

use super::border;
use super::ops::{Host, Reply};
use super::run::Run;
use super::tools::Tools;
use crate::outcome::{ErrorKind, LogLevel};

/// The host of one script.
pub(super) struct Doors {
    pub(super) run: Arc<Run>,
    pub(super) calls: Box<dyn Calls>,
}

/// Where a script's calls go.
pub(super) trait Calls {
    /// Calls the tool of a number, as far as this script may, and replies as [`border::reply`] does.
    fn call(&self, tool: u32, input: String) -> Reply;

    /// Hears of what the script logs, whole and as it happens.
    fn logged(&self, _level: LogLevel, _text: &str) {}
}

impl Host for Doors {
    fn call(&self, tool: u32, input: String) -> Reply {
        self.calls.call(tool, input)
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
    shared: Arc<Shared>,
    /// The runtime of the host, or the isolate's own if the host has none. Connections that a tool opens belong to it and
    /// so outlive the run.
    runtime: Handle,
}

/// What each call holds on to, by one count.
struct Shared {
    run: Arc<Run>,
    tools: Arc<Tools>,
}

impl Here {
    pub(super) fn new(run: Arc<Run>, tools: Arc<Tools>, runtime: Handle) -> Self {
        let shared = Arc::new(Shared { run, tools });
        Self { shared, runtime }
    }
}

impl Calls for Here {
    fn call(&self, tool: u32, input: String) -> Reply {
        let shared = Arc::clone(&self.shared);
        let call = async move { border::reply(&shared.run, &shared.tools, tool, input).await };
        Box::pin(TokioContext::new(call, self.runtime.clone()))
    }
}
