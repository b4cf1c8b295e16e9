//! What a worker still says of its end where all that is left is to end: that it is about memory.

#[cfg(feature = "v8")]
pub(super) use self::engine::tell_when_memory_ends;
#[cfg(target_os = "linux")]
pub(super) use self::refused::exit_when_memory_is_refused;

/// The engine found that there is no memory, and asks nobody whether to end the process.
#[cfg(feature = "v8")]
mod engine {
    use std::ffi::c_char;
    use std::sync::{Arc, OnceLock};

    use deno_core::v8::OomDetails;

    use crate::outcome::ErrorKind;
    use crate::sandbox::isolate::Prepared;
    use crate::sandbox::run::Run;

    static RUN: OnceLock<Arc<Run>> = OnceLock::new();

    pub(in super::super) fn tell_when_memory_ends(isolate: &mut Prepared, run: &Arc<Run>) {
        // There is no other run in this process.
        let _ = RUN.set(Arc::clone(run));
        isolate.before_it_dies(tell);
    }

    /// Ends the run with the right reason. Doesn't return, since stopping a worker's run doesn't.
    extern "C" fn tell(_location: *const c_char, _details: &OomDetails) {
        if let Some(run) = RUN.get() {
            run.stop(
                ErrorKind::OutOfMemory,
                format!(
                    "the script needed more than its {} bytes of heap, and all at once",
                    run.limits.heap_bytes
                ),
            );
        }
    }
}

/// The kernel refused memory to code that has no other answer than to abort: C++'s `new`, and Rust's collections. Neither
/// asks anybody before, so all that can be caught is the abort itself.
#[cfg(target_os = "linux")]
mod refused {
    use crate::sandbox::process::agreed::REFUSED_MEMORY;

    /// From now on, an abort for want of memory ends the process with the status [`REFUSED_MEMORY`].
    #[allow(
        unsafe_code,
        reason = "a handler of signals can't be set in a safe way"
    )]
    pub(in super::super) fn exit_when_memory_is_refused() {
        let handler: extern "C" fn(libc::c_int) = on_abort;
        // SAFETY: the handler does nothing that a handler may not.
        unsafe { libc::signal(libc::SIGABRT, handler as libc::sighandler_t) };
    }

    /// Runs on the thread that aborts. The reason of its last failure is still what the refusal has left there: nothing
    /// between the two can fail. An abort for another reason goes on as if this weren't here.
    #[allow(unsafe_code, reason = "ending at once, as a handler has to, is unsafe")]
    extern "C" fn on_abort(_signal: libc::c_int) {
        if std::io::Error::last_os_error().raw_os_error() == Some(libc::ENOMEM) {
            // SAFETY: `_exit` is made to be called here. What other threads own is gone with the process.
            unsafe { libc::_exit(REFUSED_MEMORY) }
        }
    }
}
