//! What the host hands to a tool: its state, and the run that the call belongs to.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use tokio_util::sync::CancellationToken;

use super::error::ToolError;
use crate::outcome::{Attachment, LogLevel};

/// A host value, shared between all calls.
pub(crate) type SharedState = Arc<dyn Any + Send + Sync>;

/// Host values by type.
#[derive(Clone, Default)]
pub struct State {
    values: HashMap<TypeId, SharedState>,
}

impl State {
    /// Adds a value, or replaces the one of the same type.
    pub fn insert<T: Send + Sync + 'static>(&mut self, value: T) {
        self.values.insert(TypeId::of::<T>(), Arc::new(value));
    }

    pub(crate) fn insert_shared(&mut self, id: TypeId, value: SharedState) {
        self.values.insert(id, value);
    }

    pub(crate) fn contains(&self, id: TypeId) -> bool {
        self.values.contains_key(&id)
    }

    fn get<T: 'static>(&self) -> Option<&T> {
        self.values.get(&TypeId::of::<T>())?.downcast_ref()
    }
}

/// Receives what a tool logs.
pub(crate) type LogSink = Arc<dyn Fn(LogLevel, &str) + Send + Sync>;

/// Receives what a tool hands out.
pub(crate) type AttachmentSink = Arc<dyn Fn(Attachment) -> Result<(), ToolError> + Send + Sync>;

/// The run that a call belongs to.
///
/// A tool asks for it with `#[context]`:
///
/// ```
/// use codemode_runtime::{CallContext, tool};
///
/// /// Counts to three, and stops early when nobody waits any more.
/// #[tool]
/// async fn count(#[context] call: &CallContext) -> u32 {
///     let mut counted = 0;
///     while counted < 3 && !call.cancellation().is_cancelled() {
///         counted += 1;
///         call.log(format_args!("counted to {counted}"));
///     }
///     counted
/// }
/// ```
#[derive(Clone)]
pub struct CallContext {
    run: Arc<RunContext>,
    /// The call's own token, which follows the run's. Made when it is asked for, since few tools do.
    cancellation: Arc<OnceLock<CancellationToken>>,
}

struct RunContext {
    id: String,
    state: State,
    cancellation: CancellationToken,
    log: LogSink,
    attachments: AttachmentSink,
}

impl CallContext {
    /// A context for calls that no sandbox makes, as in a tool's own tests.
    ///
    /// What the tool logs goes to `log`.
    pub fn new(
        run_id: impl Into<String>,
        state: State,
        cancellation: CancellationToken,
        log: impl Fn(LogLevel, &str) + Send + Sync + 'static,
    ) -> Self {
        Self {
            run: Arc::new(RunContext {
                id: run_id.into(),
                state,
                cancellation,
                log: Arc::new(log),
                attachments: Arc::new(|_| {
                    Err(ToolError::failed(
                        "pictures and files can't be handed out here",
                    ))
                }),
            }),
            cancellation: Arc::default(),
        }
    }

    /// The same context with a place for pictures and files, which [`CallContext::attach`] otherwise refuses.
    #[must_use]
    pub fn with_attachments(
        self,
        attachments: impl Fn(Attachment) -> Result<(), ToolError> + Send + Sync + 'static,
    ) -> Self {
        let run = RunContext {
            id: self.run.id.clone(),
            state: self.run.state.clone(),
            cancellation: self.run.cancellation.clone(),
            log: Arc::clone(&self.run.log),
            attachments: Arc::new(attachments),
        };
        Self {
            run: Arc::new(run),
            ..self
        }
    }

    /// The context of one more call of the same run.
    #[cfg(feature = "engine")]
    pub(crate) fn for_call(&self) -> Self {
        Self {
            run: Arc::clone(&self.run),
            cancellation: Arc::default(),
        }
    }

    /// Identifies the run: the same for all calls of one script, different for every run of this process.
    pub fn run_id(&self) -> &str {
        &self.run.id
    }

    /// Fires when nobody waits for the call any more: the run is over, or the call has taken too long.
    ///
    /// A call's future is dropped then, too; the token is for work that it has started elsewhere.
    pub fn cancellation(&self) -> &CancellationToken {
        self.cancellation
            .get_or_init(|| self.run.cancellation.child_token())
    }

    /// Adds a line to the run's log, beside what the script itself prints.
    pub fn log(&self, text: impl std::fmt::Display) {
        self.log_at(LogLevel::Info, text);
    }

    /// Adds a line of a given level to the run's log.
    pub fn log_at(&self, level: LogLevel, text: impl std::fmt::Display) {
        (self.run.log)(level, &text.to_string());
    }

    /// Hands out a picture or a file beside the call's result: it reaches the person or the model that reads the run's
    /// [`Outcome`](crate::Outcome), and not the script.
    ///
    /// # Errors
    ///
    /// If the run has handed out as much as it may.
    pub fn attach(&self, attachment: Attachment) -> Result<(), ToolError> {
        (self.run.attachments)(attachment)
    }

    pub(crate) fn state<T: 'static>(&self) -> Option<&T> {
        self.run.state.get()
    }

    /// What a `Box` or an `Arc` of the state holds.
    pub(crate) fn unsized_state<T: ?Sized + 'static>(&self) -> Option<&T> {
        let boxed = self.state::<Box<T>>().map(|state| &**state);
        boxed.or_else(|| self.state::<Arc<T>>().map(|state| &**state))
    }
}
