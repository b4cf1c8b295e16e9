//! The doors of the isolate: to the tools, to the log, to the system's chance, and some that say that too many timers wait and
//! how the script has ended.
//!
//! The build script compiles this file as well: the snapshot refers to the ops, so it must be made with the same ones.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;

use deno_core::{Extension, OpState, op2, v8};

use super::web;

/// Who answers. An isolate that runs a script has an `Rc<dyn Host>` in its state.
pub(crate) trait Host {
    /// Calls the tool of a number with JSON text, or nothing, and replies as the bootstrap reads it.
    fn call(&self, tool: u32, input: String) -> Reply;

    /// Logs a line. Returns whether there is any use in logging more.
    fn log(&self, level: u32, text: &str) -> bool;

    /// Bits that nobody can know before.
    fn random_bits(&self) -> u32;

    /// The script wanted one timer more than it may have.
    fn too_many_timers(&self);

    /// The script has started, and this is the promise of its end.
    fn started<'s>(&self, scope: &mut v8::PinScope<'s, '_>, end: v8::Local<'s, v8::Value>);

    /// The script has failed.
    fn failed(&self);

    /// The script has returned, and this is what it hands back.
    fn returned<'s>(&self, scope: &mut v8::PinScope<'s, '_>, value: v8::Local<'s, v8::Value>);
}

/// The reply to a call, under way.
pub(crate) type Reply = Pin<Box<dyn Future<Output = String>>>;

#[op2]
#[string]
async fn op_codemode_call(
    state: Rc<RefCell<OpState>>,
    #[smi] tool: u32,
    #[string] input: String,
) -> String {
    let reply = host(&state.borrow()).call(tool, input);
    reply.await
}

#[op2(fast)]
fn op_codemode_log(state: &mut OpState, #[smi] level: u32, #[string] text: &str) -> bool {
    host(state).log(level, text)
}

#[op2(fast)]
fn op_codemode_random_bits(state: &mut OpState) -> u32 {
    host(state).random_bits()
}

#[op2(fast)]
fn op_codemode_too_many_timers(state: &mut OpState) {
    host(state).too_many_timers();
}

#[op2(fast)]
fn op_codemode_started<'s>(
    state: &mut OpState,
    scope: &mut v8::PinScope<'s, '_>,
    end: v8::Local<'s, v8::Value>,
) {
    host(state).started(scope, end);
}

#[op2(fast)]
fn op_codemode_failed(state: &mut OpState) {
    host(state).failed();
}

#[op2(fast)]
fn op_codemode_returned<'s>(
    state: &mut OpState,
    scope: &mut v8::PinScope<'s, '_>,
    value: v8::Local<'s, v8::Value>,
) {
    host(state).returned(scope, value);
}

fn host(state: &OpState) -> Rc<dyn Host> {
    Rc::clone(state.borrow::<Rc<dyn Host>>())
}

/// The ops of `deno_core` that its own start, event loop and timers call. No script reaches any op, and whoever gets hold
/// of one all the same finds the others disabled.
const NEEDED: [&str; 14] = [
    "op_dispatch_exception",
    "op_drain_pending_rejections",
    "op_event_loop_has_more_work",
    "op_get_ext_import_meta_proto",
    "op_get_extras_binding_object",
    "op_immediate_check",
    "op_ref_op",
    "op_run_microtasks",
    "op_set_captured_bootstrap",
    "op_timer_now",
    "op_timer_schedule",
    "op_timer_track",
    "op_timer_untrack",
    "op_unref_op",
];

/// All ops of a sandbox.
pub(crate) fn extension() -> Extension {
    Extension {
        name: "codemode",
        ops: vec![
            op_codemode_call(),
            op_codemode_log(),
            op_codemode_random_bits(),
            op_codemode_too_many_timers(),
            web::op_codemode_change_url(),
            web::op_codemode_parse_url(),
            op_codemode_started(),
            op_codemode_failed(),
            op_codemode_returned(),
        ]
        .into(),
        middleware_fn: Some(Box::new(|op| {
            if op.name.starts_with("op_codemode_") || NEEDED.contains(&op.name) {
                op
            } else {
                op.disable()
            }
        })),
        ..Extension::default()
    }
}
