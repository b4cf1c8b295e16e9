//! What is behind the doors of an isolate while it runs a script.

use std::cell::Cell;
use std::sync::Arc;

use deno_core::v8;
use tokio::runtime::Handle;
use tokio_util::context::TokioContext;

use super::handed_back::HandedBack;
use super::world::ops::{Host, Reply};
use super::{handed_back, memory, rejections};
use crate::outcome::{ErrorKind, LogLevel, RunError};
use crate::sandbox::run::border;
use crate::sandbox::run::state::Run;
use crate::sandbox::tools::table::Tools;
use crate::tool::error::ToolError;
use codemode_script::Script;

/// The host of one script.
pub(crate) struct Doors {
    pub(crate) run: Arc<Run>,
    pub(crate) calls: Box<dyn Calls>,
    /// Whether nothing goes through any more.
    pub(crate) closed: Cell<bool>,
    /// Whether the script's result has been handed on.
    pub(crate) has_returned: Cell<bool>,
}

impl Doors {
    /// Does something that may run some of the script, which gets nowhere by it.
    pub(crate) fn while_closed<T>(&self, work: impl FnOnce() -> T) -> T {
        let before = self.closed.replace(true);
        let result = work();
        self.closed.set(before);
        result
    }

    /// Hands the script's result on.
    ///
    /// # Errors
    ///
    /// Why it can't be, with the place if the script is there to tell it.
    pub(crate) fn take(&self, result: HandedBack, script: Option<&Script>) -> Result<(), RunError> {
        let limits = &self.run.limits;
        let limit = limits.output_bytes;
        let text = match result {
            HandedBack::Nothing => None,
            HandedBack::Text(text) => Some(text),
            HandedBack::ImpliedTooLong(bytes) => {
                let text = format!(
                    "the value of the last statement is left out, because it has {bytes} bytes of JSON, more than the \
                     {limit} that a result may have"
                );
                self.note(LogLevel::Info, &text);
                None
            }
            HandedBack::TooLong(bytes) => return Err(handed_back::too_long(&bytes, limit)),
            HandedBack::Refused(why, offset) => {
                let place = script.zip(offset);
                let place = place.map(|(script, offset)| script.position(offset as usize));
                return Err(handed_back::refused(&why, place, limits));
            }
        };
        self.run.returned_bytes(text.as_deref().map_or(0, str::len));
        self.calls.returned(text)?;
        self.has_returned.set(true);
        Ok(())
    }

    /// Adds a line to the log that isn't the script's.
    pub(crate) fn note(&self, level: LogLevel, text: &str) {
        self.calls.logged(level, text);
        self.run.log(level, text);
    }
}

/// Where a script's calls go.
pub(crate) trait Calls {
    /// Calls the tool of a number, as far as this script may, and replies as [`border::reply`] does.
    fn call(&self, tool: u32, input: String) -> Reply;

    /// Hears of what the script logs, whole and as it happens.
    fn logged(&self, _level: LogLevel, _text: &str) {}

    /// Hears what the script returned, as JSON text, before what it has left under way comes to its end.
    ///
    /// # Errors
    ///
    /// If the text can't be read.
    fn returned(&self, result: Option<String>) -> Result<(), RunError>;
}

impl Host for Doors {
    fn call(&self, tool: u32, input: String) -> Reply {
        if self.closed.get() {
            let refusal = Err(ToolError::failed("the script has ended"));
            return Box::pin(std::future::ready(border::reply_text(refusal)));
        }
        self.calls.call(tool, input)
    }

    fn log(&self, level: u32, text: &str) -> bool {
        if self.closed.get() {
            return false;
        }
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

    fn random_bits(&self) -> u32 {
        getrandom::u32().unwrap_or_else(|error| {
            // Nobody would notice that they are none.
            let message = format!("the system has no random values: {error}");
            self.run.stop(ErrorKind::Host, message);
            0
        })
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

    fn started<'s>(&self, scope: &mut v8::PinScope<'s, '_>, end: v8::Local<'s, v8::Value>) {
        if let Ok(end) = end.try_cast::<v8::Promise>() {
            rejections::script_has_started(v8::Global::new(scope, end));
        }
    }

    fn failed(&self) {
        self.closed.set(true);
    }

    fn returned<'s>(&self, scope: &mut v8::PinScope<'s, '_>, value: v8::Local<'s, v8::Value>) {
        // What was too much for its memory may not have been seen yet.
        memory::check(scope.get_heap_statistics().used_heap_size(), &self.run);
        // Whether a rejection of before the end counts is known when the engine has come to rest.
        if rejections::any() {
            return;
        }
        let result = HandedBack::read(scope, value, self.run.limits.output_bytes);
        // What is wrong with it is told then, too.
        let _ = self.take(result, None);
    }
}

/// Calls to the tools of this process.
pub(crate) struct Here {
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
    pub(crate) fn new(run: Arc<Run>, tools: Arc<Tools>, runtime: Handle) -> Self {
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

    fn returned(&self, result: Option<String>) -> Result<(), RunError> {
        self.shared.run.returned_text(result.as_deref())
    }
}
