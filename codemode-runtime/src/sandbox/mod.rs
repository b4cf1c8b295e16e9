//! The sandbox: an isolate that knows nothing but the language, the tools and a log.

mod engine;
mod errors;
mod isolate;
mod limits;
mod ops;
mod run;
mod script;
mod watchdog;

use std::collections::BTreeSet;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub use limits::Limits;
pub(crate) use ops::tool_op;

use self::ops::HostedTool;
use self::run::Run;
use crate::catalogue::Catalogue;
use crate::context::{CallContext, State};
use crate::error::ToolError;
use crate::outcome::{ErrorKind, Outcome, RunError, RunResult};
use crate::registry::{StateError, ToolSet, ToolSetError};

/// Runs scripts against a set of tools.
///
/// Every run has an isolate of its own, so nothing is left of one script when the next one starts. A sandbox is cheap to
/// clone and to share between tasks and threads.
///
/// ```standalone_crate
/// use codemode_runtime::{Sandbox, tool};
///
/// /// Adds two numbers.
/// #[tool(namespace = "math")]
/// fn add(a: i32, b: i32) -> i32 {
///     a + b
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let sandbox = Sandbox::builder().build()?;
/// let outcome = sandbox.run("return await math.add({ a: 1, b: 2 })").await;
/// assert_eq!(outcome.value(), Some(&serde_json::json!(3)));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Sandbox {
    shared: Arc<Shared>,
}

struct Shared {
    tools: ToolSet,
    hosts: Vec<Arc<dyn ToolHost>>,
    state: State,
    limits: Limits,
}

/// Tools that live elsewhere: in another process, or behind another protocol.
pub trait ToolHost: Send + Sync + 'static {
    /// The tools on offer. Doesn't change while a sandbox uses the host.
    fn catalogue(&self) -> &Catalogue;

    /// Calls the tool at `index` in the catalogue with JSON text; an empty text stands for a call without an argument.
    fn call(&self, index: usize, call: CallContext, input: String) -> HostedCall;
}

/// A call to a [`ToolHost`]: JSON text, or why there is none.
pub type HostedCall = Pin<Box<dyn Future<Output = Result<String, ToolError>> + Send>>;

/// Why a sandbox can't be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The program's tools don't make a set.
    #[error(transparent)]
    Tools(#[from] ToolSetError),
    /// A tool lacks a host value.
    #[error(transparent)]
    State(#[from] StateError),
    /// A hosted tool has the name of another tool.
    #[error("two tools are called `{0}`: leave one of them out, or give one another namespace")]
    DuplicateName(String),
}

/// Collects what a [`Sandbox`] needs.
#[derive(Default)]
pub struct SandboxBuilder {
    tools: Option<ToolSet>,
    hosts: Vec<Arc<dyn ToolHost>>,
    state: State,
    limits: Limits,
}

impl SandboxBuilder {
    /// Offers these tools, instead of all that are linked into the program.
    #[must_use]
    pub fn tools(mut self, tools: ToolSet) -> Self {
        self.tools = Some(tools);
        self
    }

    /// Offers the tools of a host, too.
    #[must_use]
    pub fn host(mut self, host: Arc<dyn ToolHost>) -> Self {
        self.hosts.push(host);
        self
    }

    /// Hands a value to the tools that ask for `#[state] &T`.
    #[must_use]
    pub fn state<T: Send + Sync + 'static>(mut self, value: T) -> Self {
        self.state.insert(value);
        self
    }

    /// Sets what a run may use.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Checks that every tool has what it needs, and makes the sandbox.
    ///
    /// # Errors
    ///
    /// If two tools have one name, or if a tool asks for state that nobody provides. If [`SandboxBuilder::tools`] wasn't
    /// used and there is no [`ToolHost`], a program without tools is an error, too.
    pub fn build(self) -> Result<Sandbox, BuildError> {
        let tools = match self.tools {
            Some(tools) => tools,
            None if self.hosts.is_empty() => ToolSet::registered()?,
            None => ToolSet::empty(),
        };
        let mut names = BTreeSet::new();
        let own = tools.descriptors().map(|tool| tool.path().to_owned());
        let hosted = self
            .hosts
            .iter()
            .flat_map(|host| host.catalogue().tools().iter().map(crate::ToolInfo::path));
        for name in own.chain(hosted) {
            if !names.insert(name.clone()) {
                return Err(BuildError::DuplicateName(name));
            }
        }
        let state = tools.complete_state(self.state)?;
        Ok(Sandbox {
            shared: Arc::new(Shared {
                tools,
                hosts: self.hosts,
                state,
                limits: self.limits,
            }),
        })
    }
}

impl Sandbox {
    /// Starts a sandbox with all tools that are linked into the program and default [`Limits`].
    #[must_use]
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::default()
    }

    /// Runs a script: TypeScript with `await` and `return` at the top level.
    ///
    /// The script is over when it has returned and every tool call that it started has ended. Whatever goes wrong is part
    /// of the outcome. Dropping the future stops the script.
    ///
    /// Tools run in the context of the tokio runtime that this is called from, if there is one.
    pub async fn run(&self, script: impl Into<String>) -> Outcome {
        static NEXT_RUN: AtomicU64 = AtomicU64::new(1);
        let id = NEXT_RUN.fetch_add(1, Ordering::Relaxed);
        let shared = Arc::clone(&self.shared);
        let (run, finished) = Run::new(id, shared.limits.clone(), shared.state.clone());
        watchdog::watch(&run);
        let stop = StopOnDrop(Arc::clone(&run));

        let script = script.into();
        let host_runtime = tokio::runtime::Handle::try_current().ok();
        let isolate_run = FinishOnDrop(Arc::clone(&run));
        engine::spawn(script::stack_bytes(&script), move || {
            isolate::execute(&shared, &isolate_run.0, &script, host_runtime);
        });

        let result = finished.await.unwrap_or_else(|_| died());
        let outcome = run.outcome(result);
        drop(stop);
        outcome
    }
}

impl Shared {
    /// The tools of all hosts, numbered as the isolate numbers them.
    fn hosted_tools(&self) -> Vec<HostedTool> {
        self.hosts
            .iter()
            .flat_map(|host| {
                host.catalogue()
                    .tools()
                    .iter()
                    .enumerate()
                    .map(|(index, tool)| HostedTool {
                        path: tool.path(),
                        host: Arc::clone(host),
                        index,
                    })
            })
            .collect()
    }
}

/// Reports for a thread that couldn't be started, or that ended without a report of its own.
struct FinishOnDrop(Arc<Run>);

impl Drop for FinishOnDrop {
    fn drop(&mut self) {
        let reason = self.0.stopped().cloned();
        self.0
            .finish(reason.map_or_else(died, |error| RunResult::Error { error }));
        self.0.end();
    }
}

fn died() -> RunResult {
    RunResult::Error {
        error: RunError::new(
            ErrorKind::Host,
            "the thread of the script couldn't be started, or ended by itself",
        ),
    }
}

/// Ends a run that nobody waits for any more.
struct StopOnDrop(Arc<Run>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        if !self.0.has_ended() {
            self.0
                .stop(ErrorKind::Host, "the host no longer waits for the script");
        }
    }
}
