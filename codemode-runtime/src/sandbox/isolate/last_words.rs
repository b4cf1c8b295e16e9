//! The engine found that there is no memory, and asks nobody whether to end the process.

use std::ffi::c_char;
use std::sync::{Arc, OnceLock};

use deno_core::v8::OomDetails;

use crate::outcome::ErrorKind;
use crate::sandbox::isolate::prepared::Prepared;
use crate::sandbox::run::state::Run;

static RUN: OnceLock<Arc<Run>> = OnceLock::new();

/// From now on, the run ends with the right reason before the engine ends the process.
pub(crate) fn tell_when_memory_ends(isolate: &mut Prepared, run: &Arc<Run>) {
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
