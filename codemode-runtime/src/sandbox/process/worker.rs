//! The worker: a process that makes an isolate, gives up everything else, and runs one script.

mod last_words;
mod lockdown;
mod pipe;

use std::ffi::OsStr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use self::lockdown::{Memory, Missing};
use self::pipe::{Away, Ending, Pipe};
use super::agreed::ARGUMENT;
use super::frame::{FromWorker, Setup, ToWorker};
use crate::outcome::{ErrorKind, RunError};
use crate::sandbox::isolate::engine;
use crate::sandbox::isolate::prepared::{Prepared, Running};
use crate::sandbox::options::limits::Limits;
use crate::sandbox::options::run::RunOptions;
use crate::sandbox::run::cpu;
use crate::sandbox::run::state::Run;
use crate::sandbox::saved::program::Program;
use crate::tool::context::State;

static IS_HOST: AtomicBool = AtomicBool::new(false);

/// Makes this process a worker if a sandbox has started it as one, and returns otherwise.
///
/// A program that uses [`Isolation::Process`](crate::Isolation::Process) calls this at the very start of `main`, before it
/// opens a file, starts a thread or looks at its arguments:
///
/// ```no_run
/// // The first line of `main`:
/// codemode_runtime::run_if_worker();
/// ```
///
/// A program that can't uses [`WorkerProgram::At`](crate::WorkerProgram::At).
///
/// # Panics
///
/// Never. A worker that can't do its work tells its sandbox, and ends.
pub fn run_if_worker() {
    if std::env::args_os().nth(1).as_deref() != Some(OsStr::new(ARGUMENT)) {
        IS_HOST.store(true, Ordering::Relaxed);
        return;
    }
    let status = match serve() {
        Ok(()) => 0,
        Err(reason) => {
            eprintln!("{reason}");
            2
        }
    };
    std::process::exit(status);
}

/// Whether this program can be started as a worker.
pub(in crate::sandbox) fn is_host() -> bool {
    IS_HOST.load(Ordering::Relaxed)
}

/// The life of a worker, on its main thread.
fn serve() -> Result<(), String> {
    let mut missing = Missing::default();
    lockdown::alone(&mut missing);
    // The sandbox reads what the engine writes when it dies. Until then, an engine that writes much must not wait for that.
    let _ = rustix::io::ioctl_fionbio(std::io::stderr(), true);
    let pipe = Pipe::on_standard_input()?;
    let Some(ToWorker::Setup(setup)) = pipe.wait() else {
        return Err("this is started by a sandbox".to_owned());
    };
    if let Err(reason) = check_version(&setup) {
        pipe.send(&FromWorker::Refused(reason));
        return Ok(());
    }
    let memory = missing.note(Memory::open());
    lockdown::without_files(&setup.limits, &mut missing);

    let of_thread = Arc::clone(&pipe);
    let script = Arc::new(OnceLock::<Part>::new());
    let of_isolate = Arc::clone(&script);
    let end = EndOfProcess;
    // The script isn't known yet, so there has to be room for the largest.
    engine::spawn(codemode_script::MAX_STACK_BYTES, move || {
        let _end = end;
        run_one(&of_thread, &setup, memory, missing, &of_isolate);
    });
    // The isolate's thread may be too busy to see it.
    pipe.until_hung_up(|| {
        if let Some(script) = script.get() {
            script.end();
        }
    });
    drop(EndOfProcess);
    Ok(())
}

/// Ends the process wherever it is: there is nobody any more to do anything for. Also when a thread that owns this can't be
/// started.
struct EndOfProcess;

impl Drop for EndOfProcess {
    fn drop(&mut self) {
        // Without the engine's farewells, which another thread would be in the way of.
        std::process::abort();
    }
}

/// The script, as the worker's main thread can reach it.
struct Part {
    script: Running,
    run: Arc<Run>,
}

impl Part {
    /// Ends the script wherever it can be ended, so that its thread tells what there is to tell.
    fn end(&self) {
        self.script.end_at_next_step();
        self.run.wake();
    }
}

/// The life of a worker, on the thread of its isolate.
fn run_one(
    pipe: &Arc<Pipe>,
    setup: &Setup,
    memory: Option<Memory>,
    mut missing: Missing,
    script_of_worker: &OnceLock<Part>,
) {
    let limits = Limits {
        // The host's clocks count: they stand still while somebody is asked about a call.
        wall_time: std::time::Duration::MAX,
        script_time: std::time::Duration::MAX,
        cpu_time: std::time::Duration::MAX,
        grace_time: std::time::Duration::MAX,
        ..setup.limits.clone()
    };
    let mut isolate = match Prepared::new(&limits) {
        Ok(isolate) => isolate,
        Err(error) => return pipe.send(&FromWorker::Refused(error.message)),
    };
    if let Err(error) = pipe.attach(&isolate.event_loop) {
        return pipe.send(&FromWorker::Refused(error.to_string()));
    }
    if let Some(memory) = memory {
        missing.note(memory.limit(&limits));
    }
    missing.note(lockdown::without_system_calls());
    if !setup.best_effort && !missing.is_empty() {
        return pipe.send(&FromWorker::Refused(refusal(&missing)));
    }
    let not_locked_down = missing.texts();
    pipe.send(&FromWorker::Ready { not_locked_down });

    let start = pipe.wait();
    let Some(ToWorker::Start {
        room,
        tools,
        saved,
        script,
    }) = start
    else {
        return;
    };
    let limits = limits.with_room(room);
    let (run, _) = Run::new(0, limits, State::default(), RunOptions::default());
    // Comes before what the isolate would attach.
    run.attach(Ending {
        pipe: Arc::clone(pipe),
        run: Arc::downgrade(&run),
    });
    // Set once: this is the only script.
    let _ = script_of_worker.set(Part {
        script: isolate.running(&run),
        run: Arc::clone(&run),
    });
    #[cfg(target_os = "linux")]
    last_words::exit_when_memory_is_refused();
    #[cfg(feature = "v8")]
    crate::sandbox::isolate::last_words::tell_when_memory_ends(&mut isolate, &run);
    let measuring = cpu::Measuring::start(&run);
    let result = execute(pipe, &run, &mut isolate, &tools, &saved, &script);
    drop(measuring);
    pipe.end(&run, result);
    // The sandbox ends the process, which is faster than putting everything away.
    loop {
        std::thread::park();
    }
}

fn execute(
    pipe: &Arc<Pipe>,
    run: &Arc<Run>,
    isolate: &mut Prepared,
    tools: &[(u32, String)],
    saved: &[(String, String)],
    script: &str,
) -> Result<(), RunError> {
    let saved = saved
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    let program = Program::compile(script, saved, &run.limits)?;
    let away = Away::new(pipe, run, tools);
    let tools: Vec<(u32, &str)> = tools
        .iter()
        .map(|(number, path)| (*number, path.as_str()))
        .collect();
    let result = isolate.run(run, Box::new(away), &tools, &program);
    match (run.stopped(), run.place()) {
        (Some(reason), _) => Err(reason.clone()),
        (None, Some(place)) => Err(RunError {
            frames: place.to_vec(),
            ..RunError::new(ErrorKind::Timeout, "the script was told to end")
        }),
        (None, None) => result,
    }
}

/// The host's end of the channel may be of another version, where the worker is a program of its own.
fn check_version(setup: &Setup) -> Result<(), String> {
    let own = env!("CARGO_PKG_VERSION");
    if setup.version == own {
        return Ok(());
    }
    Err(format!(
        "the worker is of version {own}, but the sandbox of version {}: install codemode-worker in that version",
        setup.version
    ))
}

fn refusal(missing: &Missing) -> String {
    format!(
        "the worker can't be locked down ({}). `LockDown::BestEffort`, or `--lock-down best-effort` on a command line, runs \
         scripts with what this system can do",
        missing.texts().join("; ")
    )
}
