//! The rejected promises of a script that nobody looks at.
//!
//! Kept here and not by `deno_core`, which reads what a promise was rejected with before anybody could close the doors of
//! the script, and takes as many arguments of one call as there are rejections.

use std::cell::RefCell;

use deno_core::{JsRuntime, v8};

thread_local! {
    /// Those of the script that this thread runs.
    static REJECTIONS: RefCell<Rejections> = const { RefCell::new(Rejections { end: None, left: Vec::new() }) };
}

struct Rejections {
    /// The promise of the script's end.
    end: Option<v8::Global<v8::Promise>>,
    left: Vec<Rejection>,
}

/// A promise that was rejected and that nobody has looked at yet.
pub(crate) struct Rejection {
    promise: v8::Global<v8::Promise>,
    pub(crate) reason: v8::Global<v8::Value>,
    /// Whether that was after the script's end.
    pub(crate) after_end: bool,
}

/// The engine of this thread tells its rejections here, until the value is dropped, which has to be before the engine is.
pub(crate) struct Keeping(());

impl Keeping {
    pub(crate) fn start(engine: &mut JsRuntime) -> Self {
        engine.v8_isolate().set_promise_reject_callback(rejected);
        Self(())
    }
}

impl Drop for Keeping {
    fn drop(&mut self) {
        // Threads are used again.
        REJECTIONS.with_borrow_mut(|rejections| {
            rejections.end = None;
            rejections.left.clear();
        });
    }
}

/// The script has started: what is rejected when this promise is settled is so after its end.
pub(crate) fn script_has_started(end: v8::Global<v8::Promise>) {
    REJECTIONS.with_borrow_mut(|rejections| rejections.end = Some(end));
}

/// Whether there is one that nobody has looked at.
pub(crate) fn any() -> bool {
    REJECTIONS.with_borrow(|rejections| !rejections.left.is_empty())
}

/// Those that nobody has looked at, in their order.
pub(crate) fn take() -> Vec<Rejection> {
    REJECTIONS.with_borrow_mut(|rejections| std::mem::take(&mut rejections.left))
}

#[allow(
    unsafe_code,
    reason = "the engine hands over a message from which a scope has to be made"
)]
extern "C" fn rejected(message: v8::PromiseRejectMessage) {
    // SAFETY: a scope may be made of the message that the engine calls this with.
    v8::callback_scope!(unsafe scope, &message);
    let promise = v8::Global::new(scope, message.get_promise());
    REJECTIONS.with_borrow_mut(|rejections| match message.get_event() {
        v8::PromiseRejectEvent::PromiseRejectWithNoHandler => {
            let after_end = rejections
                .end
                .as_ref()
                .is_some_and(|end| v8::Local::new(scope, end).state() != v8::PromiseState::Pending);
            if let Some(reason) = message.get_value() {
                rejections.left.push(Rejection {
                    promise,
                    reason: v8::Global::new(scope, reason),
                    after_end,
                });
            }
        }
        v8::PromiseRejectEvent::PromiseHandlerAddedAfterReject => {
            // Most often the last one.
            let found = rejections
                .left
                .iter()
                .rposition(|one| one.promise == promise);
            if let Some(position) = found {
                rejections.left.remove(position);
            }
        }
        _ => {}
    });
}
