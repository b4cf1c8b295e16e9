//! What an isolate may have of the host's memory, and how a script ends that wants more.

use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::Arc;

use deno_core::{JsRuntime, v8};

#[cfg(feature = "v8")]
use super::buffers::{self, Budget};
use crate::outcome::ErrorKind;
use crate::sandbox::options::limits::Limits;
use crate::sandbox::run::state::Run;

/// What the engine needs by itself. It would take 0 for no limit.
const MIN_HEAP_BYTES: usize = 8 * 1024 * 1024;

/// How much a script may allocate between the moment it is told to stop and the moment it does. The engine aborts the
/// process over a single allocation that doesn't fit, so this is more than the largest array or string needs.
const HEADROOM_BYTES: usize = 1280 * 1024 * 1024;

/// The memory of one isolate.
pub(crate) struct Memory {
    heap_bytes: usize,
    #[cfg(feature = "v8")]
    buffers: Arc<Budget>,
}

impl Memory {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            heap_bytes: limits.heap_bytes.max(MIN_HEAP_BYTES),
            #[cfg(feature = "v8")]
            buffers: Budget::new(limits.buffer_bytes),
        }
    }

    /// What the engine has to know when it makes the isolate.
    pub(crate) fn params(&self) -> v8::CreateParams {
        let params = v8::CreateParams::default().heap_limits(0, self.heap_bytes);
        #[cfg(feature = "v8")]
        let params = params.array_buffer_allocator(buffers::allocator(Arc::clone(&self.buffers)));
        params
    }

    /// Ends the script of `run` before the engine runs out of memory, which would end the process.
    pub(crate) fn watch(self, engine: &mut JsRuntime, run: Rc<OnceCell<Arc<Run>>>) {
        let mut told = false;
        engine.add_near_heap_limit_callback(move |current, _initial| {
            // There is enough heap. Without more of it, the engine refuses the buffer.
            if self.is_about_a_buffer() {
                return current;
            }
            if let Some(run) = run.get() {
                run.saw_heap(current);
                stop(run);
            }
            // It was told to stop and has used up its headroom all the same, so it is in a function that never looks
            // whether it should stop. The engine leaves two ways from here: to let it have all memory, or to end the
            // process. Waiting for ever costs this thread and what it has, and the watchdog gives the run up.
            if told {
                loop {
                    std::thread::park();
                }
            }
            told = true;
            current.saturating_add(HEADROOM_BYTES)
        });
    }

    #[cfg(feature = "v8")]
    fn is_about_a_buffer(&self) -> bool {
        self.buffers.is_why_heap_is_wanted()
    }

    /// QuickJS has no allocator to replace, and counts buffers as part of the heap.
    #[cfg(not(feature = "v8"))]
    #[allow(clippy::unused_self, reason = "with V8 it is used")]
    fn is_about_a_buffer(&self) -> bool {
        false
    }
}

/// Looks at the heap when a script is done: a single large string passes the limit without the engine's noticing.
pub(crate) fn check(used_bytes: usize, run: &Run) {
    run.saw_heap(used_bytes);
    if used_bytes > run.limits.heap_bytes.max(MIN_HEAP_BYTES) {
        stop(run);
    }
}

fn stop(run: &Run) {
    run.stop(
        ErrorKind::OutOfMemory,
        format!(
            "the script needed more than its {} bytes of heap",
            run.limits.heap_bytes
        ),
    );
}

#[cfg(test)]
#[cfg(feature = "v8")]
mod tests {
    use super::*;
    use crate::tool::context::State;
    use crate::{RunOptions, Sandbox, ToolSet};

    const MIB: usize = 1024 * 1024;

    async fn run(script: &str) -> crate::Outcome {
        let limits = Limits {
            heap_bytes: 32 * MIB,
            buffer_bytes: 4 * MIB,
            ..Limits::default()
        };
        let sandbox = Sandbox::builder().tools(ToolSet::empty()).limits(limits);
        sandbox.build().unwrap().run(script).await
    }

    #[tokio::test]
    async fn a_heap_that_grows_too_large_ends_the_run() {
        let all = run("const all = []; for (;;) all.push({ at: all.length })").await;
        let error = all.error().unwrap();
        assert_eq!(error.kind, ErrorKind::OutOfMemory);
        assert_eq!(
            error.message,
            "the script needed more than its 33554432 bytes of heap"
        );
    }

    #[tokio::test]
    async fn one_allocation_that_is_larger_than_the_heap_ends_the_run_and_not_the_host() {
        let outcome = run("return new Array(3e7).fill(1.5).length").await;
        assert_eq!(outcome.error().unwrap().kind, ErrorKind::OutOfMemory);
    }

    #[tokio::test]
    async fn a_buffer_that_is_too_large_is_an_error_that_a_script_can_catch() {
        let script = "try { new ArrayBuffer(5 << 20) } catch (error) { return error.name }";
        assert_eq!(run(script).await.value(), Some(&"RangeError".into()));
        let script = "return new ArrayBuffer(3 << 20).byteLength";
        assert_eq!(run(script).await.value(), Some(&(3 * MIB).into()));
    }

    #[test]
    fn a_heap_may_be_as_large_as_its_limit_which_is_at_least_what_an_engine_needs() {
        for (limit, used, too_much) in [
            (9 * MIB, 9 * MIB, false),
            (9 * MIB, 9 * MIB + 1, true),
            (0, 8 * MIB, false),
            (0, 8 * MIB + 1, true),
        ] {
            let limits = Limits {
                heap_bytes: limit,
                ..Limits::default()
            };
            let (run, _) = Run::new(0, limits, State::default(), RunOptions::default());
            check(used, &run);
            let kind = run.stopped().map(|error| error.kind);
            assert_eq!(kind, too_much.then_some(ErrorKind::OutOfMemory), "{used}");
            assert_eq!(run.heap_peak(), used as u64);
        }
    }
}
