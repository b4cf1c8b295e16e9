//! The engine's process-wide part: started once, on a thread that all isolates descend from.

use std::ffi::CStr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{LazyLock, Mutex};
use std::thread;
use std::time::Duration;

use deno_core::JsRuntime;

use crate::sandbox::lock::lock;

/// V8 measures its own stack limit from where an isolate is made, so the thread must have room beyond that limit for the
/// Rust code around it.
const STACK_BYTES: usize = 8 * 1024 * 1024;

/// What most jobs need beyond that, and gladly get: threads of one size can follow each other. Only what is used of it
/// becomes memory.
const USUAL_EXTRA_BYTES: usize = 16 * 1024 * 1024;

/// How many threads are kept for the next job, and for how long. A thread that has run an isolate has the memory that the
/// next one needs at hand, which saves a good part of the time that it takes to make one.
const IDLE_THREADS: usize = 4;
const IDLE_TIME: Duration = Duration::from_secs(10);

/// Something to do on a thread of an isolate.
type Job = Box<dyn FnOnce() + Send>;

/// A thread to start with a job, and how large its stack is.
struct Start {
    stack: usize,
    job: Job,
}

/// The thread that starts the isolates' threads.
///
/// On processors with protection keys, memory for compiled code can only be used by threads that descend from the one on
/// which V8 was started; any other crashes. Hosts call from whichever thread they like, so one thread of our own starts
/// V8 and is the parent of all others.
static PARENT: LazyLock<Mutex<Option<Sender<Start>>>> = LazyLock::new(|| {
    let (sender, jobs) = channel::<Start>();
    let started = thread::Builder::new()
        .name("codemode-engine".to_owned())
        .spawn(move || {
            // Without it, the memory behind an ArrayBuffer is no part of the heap that a run may use.
            #[cfg(feature = "v8")]
            deno_core::v8_set_flags(vec![
                "codemode".to_owned(),
                "--enforce-global-heap-limit".to_owned(),
            ]);
            JsRuntime::init_platform(None);
            for Start { stack, job } in jobs {
                // A job that can't be started is dropped, which its owner notices.
                let _ = thread::Builder::new()
                    .name("codemode-isolate".to_owned())
                    .stack_size(stack)
                    .spawn(job);
            }
        });
    Mutex::new(started.ok().map(|_| sender))
});

/// The threads that wait for a job, each with a number of its own.
static IDLE: Mutex<Vec<(u64, Sender<Job>)>> = Mutex::new(Vec::new());

/// Runs `job` on a thread that has nothing else to do, with `extra_stack` bytes beyond the usual. If no thread can be had,
/// the job is dropped.
pub(crate) fn spawn(extra_stack: usize, job: impl FnOnce() + Send + 'static) {
    let mut job: Job = Box::new(job);
    // QuickJS leaves something of an isolate with its thread, and sometimes can't start another one there.
    if cfg!(feature = "v8") && extra_stack <= USUAL_EXTRA_BYTES {
        while let Some((_, idle)) = lock(&IDLE).pop() {
            match idle.send(job) {
                Ok(()) => return,
                Err(unsent) => job = unsent.0,
            }
        }
        job = Box::new(|| follow(job));
    }
    if let Some(parent) = lock(&PARENT).as_ref() {
        let stack = STACK_BYTES + extra_stack.max(USUAL_EXTRA_BYTES);
        let _ = parent.send(Start { stack, job });
    }
}

/// Does a job, and then those that follow while the thread waits for one.
fn follow(job: Job) {
    static THREADS: AtomicU64 = AtomicU64::new(0);
    let number = THREADS.fetch_add(1, Ordering::Relaxed);
    job();
    loop {
        name_thread(c"codemode-idle");
        let (sender, jobs) = channel();
        {
            let mut idle = lock(&IDLE);
            if idle.len() >= IDLE_THREADS {
                return;
            }
            idle.push((number, sender));
        }
        let job = match jobs.recv_timeout(IDLE_TIME) {
            Ok(job) => job,
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {
                let mut idle = lock(&IDLE);
                let waiting = idle.len();
                idle.retain(|(waiting, _)| *waiting != number);
                if idle.len() < waiting {
                    return;
                }
                drop(idle);
                // It was just taken from the list, for a job that is on its way.
                match jobs.recv() {
                    Ok(job) => job,
                    Err(_) => return,
                }
            }
        };
        name_thread(c"codemode-isolate");
        job();
    }
}

/// Says what the thread does now to whoever looks at the host's threads: whether it runs a script is the question there.
fn name_thread(name: &CStr) {
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::set_name(name);
    #[cfg(not(target_os = "linux"))]
    let _ = name;
}

/// Keeps what isolates share and never write, which V8 makes with the first isolate and takes apart with the last one: by an
/// isolate of its own that nobody uses.
#[cfg(feature = "v8")]
pub(crate) fn keep() {
    use std::sync::Once;

    use deno_core::v8::{CreateParams, Isolate};

    static KEPT: Once = Once::new();
    KEPT.call_once(|| {
        spawn(0, || {
            name_thread(c"codemode-keeper");
            let _kept = Isolate::new(CreateParams::default());
            loop {
                thread::park();
            }
        });
    });
}

#[cfg(test)]
mod tests {
    #[cfg(feature = "v8")]
    use std::collections::HashSet;

    use super::*;

    /// On which thread a job was done.
    fn thread_of_a_job() -> thread::ThreadId {
        let (done, thread) = channel();
        spawn(0, move || {
            let _ = done.send(thread::current().id());
        });
        thread.recv().unwrap()
    }

    #[cfg(feature = "v8")]
    #[test]
    fn threads_do_one_job_after_the_other() {
        const JOBS: usize = 40;
        let threads: HashSet<_> = (0..JOBS).map(|_| thread_of_a_job()).collect();
        assert!(threads.len() < JOBS, "each job had a thread of its own");
    }

    #[test]
    fn a_job_that_panics_takes_nothing_but_its_thread_along() {
        let (sender, dropped) = channel::<()>();
        spawn(0, move || {
            let _sender = sender;
            panic!("this is what a broken engine does");
        });
        assert!(dropped.recv().is_err());
        thread_of_a_job();
    }

    #[test]
    fn a_job_that_needs_more_stack_gets_it() {
        // In pieces that the compiler can't leave out.
        fn deep(levels: usize) -> u8 {
            let mut piece = [0_u8; 16 * 1024];
            std::hint::black_box(&mut piece);
            if levels == 0 {
                piece[0]
            } else {
                deep(levels - 1) + piece[1]
            }
        }
        let (done, result) = channel();
        spawn(64 * 1024 * 1024, move || {
            let _ = done.send(deep(2_800));
        });
        assert_eq!(result.recv(), Ok(0));
    }
}
