//! The doors of the isolate: one op a tool, one for tools that live elsewhere, one for the log.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use deno_core::{FastStaticString, OpDecl, OpState, op2, v8};
use tokio::runtime::Handle;
use tokio_util::context::TokioContext;

use super::ToolHost;
use super::run::Run;
use crate::context::CallContext;
use crate::error::ToolError;
use crate::outcome::LogLevel;
use crate::registry::guard_panics;
use crate::tool::Tool;

/// What the ops of one isolate share.
pub(super) struct Doors {
    pub(super) run: Arc<Run>,
    /// The runtime of the host, or the isolate's own if the host has none. Connections that a tool opens belong to it and
    /// so outlive the run.
    pub(super) runtime: Handle,
    pub(super) hosted: Vec<HostedTool>,
}

/// A tool that lives elsewhere.
pub(super) struct HostedTool {
    pub(super) path: String,
    pub(super) host: Arc<dyn ToolHost>,
    /// The tool's place in its host's catalogue.
    pub(super) index: usize,
}

/// The op of one tool, under the tool's own name.
pub(crate) fn tool_op<T: Tool>() -> OpDecl {
    struct Name<T>(T);
    impl<T: Tool> Name<T> {
        // An associated constant, since V8 refers to the bytes for as long as the isolate lives.
        const BYTES: v8::OneByteConst =
            FastStaticString::create_external_onebyte_const(T::DESCRIPTOR.op_name.as_bytes());
        const FAST: FastStaticString = FastStaticString::new(&Self::BYTES);
    }
    let mut op = op_tool::<T>();
    op.name = T::DESCRIPTOR.op_name;
    op.name_fast = Name::<T>::FAST;
    op
}

#[op2]
#[string]
async fn op_tool<T: Tool>(state: Rc<RefCell<OpState>>, #[string] input: String) -> String {
    let doors = doors(&state);
    let path = Cow::Borrowed(T::DESCRIPTOR.path());
    call(&doors, path, |context| T::call(context, input)).await
}

#[op2]
#[string]
pub(super) async fn op_codemode_hosted(
    state: Rc<RefCell<OpState>>,
    #[smi] number: u32,
    #[string] input: String,
) -> String {
    let doors = doors(&state);
    let Some(tool) = doors.hosted.get(number as usize) else {
        return refusal(&ToolError::failed("there is no such tool"));
    };
    call(&doors, Cow::Owned(tool.path.clone()), |context| {
        tool.host.call(tool.index, context, input)
    })
    .await
}

#[op2(fast)]
pub(super) fn op_codemode_log(state: &mut OpState, #[smi] level: u32, #[string] text: &str) {
    let level = match level {
        0 => LogLevel::Debug,
        1 => LogLevel::Log,
        2 => LogLevel::Info,
        3 => LogLevel::Warn,
        _ => LogLevel::Error,
    };
    state.borrow::<Rc<Doors>>().run.log(level, text);
}

fn doors(state: &RefCell<OpState>) -> Rc<Doors> {
    Rc::clone(state.borrow().borrow::<Rc<Doors>>())
}

/// Makes one call and returns the reply for the script's side: the result's JSON text, or a refusal.
async fn call<F>(
    doors: &Doors,
    path: Cow<'static, str>,
    start: impl FnOnce(CallContext) -> F,
) -> String
where
    F: Future<Output = Result<String, ToolError>>,
{
    let run = &doors.run;
    let Some(number) = run.begin_call(path) else {
        return refusal(&ToolError::failed("no more calls are allowed"));
    };
    // Started inside the guarded future, so that a panic on the way to the first await is caught as well.
    let work = async { start(run.context.clone()).await };
    let result = guard_panics(TokioContext::new(work, doors.runtime.clone())).await;
    run.end_call(number, result.is_ok());
    result.unwrap_or_else(|error| refusal(&error))
}

/// JSON text never starts with an exclamation mark, so one tells a refusal from a result without wrapping every result.
fn refusal(error: &ToolError) -> String {
    let fields = serde_json::json!({ "kind": error.kind(), "message": error.message() });
    format!("!{fields}")
}
