//! One isolate: made, closed, and used for one script.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};

use deno_core::error::prepare_stack_trace_callback_with_original_callsites;
use deno_core::{
    JsRuntime, ModuleLoadOptions, ModuleLoadReferrer, ModuleLoadResponse, ModuleLoader,
    ModuleSpecifier, ResolutionKind, RuntimeOptions, v8,
};
use deno_error::JsErrorBox;
use serde_json::{Value, json};

use super::doors::{Calls, Doors};
use super::errors::host_error;
use super::event_loop::Isolate;
use super::memory::Memory;
#[cfg(feature = "v8")]
use super::place;
use super::rejections;
use super::world::{boot, ops};
use crate::outcome::{ErrorKind, RunError};
use crate::sandbox::options::limits::{Limits, ScriptClock};
use crate::sandbox::run::cpu;
use crate::sandbox::run::state::{Run, RunningScript};
use crate::sandbox::saved::program::Program;

/// An engine that the bootstrap has run in.
#[cfg(feature = "v8")]
static SNAPSHOT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/snapshot.bin"));

/// An isolate whose world is closed, waiting for its script. It stays on the thread that made it.
pub(crate) struct Prepared {
    engine: JsRuntime,
    /// Runs the script's function and encodes what it returns.
    runner: v8::Global<v8::Function>,
    /// The run that it was used for; the engine tells it about the heap.
    run: Rc<OnceCell<Arc<Run>>>,
    /// After the engine, so that it is there for as long as the engine.
    pub(crate) event_loop: tokio::runtime::Runtime,
}

impl Prepared {
    /// Makes an isolate for a script with these limits. Called on a thread that has nothing else to do and that
    /// [`super::engine::spawn`] has made.
    ///
    /// # Errors
    ///
    /// If the host lacks what an isolate needs.
    pub(crate) fn new(limits: &Limits) -> Result<Self, RunError> {
        // The engine aborts the process when it posts a delayed task outside of a tokio runtime, so one is entered before
        // the isolate is made.
        let event_loop = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| host_error("no event loop could be started", error))?;
        let entered = event_loop.enter();
        let memory = Memory::new(limits);
        let mut engine = JsRuntime::try_new(RuntimeOptions {
            extensions: vec![ops::extension()],
            #[cfg(feature = "v8")]
            startup_snapshot: Some(SNAPSHOT),
            // They are part of the snapshot.
            skip_op_registration: cfg!(feature = "v8"),
            module_loader: Some(Rc::new(NoModules)),
            create_params: Some(memory.params()),
            ..RuntimeOptions::default()
        })
        .map_err(|error| host_error("the engine can't start", error))?;
        let run = Rc::new(OnceCell::new());
        memory.watch(&mut engine, Rc::clone(&run));
        engine.v8_isolate().set_allow_atomics_wait(false);
        // The usual one hands out copies of what the engine knows of each place, and breaks over a language that the script has
        // changed meanwhile.
        engine
            .v8_isolate()
            .set_prepare_stack_trace_callback(prepare_stack_trace_callback_with_original_callsites);
        // With nobody to tell, the engine writes what is thrown while the host reads an error to standard output.
        #[cfg(feature = "v8")]
        engine.v8_isolate().add_message_listener(unheard);

        #[cfg(not(feature = "v8"))]
        for (name, text) in boot::FILES {
            engine
                .execute_script(name, text)
                .map_err(|error| host_error("the sandbox can't be set up", error))?;
        }
        let runner = engine
            .execute_script(boot::BOOTSTRAP, closing(limits))
            .map_err(|error| host_error("the sandbox can't be set up", error))?;
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
                .map_err(|error| host_error("the sandbox's set-up returned no function", error))?
        };
        drop(entered);
        Ok(Self {
            engine,
            runner,
            run,
            event_loop,
        })
    }

    /// Calls this when the engine has run out of memory in a place where it can't go on, before it ends the process.
    #[cfg(all(unix, feature = "v8"))]
    pub(crate) fn before_it_dies(&mut self, of_memory: v8::OomErrorCallback) {
        self.engine.v8_isolate().set_oom_error_handler(of_memory);
    }

    /// Runs the script, the only one that this isolate is for, with these tools by number and path. What it returns goes to
    /// `calls`. Takes as long as the script, and what it leaves under way.
    ///
    /// # Errors
    ///
    /// What went wrong. If the run was stopped, the reason for that counts instead, also in place of a result.
    pub(crate) fn run(
        &mut self,
        run: &Arc<Run>,
        calls: Box<dyn Calls>,
        tools: &[(u32, &str)],
        program: &Program,
    ) -> Result<(), RunError> {
        let in_namespace =
            |path: &str, name: &str| path.split_once('.').is_some_and(|(n, _)| n == name);
        program.check_imports(|name| tools.iter().any(|(_, path)| in_namespace(path, name)))?;
        let doors = Rc::new(Doors {
            run: Arc::clone(run),
            calls,
            closed: Cell::default(),
            has_returned: Cell::default(),
        });
        let host: Rc<dyn ops::Host> = Rc::clone(&doors) as _;
        self.engine.op_state().borrow_mut().put(host);
        // The isolate is used once, so this is the first.
        let _ = self.run.set(Arc::clone(run));
        // Only from here on does the script decide what happens on this thread.
        run.attach(self.running(run));
        let given = json!({
            "tools": tools,
            "saved": program.saved.iter().map(|saved| &saved.name).collect::<Vec<_>>(),
            "outputBytes": run.limits.output_bytes,
            "logBytes": run.limits.log_bytes,
        });
        let given = given.to_string();

        let Self {
            engine,
            runner,
            event_loop,
            ..
        } = self;
        let _keeping = rejections::Keeping::start(engine);
        let mut isolate = Isolate {
            engine,
            runner,
            run,
            doors: &doors,
            program,
        };
        #[cfg(feature = "v8")]
        let _looking = place::Looking::start(isolate.engine.main_context());
        event_loop.block_on(isolate.run(&given))
    }

    /// The run's script, as it can be ended from any thread.
    pub(crate) fn running(&mut self, run: &Arc<Run>) -> Running {
        Running {
            engine: self.engine.v8_isolate().thread_safe_handle(),
            run: Arc::downgrade(run),
            is_asked: AtomicBool::default(),
        }
    }
}

#[cfg(feature = "v8")]
extern "C" fn unheard(_: v8::Local<v8::Message>, _: v8::Local<v8::Value>) {}

/// A script in this process.
pub(crate) struct Running {
    engine: v8::IsolateHandle,
    run: Weak<Run>,
    /// Whether it was asked to end at its next step.
    is_asked: AtomicBool,
}

impl Running {
    /// Ends the script at its next step, if it comes to one, and keeps where that was.
    pub(crate) fn end_at_next_step(&self) {
        #[cfg(feature = "v8")]
        place::end_at_next_step(&self.engine);
        // QuickJS doesn't tell where that is.
        #[cfg(not(feature = "v8"))]
        self.engine.terminate_execution();
    }

    /// Whether all that is wrong with the script is how long it takes. Then its author wants to know where it is, and
    /// there is time to look.
    fn is_late(&self) -> bool {
        let run = self.run.upgrade();
        let reason = run.as_ref().and_then(|run| run.stopped());
        reason.is_some_and(|reason| reason.kind == ErrorKind::Timeout)
    }
}

impl RunningScript for Running {
    fn terminate(&self) {
        if self.is_late() && !self.is_asked.swap(true, Ordering::Relaxed) {
            return self.end_at_next_step();
        }
        self.engine.terminate_execution();
    }

    fn measure(&self) {
        extern "C" fn report(_: v8::UnsafeRawIsolatePtr, _: *mut std::ffi::c_void) {
            cpu::report();
        }
        self.engine.request_interrupt(report, std::ptr::null_mut());
    }
}

/// Calls what the bootstrap has left behind, which closes the isolate's world and returns the function that runs a script.
fn closing(limits: &Limits) -> String {
    let clock = match limits.clock {
        ScriptClock::Real => Value::Null,
        ScriptClock::Coarse(milliseconds) => json!({ "resolution": milliseconds.max(1) }),
        ScriptClock::Frozen(milliseconds) => json!({ "frozenAt": milliseconds }),
    };
    let options = json!({
        "closesCodeGeneration": cfg!(not(feature = "v8")),
        "limits": {
            "argumentBytes": limits.argument_bytes,
            "attachedBytes": limits.attached_text_bytes(),
            "storedBytes": limits.stored_text_bytes(),
            "timers": limits.timers,
            "bufferBytes": limits.buffer_bytes,
            "clock": clock,
            "randomSeed": limits.random_seed,
        },
    });
    format!("__codemode({options})")
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
