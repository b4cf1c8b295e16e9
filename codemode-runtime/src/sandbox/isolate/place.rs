//! Where a script is when its time is up.

use std::cell::RefCell;
use std::ffi::c_void;

use deno_core::v8;

use super::errors::MAX_FRAMES;
use crate::outcome::Frame;
use crate::sandbox::saved::program::Program;

/// A place in the script as the engine knows it.
struct Place {
    script: String,
    function: Option<String>,
    line: u32,
    column: u32,
}

thread_local! {
    /// The context of the script that this thread runs.
    static CONTEXT: RefCell<Option<v8::Global<v8::Context>>> = const { RefCell::new(None) };
    /// What was on the stack when the script of this thread was interrupted.
    static INTERRUPTED_AT: RefCell<Vec<Place>> = const { RefCell::new(Vec::new()) };
}

/// This thread runs a script, until the value is dropped, which has to be before the engine is.
pub(crate) struct Looking(());

impl Looking {
    pub(crate) fn start(context: v8::Global<v8::Context>) -> Self {
        CONTEXT.set(Some(context));
        // Threads are used again, and the last script may have been interrupted when nobody asked any more.
        INTERRUPTED_AT.take();
        Self(())
    }
}

impl Drop for Looking {
    fn drop(&mut self) {
        CONTEXT.take();
    }
}

/// Ends a script between two of its steps, and keeps where that was. Does nothing to one that is in a built-in function
/// without such a step, or that waits.
pub(crate) fn end_at_next_step(script: &v8::IsolateHandle) {
    script.request_interrupt(interrupted, std::ptr::null_mut());
}

#[allow(
    unsafe_code,
    reason = "the engine hands the isolate to an interruption as a bare pointer"
)]
extern "C" fn interrupted(isolate: v8::UnsafeRawIsolatePtr, _: *mut c_void) {
    // SAFETY: the engine calls this on the isolate's thread with the isolate, which lives for longer than this call.
    let mut isolate = unsafe { v8::Isolate::from_raw_isolate_ptr(isolate) };
    let context = CONTEXT.with_borrow(Clone::clone);
    if let Some(context) = context {
        INTERRUPTED_AT.set(places(&mut isolate, &context));
    }
    isolate.terminate_execution();
}

/// The stack of the script. This runs nothing of it.
fn places(isolate: &mut v8::Isolate, context: &v8::Global<v8::Context>) -> Vec<Place> {
    v8::scope!(let scope, isolate);
    let context = v8::Local::new(scope, context);
    let scope = &v8::ContextScope::new(scope, context);
    let Some(stack) = v8::StackTrace::current_stack_trace(scope, MAX_FRAMES) else {
        return Vec::new();
    };
    (0..stack.get_frame_count())
        .filter_map(|index| stack.get_frame(scope, index))
        .filter_map(|frame| {
            Some(Place {
                script: frame.get_script_name(scope)?.to_rust_string_lossy(scope),
                function: frame
                    .get_function_name(scope)
                    .map(|name| name.to_rust_string_lossy(scope)),
                line: u32::try_from(frame.get_line_number()).ok()?,
                column: u32::try_from(frame.get_column()).ok()?,
            })
        })
        .collect()
}

/// Where the script of this thread was interrupted, innermost first: nothing if it wasn't.
pub(crate) fn interrupted_at(program: &Program) -> Vec<Frame> {
    INTERRUPTED_AT
        .take()
        .into_iter()
        .filter_map(|place| program.place(&place.script, place.function, place.line, place.column))
        .collect()
}
