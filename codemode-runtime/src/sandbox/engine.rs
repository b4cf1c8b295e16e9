//! The engine's process-wide part: started once, on a thread that all isolates descend from.

use std::sync::mpsc::{Sender, channel};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::thread;

use deno_core::JsRuntime;

/// V8 measures its own stack limit from where an isolate is made, so the thread must have room beyond that limit for the
/// Rust code around it.
const STACK_BYTES: usize = 8 * 1024 * 1024;

/// Something to do on a fresh thread of an isolate.
type Job = (usize, Box<dyn FnOnce() + Send>);

/// The thread that starts the isolates' threads.
///
/// On processors with protection keys, memory for compiled code can only be used by threads that descend from the one on
/// which V8 was started; any other crashes. Hosts call from whichever thread they like, so one thread of our own starts
/// V8 and is the parent of all others.
static PARENT: LazyLock<Mutex<Option<Sender<Job>>>> = LazyLock::new(|| {
    let (sender, jobs) = channel::<Job>();
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
            for (stack, job) in jobs {
                // A job that can't be started is dropped, which its owner notices.
                let _ = thread::Builder::new()
                    .name("codemode-isolate".to_owned())
                    .stack_size(stack)
                    .spawn(job);
            }
        });
    Mutex::new(started.ok().map(|_| sender))
});

/// Runs `job` on a thread of its own, with `extra_stack` bytes beyond the usual. If no thread can be had, the job is
/// dropped.
pub(super) fn spawn(extra_stack: usize, job: impl FnOnce() + Send + 'static) {
    let parent = PARENT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(parent) = parent.as_ref() {
        let _ = parent.send((STACK_BYTES + extra_stack, Box::new(job)));
    }
}
