//! What a worker still says of its end where all that is left is to end: that it is about memory.

#[cfg(target_os = "linux")]
pub(super) use self::refused::exit_when_memory_is_refused;

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
