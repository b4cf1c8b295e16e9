//! A sandbox, and how a script's run starts in it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use codemode_script::absent::{self, ToolNames};
use tokio::sync::oneshot;

#[cfg(feature = "check")]
use super::checked::Check;
use super::isolate::{engine, execute};
use super::options::limits::Limits;
use super::options::policy::{Policy, PolicyRun};
use super::options::run::{RunOptions, combine};
#[cfg(unix)]
use super::process;
use super::run::state::Run;
use super::run::watchdog;
use super::saved::SavedScripts;
use super::saved::program::Source;
#[cfg(feature = "policy")]
use super::store::Store;
use super::tools::host::ToolHost;
use super::tools::table::Tools;
use crate::catalogue::Catalogue;
use crate::outcome::{ErrorKind, Outcome, RunError, RunResult};
use crate::registry::set::ToolSet;
use crate::tool::context::State;
use crate::tool::info::ToolInfo;

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
    pub(super) shared: Arc<Shared>,
}

pub(super) struct Shared {
    pub(super) tools: Arc<Tools>,
    pub(super) own: ToolSet,
    pub(super) hosts: Vec<Arc<dyn ToolHost>>,
    pub(super) saved: SavedScripts,
    pub(super) state: State,
    pub(super) limits: Limits,
    #[cfg(feature = "check")]
    pub(super) check: Option<Check>,
    pub(super) policy: Option<Arc<dyn Policy>>,
    pub(super) catalogue: OnceLock<Catalogue>,
    /// The processes that scripts run in, if they don't run in this one.
    #[cfg(unix)]
    pub(super) workers: Option<process::Pool>,
}

/// The tools of all sources, and the saved scripts.
pub(super) fn union(own: &ToolSet, hosts: &[Arc<dyn ToolHost>], saved: &SavedScripts) -> Catalogue {
    let hosted = hosts.iter().flat_map(|host| host.catalogue().tools());
    let absent = hosts.iter().flat_map(|host| host.catalogue().absent());
    let own = Catalogue::of(own);
    let tools = own.tools().iter().chain(hosted).cloned();
    Catalogue::from_tools(tools.chain(saved.tools()).collect())
        .without(absent.map(|(namespace, reason)| (namespace.to_owned(), reason.to_owned())))
}

/// What the host of a tool tells of its results.
pub(super) fn seen(hosts: &[Arc<dyn ToolHost>], tool: &ToolInfo) -> Option<String> {
    let is_it = |other: &ToolInfo| other.namespace == tool.namespace && other.name == tool.name;
    hosts.iter().find_map(|host| {
        let index = host.catalogue().tools().iter().position(is_it)?;
        host.seen(index)
    })
}

/// The tools as a policy lets them be declared.
pub(super) fn declared(policy: Option<&Arc<dyn Policy>>, tools: Catalogue) -> Catalogue {
    match policy {
        Some(policy) => policy.declared(tools),
        None => tools,
    }
}

impl Sandbox {
    /// What results of a tool have been like so far, in lines for whoever reads its declaration, if its host tells it.
    pub fn seen(&self, tool: &ToolInfo) -> Option<String> {
        seen(&self.shared.hosts, tool)
    }

    /// What each run may use.
    pub fn limits(&self) -> &Limits {
        &self.shared.limits
    }

    /// Everything that scripts can call: for the prompt, and for the declarations that a script is checked against.
    pub fn catalogue(&self) -> &Catalogue {
        let shared = &*self.shared;
        shared.catalogue.get_or_init(|| {
            let all = union(&shared.own, &shared.hosts, &shared.saved);
            declared(shared.policy.as_ref(), all)
        })
    }

    /// Runs a script: TypeScript with `await` and `return` at the top level.
    ///
    /// Whatever goes wrong is part of the outcome. Dropping the future stops the script.
    ///
    /// What the script returns stands. A tool call that it doesn't await is awaited for it, for
    /// [some time](Limits::grace_time). After that, and at once when the script fails or is stopped, the calls under way
    /// are dropped, and their [cancellation](crate::CallContext::cancellation) fires. A promise that is rejected while nobody
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
            Err(mut outcome) => {
                if let RunResult::Error { error } = &mut outcome.result {
                    self.shared.saved.explain(error, &script);
                }
                return *outcome;
            }
        };
        #[cfg(not(feature = "check"))]
        let checked = false;
        let mut outcome = self.run_unchecked(script.clone(), options).await;
        if let RunResult::Error { error } = &mut outcome.result {
            absent::explain(error, &script, || {
                let tools = self.catalogue().tools().iter();
                ToolNames::of(tools.map(|tool| (tool.namespace.as_str(), tool.name.as_str())))
            });
            self.shared.saved.explain(error, &script);
        }
        Outcome { checked, ..outcome }
    }

    async fn run_unchecked(&self, script: String, options: RunOptions) -> Outcome {
        let script = Source {
            saved: self.shared.saved.reached_by(&script),
            script,
        };
        #[cfg(unix)]
        if let Some(workers) = &self.shared.workers {
            return self.run_in_process(workers, script, options).await;
        }
        self.run_here(script, options).await
    }

    /// Ends the workers of [`Isolation::Process`](crate::Isolation::Process), and resolves when there is none left. Scripts that run run to their end,
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

    async fn run_here(&self, script: Source, options: RunOptions) -> Outcome {
        let shared = Arc::clone(&self.shared);
        let (run, finished) = self.new_run(options);
        watchdog::watch(&run);
        let stop = StopOnDrop(Arc::clone(&run));

        #[cfg(feature = "v8")]
        engine::keep();
        let host_runtime = tokio::runtime::Handle::try_current().ok();
        let isolate_run = FinishOnDrop(Arc::clone(&run));
        engine::spawn(script.stack_bytes(), move || {
            execute::execute(&shared.tools, &isolate_run.0, &script, host_runtime);
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
        script: Source,
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
        let starting = PolicyRun {
            questions: options.questions,
            #[cfg(feature = "policy")]
            session: options.store.as_ref().map(Store::tally).unwrap_or_default(),
        };
        Run::new(
            id,
            shared.limits.clone(),
            shared.state.clone(),
            RunOptions {
                policy: combine(shared.policy.as_ref(), options.policy, &starting),
                questions: None,
                observer: options.observer,
                store: options.store,
            },
        )
    }

    /// Whether the script was checked before its run, which is for another one to do.
    ///
    /// # Errors
    ///
    /// The outcome of a script that isn't run.
    #[cfg(feature = "check")]
    async fn check_first(&self, script: &str) -> Result<bool, Box<Outcome>> {
        let Some(check) = &self.shared.check else {
            return Ok(false);
        };
        check
            .script(script, self.catalogue())
            .await
            .map_err(|error| {
                // What has no place is about the compiler, which has said nothing of the script then.
                let checked = error.kind == ErrorKind::TypeCheck && !error.diagnostics.is_empty();
                let (run, _) = self.new_run(RunOptions::default());
                let outcome = run.outcome(RunResult::Error { error });
                Box::new(Outcome { checked, ..outcome })
            })
    }
}

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
