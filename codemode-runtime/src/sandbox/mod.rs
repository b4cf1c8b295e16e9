//! The sandbox: an isolate that knows nothing but the language, the tools and a log.

mod at_work;
mod boot;
mod border;
#[cfg(feature = "v8")]
mod buffers;
mod calls;
#[cfg(feature = "check")]
mod checked;
mod clock;
mod cpu;
mod doors;
mod engine;
mod errors;
mod handed_back;
mod isolate;
mod isolation;
mod limits;
mod log;
mod memory;
mod ops;
mod options;
mod output;
#[cfg(feature = "v8")]
mod place;
mod policy;
#[cfg(unix)]
mod process;
mod rejections;
mod run;
mod script_discovery;
mod tools;
mod watchdog;
mod web;

use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tokio::sync::oneshot;

pub use isolation::{Isolation, LockDown, WorkerProgram, Workers};
pub use limits::{Limits, ScriptClock};
pub use options::{RunEvent, RunOptions};
pub use policy::{CallRequest, Decision, Policy};
#[cfg(unix)]
pub use process::run_if_worker;
#[doc(hidden)]
pub use script_discovery::{DescribeInput, ScriptDiscovery, SearchInput};

use self::run::Run;
use self::tools::Tools;
use super::registry::set::{StateError, ToolSet, ToolSetError};
use super::tool::context::{CallContext, State};
use super::tool::error::ToolError;
use crate::catalogue::Catalogue;
use crate::outcome::{ErrorKind, Outcome, RunError, RunResult};
use codemode_script::absent::{self, ToolNames};

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
    tools: Arc<Tools>,
    own: ToolSet,
    hosts: Vec<Arc<dyn ToolHost>>,
    state: State,
    limits: Limits,
    #[cfg(feature = "check")]
    check: Option<checked::Check>,
    policy: Option<Arc<dyn Policy>>,
    catalogue: OnceLock<Catalogue>,
    /// The processes that scripts run in, if they don't run in this one.
    #[cfg(unix)]
    workers: Option<process::Pool>,
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
    /// Scripts are to run in processes of their own, and this program can't be started as one.
    #[error(
        "`Isolation::Process` starts this program again, which has to know that: call `codemode_runtime::run_if_worker()` \
         at the very start of `main`, or name another program with `WorkerProgram::At`"
    )]
    NoWorker,
    /// Scripts are to run in processes of their own, and this system isn't one where they can.
    #[error("`Isolation::Process` is there on Unix only")]
    NoProcesses,
}

/// Collects what a [`Sandbox`] needs.
#[derive(Default)]
pub struct SandboxBuilder {
    tools: Option<ToolSet>,
    hosts: Vec<Arc<dyn ToolHost>>,
    state: State,
    limits: Limits,
    #[cfg(feature = "check")]
    checker: Option<codemode_check::Checker>,
    policy: Option<Arc<dyn Policy>>,
    discovery: bool,
    isolation: Isolation,
    workers: Workers,
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

    /// Checks the types of every script before it runs. A script whose types don't fit isn't run.
    ///
    /// Without a checker, and where the compiler can't be started, scripts run unchecked, and the outcome says so.
    #[cfg(feature = "check")]
    #[must_use]
    pub fn checker(mut self, checker: codemode_check::Checker) -> Self {
        self.checker = Some(checker);
        self
    }

    /// Lets scripts look for tools themselves: with the namespace `$tools`, whose `search`, `list`, `namespaces` and `describe`
    /// cover all others. For catalogues that don't fit into a prompt.
    #[must_use]
    pub fn discovery(mut self) -> Self {
        self.discovery = true;
        self
    }

    /// Sets where scripts run.
    #[must_use]
    pub fn isolation(mut self, isolation: Isolation) -> Self {
        self.isolation = isolation;
        self
    }

    /// Sets how [`Isolation::Process`] starts its workers, and how many.
    #[must_use]
    pub fn workers(mut self, workers: Workers) -> Self {
        self.workers = workers;
        self
    }

    /// Asks this before each call. Without a policy, every call is allowed.
    #[must_use]
    pub fn policy(mut self, policy: impl Policy) -> Self {
        self.policy = Some(Arc::new(policy));
        self
    }

    /// Checks that every tool has what it needs, and makes the sandbox.
    ///
    /// # Errors
    ///
    /// If two tools have one name, or if a tool asks for state that nobody provides. If [`SandboxBuilder::tools`] wasn't
    /// used and there is no [`ToolHost`], a program without tools is an error, too. So is [`Isolation::Process`] where there
    /// is no worker for it.
    pub fn build(self) -> Result<Sandbox, BuildError> {
        let tools = match self.tools {
            Some(tools) => tools,
            None if self.hosts.is_empty() => ToolSet::registered()?,
            None => ToolSet::empty(),
        };
        let mut hosts = self.hosts;
        if self.discovery {
            let found = union(&tools, &hosts);
            hosts.push(Arc::new(ScriptDiscovery::new(found)));
        }
        // In the catalogue there are only tools; this is part of a script's world.
        let output: Arc<dyn ToolHost> = Arc::new(output::Output);
        let table = Tools::new(&tools, &[hosts.as_slice(), &[output]].concat())?;
        let state = tools.complete_state(self.state)?;
        Ok(Sandbox {
            shared: Arc::new(Shared {
                tools: Arc::new(table),
                own: tools,
                hosts,
                state,
                #[cfg(unix)]
                workers: workers(self.isolation, self.workers, &self.limits)?,
                limits: self.limits,
                #[cfg(feature = "check")]
                check: self.checker.map(checked::Check::new),
                policy: self.policy,
                catalogue: OnceLock::new(),
            }),
        })
    }
}

/// The tools of all sources.
fn union(own: &ToolSet, hosts: &[Arc<dyn ToolHost>]) -> Catalogue {
    let hosted = hosts.iter().flat_map(|host| host.catalogue().tools());
    let absent = hosts.iter().flat_map(|host| host.catalogue().absent());
    let own = Catalogue::of(own);
    Catalogue::from_tools(own.tools().iter().chain(hosted).cloned().collect())
        .without(absent.map(|(namespace, reason)| (namespace.to_owned(), reason.to_owned())))
}

/// The pool of a sandbox that needs one.
#[cfg(unix)]
fn workers(
    isolation: Isolation,
    workers: Workers,
    limits: &Limits,
) -> Result<Option<process::Pool>, BuildError> {
    match isolation {
        Isolation::InProcess => Ok(None),
        Isolation::Process if workers.program == WorkerProgram::This && !process::is_host() => {
            Err(BuildError::NoWorker)
        }
        Isolation::Process => Ok(Some(process::Pool::new(workers, limits.clone()))),
    }
}

impl Sandbox {
    /// Starts a sandbox with all tools that are linked into the program and default [`Limits`].
    #[must_use]
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::default()
    }

    /// Everything that scripts can call: for the prompt, and for the declarations that a script is checked against.
    pub fn catalogue(&self) -> &Catalogue {
        let shared = &*self.shared;
        shared
            .catalogue
            .get_or_init(|| union(&shared.own, &shared.hosts))
    }

    /// Runs a script: TypeScript with `await` and `return` at the top level.
    ///
    /// Whatever goes wrong is part of the outcome. Dropping the future stops the script.
    ///
    /// What the script returns stands. A tool call that it doesn't await is awaited for it, for
    /// [some time](Limits::grace_time). After that, and at once when the script fails or is stopped, the calls under way
    /// are dropped, and their [cancellation](CallContext::cancellation) fires. A promise that is rejected while nobody
    /// looks at it fails the run, as an error that nobody catches does; one that is rejected after the script has returned
    /// is a line in the log. The outcome's calls tell which failed, and which were under way at the end.
    ///
    /// Tools run in the context of the tokio runtime that this is called from, if there is one.
    pub async fn run(&self, script: impl Into<String>) -> Outcome {
        self.run_with(script, RunOptions::default()).await
    }

    /// The same, with a policy or an observer for this run alone.
    pub async fn run_with(&self, script: impl Into<String>, options: RunOptions) -> Outcome {
        let script = script.into();
        #[cfg(feature = "check")]
        let checked = match self.check_first(&script).await {
            Ok(checked) => checked,
            Err(outcome) => return *outcome,
        };
        #[cfg(not(feature = "check"))]
        let checked = false;
        let mut outcome = self.run_unchecked(script.clone(), options).await;
        if let RunResult::Error { error } = &mut outcome.result {
            absent::explain(error, &script, || {
                let tools = self.catalogue().tools().iter();
                ToolNames::of(tools.map(|tool| (tool.namespace.as_str(), tool.name.as_str())))
            });
        }
        Outcome { checked, ..outcome }
    }

    async fn run_unchecked(&self, script: String, options: RunOptions) -> Outcome {
        #[cfg(unix)]
        if let Some(workers) = &self.shared.workers {
            return self.run_in_process(workers, script, options).await;
        }
        self.run_here(script, options).await
    }

    /// Ends the workers of [`Isolation::Process`], and resolves when there is none left. Scripts that run run to their end,
    /// those that wait for a worker or come later end with an error.
    ///
    /// There is no need for it: the workers end with the last clone of the sandbox, or with the program. But then nobody
    /// knows when.
    pub async fn close(&self) {
        #[cfg(unix)]
        if let Some(workers) = &self.shared.workers {
            workers.close().await;
        }
    }

    async fn run_here(&self, script: String, options: RunOptions) -> Outcome {
        let shared = Arc::clone(&self.shared);
        let (run, finished) = self.new_run(options);
        watchdog::watch(&run);
        let stop = StopOnDrop(Arc::clone(&run));

        #[cfg(feature = "v8")]
        engine::keep();
        let host_runtime = tokio::runtime::Handle::try_current().ok();
        let isolate_run = FinishOnDrop(Arc::clone(&run));
        engine::spawn(codemode_script::stack_bytes(&script), move || {
            isolate::execute(&shared.tools, &isolate_run.0, &script, host_runtime);
        });

        let result = finished.await.unwrap_or_else(|_| died());
        let outcome = run.outcome(result);
        drop(stop);
        outcome
    }

    #[cfg(unix)]
    async fn run_in_process(
        &self,
        workers: &process::Pool,
        script: String,
        options: RunOptions,
    ) -> Outcome {
        let worker = workers.worker().await;
        // The run's time starts with the worker.
        let (run, finished) = self.new_run(options);
        let worker = match worker {
            Ok(worker) => worker,
            Err(error) => return run.outcome(RunResult::Error { error }),
        };
        let stop = StopOnDrop(Arc::clone(&run));
        worker.start(process::Job {
            run: Arc::clone(&run),
            tools: Arc::clone(&self.shared.tools),
            script,
            runtime: tokio::runtime::Handle::try_current().ok(),
        });
        watchdog::watch(&run);

        let result = finished.await.unwrap_or_else(|_| died());
        let outcome = run.outcome(result);
        drop(stop);
        outcome
    }

    fn new_run(&self, options: RunOptions) -> (Arc<Run>, oneshot::Receiver<RunResult>) {
        static NEXT_RUN: AtomicU64 = AtomicU64::new(1);
        let id = NEXT_RUN.fetch_add(1, Ordering::Relaxed);
        let shared = &self.shared;
        Run::new(
            id,
            shared.limits.clone(),
            shared.state.clone(),
            RunOptions {
                policy: options::combine(shared.policy.as_ref(), options.policy),
                observer: options.observer,
            },
        )
    }
}

/// For a fuzzer: reads what a worker might send, in pieces of so many bytes, and returns how many frames there were.
#[cfg(unix)]
#[doc(hidden)]
pub fn fuzz_frames(bytes: &[u8], piece: usize) -> usize {
    process::read_frames(bytes, piece)
}

/// On this system no program is ever started as a worker.
#[cfg(not(unix))]
pub fn run_if_worker() {}

/// Reports for a thread that couldn't be started, or that ended without a report of its own.
struct FinishOnDrop(Arc<Run>);

impl Drop for FinishOnDrop {
    fn drop(&mut self) {
        let result = match self.0.stopped() {
            Some(reason) => RunResult::Error {
                error: reason.clone(),
            },
            // What a host's own code does wrong here, a script has found out how to bring about.
            None if std::thread::panicking() => RunResult::Error {
                error: RunError::new(ErrorKind::Crashed, "the engine broke over the script"),
            },
            None => died(),
        };
        self.0.finish(result);
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

/// What a job comes to on a thread that may run the engine.
#[cfg(test)]
pub(crate) async fn on_engine_thread<T: Send + 'static>(
    job: impl FnOnce() -> T + Send + 'static,
) -> T {
    let (done, result) = tokio::sync::oneshot::channel();
    engine::spawn(0, move || {
        let _ = done.send(job());
    });
    result.await.unwrap()
}

/// Nothing that is guarded here is left half-changed by a panic, so a poisoned lock is as good as any.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The text, or the first bytes of it with a mark where it was cut.
fn cut(text: &str, bytes: usize) -> String {
    if text.len() <= bytes {
        return text.to_owned();
    }
    let kept = &text[..text.floor_char_boundary(bytes)];
    format!("{kept}… (cut: the text has {} bytes)", text.len())
}
