//! One run on its own thread: make an isolate, close its world, run the script, report.

use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use deno_core::error::CoreError;
use deno_core::{
    Extension, JsRuntime, ModuleLoadOptions, ModuleLoadReferrer, ModuleLoadResponse, ModuleLoader,
    ModuleSpecifier, OpDecl, PollEventLoopOptions, ResolutionKind, RuntimeOptions, v8,
};
use deno_error::JsErrorBox;
use futures_util::future::{Either, select};
use serde_json::Value;
use tokio::runtime::Handle;

use super::ops::{self, Doors};
use super::run::Run;
use super::script::{SCRIPT_NAME, Script};
use super::{Shared, errors};
use crate::outcome::{ErrorKind, RunError, RunResult};

/// Closes the isolate's world and returns the function that runs a script in it.
const BOOTSTRAP: &str = include_str!("bootstrap.js");
const BOOTSTRAP_NAME: &str = "codemode:bootstrap";

/// Runs a script and reports to `run`. Called on a thread that has nothing else to do.
pub(super) fn execute(shared: &Shared, run: &Arc<Run>, text: &str, host_runtime: Option<Handle>) {
    let result = attempt(shared, run, text, host_runtime);
    // The host's own reason wins over whatever came of stopping the script, success included: a script can catch its end.
    let result = match (run.stopped(), result) {
        (Some(reason), _) => RunResult::Error {
            error: reason.clone(),
        },
        (None, Ok(value)) => RunResult::Ok { value },
        (None, Err(error)) => RunResult::Error { error },
    };
    run.used_cpu(thread_time());
    run.finish(result);
}

fn attempt(
    shared: &Shared,
    run: &Arc<Run>,
    text: &str,
    host_runtime: Option<Handle>,
) -> Result<Option<Value>, RunError> {
    let script = Script::compile(text).map_err(syntax_error)?;
    // The engine aborts the process when it posts a delayed task outside of a tokio runtime, so one is entered before the
    // isolate is made and left after it is gone.
    let local_runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| {
            RunError::new(
                ErrorKind::Host,
                format!("no event loop could be started: {error}"),
            )
        })?;
    let _entered = local_runtime.enter();
    let doors = Doors {
        run: Arc::clone(run),
        runtime: host_runtime.unwrap_or_else(|| local_runtime.handle().clone()),
        hosted: shared.hosted_tools(),
    };
    let mut isolate = Isolate::new(shared, doors)?;
    local_runtime.block_on(isolate.run(&script))
}

fn syntax_error(diagnostics: Vec<crate::Diagnostic>) -> RunError {
    let message = match diagnostics.as_slice() {
        [] => "the script can't be read".to_owned(),
        [first, ..] => format!(
            "line {}, column {}: {}",
            first.line, first.column, first.message
        ),
    };
    RunError {
        name: Some("SyntaxError".to_owned()),
        diagnostics,
        ..RunError::new(ErrorKind::Syntax, message)
    }
}

/// What the engine needs by itself. It would take 0 for no limit.
const MIN_HEAP_BYTES: usize = 8 * 1024 * 1024;

struct Isolate {
    engine: JsRuntime,
    run: Arc<Run>,
    /// Runs the script's function and encodes what it returns.
    runner: v8::Global<v8::Function>,
}

impl Isolate {
    fn new(shared: &Shared, doors: Doors) -> Result<Self, RunError> {
        let run = Arc::clone(&doors.run);
        let setup = bootstrap_call(shared, &doors);
        let mut engine = JsRuntime::try_new(RuntimeOptions {
            extensions: vec![extension(shared)],
            module_loader: Some(Rc::new(NoModules)),
            create_params: Some(
                v8::CreateParams::default()
                    .heap_limits(0, run.limits.heap_bytes.max(MIN_HEAP_BYTES)),
            ),
            ..RuntimeOptions::default()
        })
        .map_err(|error| {
            RunError::new(ErrorKind::Host, format!("the engine can't start: {error}"))
        })?;
        engine.op_state().borrow_mut().put(Rc::new(doors));
        stop_near_heap_limit(&mut engine, &run);
        engine.v8_isolate().set_allow_atomics_wait(false);

        let runner = engine
            .execute_script(BOOTSTRAP_NAME, setup)
            .map_err(|error| {
                RunError::new(
                    ErrorKind::Host,
                    format!("the sandbox can't be set up: {error}"),
                )
            })?;
        let runner = {
            deno_core::scope!(scope, engine);
            // QuickJS's stand-in for this switch covers two global names only; the bootstrap covers the rest there.
            #[cfg(feature = "v8")]
            scope
                .get_current_context()
                .set_allow_generation_from_strings(false);
            v8::Local::new(scope, runner)
                .try_cast::<v8::Function>()
                .map(|function| v8::Global::new(scope, function))
                .map_err(|_| {
                    RunError::new(ErrorKind::Host, "the sandbox's set-up returned no function")
                })?
        };
        // Only from here on does the script decide what happens on this thread.
        run.attach(engine.v8_isolate().thread_safe_handle());
        Ok(Self {
            engine,
            run,
            runner,
        })
    }

    async fn run(&mut self, script: &Script) -> Result<Option<Value>, RunError> {
        let stopped = self.run.until_stopped();
        // Giving the evaluation up leaves the isolate to be dropped, and the tools' futures with it.
        let result = match select(pin!(self.evaluate(script)), pin!(stopped)).await {
            Either::Left((result, _)) => result,
            Either::Right(_) => Err(RunError::new(ErrorKind::Host, "the script was stopped")),
        };
        let used = self
            .engine
            .v8_isolate()
            .get_heap_statistics()
            .used_heap_size();
        self.run.saw_heap(used);
        result
    }

    async fn evaluate(&mut self, script: &Script) -> Result<Option<Value>, RunError> {
        let main = self
            .engine
            .execute_script(SCRIPT_NAME, script.javascript.clone())
            // Nothing of the script has run yet, so this is about its text.
            .map_err(|error| errors::from_compiling(&error, script))?;
        let returned = self.engine.call_with_args(&self.runner, &[main]);
        let returned = self
            .engine
            .with_event_loop_promise(Box::pin(returned), PollEventLoopOptions::default())
            .await
            .map_err(|error| errors::from_core(error, script))?;
        self.settle()
            .await
            .map_err(|error| errors::from_core(error, script))?;
        self.decode(&returned)
    }

    /// Lets the calls that the script has started come to their end, and finds rejections that nobody looked at.
    async fn settle(&mut self) -> Result<(), CoreError> {
        poll_fn(|cx| {
            let polled = self
                .engine
                .poll_event_loop(cx, PollEventLoopOptions::default());
            match polled {
                Poll::Pending if self.run.in_flight() > 0 && self.run.stopped().is_none() => {
                    Poll::Pending
                }
                Poll::Pending => Poll::Ready(Ok(())),
                Poll::Ready(result) => Poll::Ready(result),
            }
        })
        .await
    }

    /// The script's value: `None` for `undefined`, else the JSON text that the runner made of it.
    fn decode(&mut self, returned: &v8::Global<v8::Value>) -> Result<Option<Value>, RunError> {
        deno_core::scope!(scope, self.engine);
        let Ok(text) = v8::Local::new(scope, returned).try_cast::<v8::String>() else {
            return Ok(None);
        };
        let limit = self.run.limits.output_bytes;
        // Measured inside the engine: copying a huge text out first would spend the host's memory.
        let bytes = text.utf8_length(scope);
        if bytes > limit {
            return Err(RunError::new(
                ErrorKind::Limit,
                format!(
                    "the script returned {bytes} bytes of JSON, more than its limit of {limit}"
                ),
            ));
        }
        self.run.returned_bytes(bytes);
        let text = text.to_rust_string_lossy(scope);
        // The engine wrote this text, so it is JSON; only what JSON can say and Rust can't is left to fail.
        serde_json::from_str(&text).map(Some).map_err(|_| {
            RunError::new(
                ErrorKind::Exception,
                "the script's result has half of a surrogate pair in a string, which can't be sent",
            )
        })
    }
}

/// The ops of the tools, and the two of the sandbox itself.
fn extension(shared: &Shared) -> Extension {
    let mut ops: Vec<OpDecl> = shared
        .tools
        .tools()
        .iter()
        .map(|tool| (tool.op)())
        .collect();
    ops.push(ops::op_codemode_hosted());
    ops.push(ops::op_codemode_log());
    Extension {
        name: "codemode",
        ops: ops.into(),
        ..Extension::default()
    }
}

/// The bootstrap as a call: it is a function, and takes the tools as its argument.
fn bootstrap_call(shared: &Shared, doors: &Doors) -> String {
    let own = shared
        .tools
        .descriptors()
        .map(|tool| serde_json::json!({ "path": tool.path(), "op": tool.op_name }));
    let hosted = doors
        .hosted
        .iter()
        .enumerate()
        .map(|(number, tool)| serde_json::json!({ "path": tool.path, "hosted": number }));
    let tools: Vec<Value> = own.chain(hosted).collect();
    let options = serde_json::json!({
        "tools": tools,
        "closesCodeGeneration": cfg!(not(feature = "v8")),
    });
    format!("({BOOTSTRAP})({options})")
}

/// Ends the script before the engine runs out of memory, which would end the process.
fn stop_near_heap_limit(engine: &mut JsRuntime, run: &Arc<Run>) {
    let run = Arc::clone(run);
    engine.add_near_heap_limit_callback(move |current, _initial| {
        run.saw_heap(current);
        run.stop(
            ErrorKind::OutOfMemory,
            format!(
                "the script needed more than its {} bytes of heap",
                run.limits.heap_bytes
            ),
        );
        super::watchdog::watch_end(&run);
        // The script is stopped at its next check; until then the engine needs room, or it aborts.
        current * 2
    });
}

/// Refuses every import, with one message that tells nothing about the host.
struct NoModules;

impl NoModules {
    fn refusal() -> JsErrorBox {
        JsErrorBox::type_error("a script can't import anything: the tools are there as namespaces")
    }
}

impl ModuleLoader for NoModules {
    fn resolve(
        &self,
        _specifier: &str,
        _referrer: &str,
        _kind: ResolutionKind,
    ) -> Result<ModuleSpecifier, JsErrorBox> {
        Err(Self::refusal())
    }

    fn load(
        &self,
        _specifier: &ModuleSpecifier,
        _referrer: Option<&ModuleLoadReferrer>,
        _options: ModuleLoadOptions,
    ) -> ModuleLoadResponse {
        ModuleLoadResponse::Sync(Err(Self::refusal()))
    }
}

/// The processor time of this thread, which has done nothing but this run.
#[cfg(unix)]
fn thread_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(
        u64::try_from(time.tv_sec).unwrap_or_default(),
        u32::try_from(time.tv_nsec).unwrap_or_default(),
    )
}

/// Not known here without calls into the system that would need `unsafe`.
#[cfg(not(unix))]
fn thread_time() -> Duration {
    Duration::ZERO
}
