//! What one run has beside its script.

use std::sync::Arc;

use super::policy::{CallRequest, Decision, Policy, PolicyRun, Questions};
use crate::outcome::LogLine;
use crate::sandbox::store::Store;

/// What one run has beside its script.
///
/// ```
/// use codemode_runtime::{RunEvent, RunOptions};
///
/// let options = RunOptions::default().observer(|event| {
///     if let RunEvent::Logged(line) = event {
///         eprintln!("{}", line.text);
///     }
/// });
/// ```
#[derive(Clone, Default)]
pub struct RunOptions {
    pub(crate) policy: Option<Arc<dyn Policy>>,
    pub(crate) questions: Option<Arc<dyn Questions>>,
    pub(crate) observer: Option<Observer>,
    pub(crate) store: Option<Store>,
}

/// Hears what happens in a run.
pub(crate) type Observer = Arc<dyn Fn(&RunEvent<'_>) + Send + Sync>;

/// Something that happens in a run, told while it does.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum RunEvent<'a> {
    /// The script or a tool has printed a line.
    Logged(&'a LogLine),
    /// A call starts.
    #[non_exhaustive]
    CallStarted {
        /// How many calls the run has started before.
        call: usize,
        /// `namespace.name`.
        tool: &'a str,
    },
    /// A call has ended.
    #[non_exhaustive]
    CallEnded {
        /// How many calls the run had started before this one.
        call: usize,
        /// `namespace.name`.
        tool: &'a str,
        /// Whether the tool returned a value.
        ok: bool,
    },
}

impl RunOptions {
    /// Asks this before each call that the sandbox's own policy, if it has one, allows.
    #[must_use]
    pub fn policy(mut self, policy: impl Policy) -> Self {
        self.policy = Some(Arc::new(policy));
        self
    }

    /// Puts the questions of a policy to somebody. Without it, what a policy would ask about is denied.
    #[must_use]
    pub fn questions(mut self, questions: impl Questions) -> Self {
        self.questions = Some(Arc::new(questions));
        self
    }

    /// Tells this what happens while it happens. It is called where that is, so it must not take its time.
    #[must_use]
    pub fn observer(mut self, observer: impl Fn(&RunEvent<'_>) + Send + Sync + 'static) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// Makes the run one of a session: it has this store, and what doesn't fit into its outcome is kept there. Without one, the
    /// run has a store of its own, which ends with it.
    #[must_use]
    pub fn store(mut self, store: Store) -> Self {
        self.store = Some(store);
        self
    }
}

/// The policy of a run in a sandbox that may have one of its own.
pub(crate) fn combine(
    sandbox: Option<&Arc<dyn Policy>>,
    run: Option<Arc<dyn Policy>>,
    starting: &PolicyRun,
) -> Option<Arc<dyn Policy>> {
    let in_run = |policy: Arc<dyn Policy>| policy.for_run(starting).unwrap_or(policy);
    match (sandbox.cloned().map(in_run), run.map(in_run)) {
        (Some(first), Some(second)) => Some(Arc::new(Both(first, second))),
        (only, None) | (None, only) => only,
    }
}

/// Allows what two policies allow.
struct Both(Arc<dyn Policy>, Arc<dyn Policy>);

/// A call, kept for a policy that is asked later.
struct Kept {
    run_id: String,
    tool: String,
    arguments: String,
    annotations: crate::Annotations,
    source: crate::ToolSource,
}

impl Policy for Both {
    fn decide(&self, call: &CallRequest<'_>) -> Decision {
        match self.0.decide(call) {
            Decision::Allow => self.1.decide(call),
            Decision::Deny(reason) => Decision::Deny(reason),
            Decision::Wait(mut waiting) => {
                let second = Arc::clone(&self.1);
                let kept = Kept {
                    run_id: call.run_id.to_owned(),
                    tool: call.tool.to_owned(),
                    arguments: call.arguments.to_owned(),
                    annotations: call.annotations,
                    source: call.source,
                };
                Decision::Wait(Box::pin(async move {
                    loop {
                        match waiting.await {
                            Decision::Wait(longer) => waiting = longer,
                            Decision::Deny(reason) => return Decision::Deny(reason),
                            Decision::Allow => {
                                return second.decide(&CallRequest {
                                    run_id: &kept.run_id,
                                    tool: &kept.tool,
                                    arguments: &kept.arguments,
                                    annotations: kept.annotations,
                                    source: kept.source,
                                });
                            }
                        }
                    }
                }))
            }
        }
    }
}
