//! The op of a tool, which a `deno_core` runtime of a program's own calls.

use std::cell::RefCell;
use std::rc::Rc;

use deno_core::{FastStaticString, OpDecl, OpState, op2, v8};
use deno_error::JsErrorBox;

use crate::tool::context::CallContext;
use crate::tool::descriptor::{CallFuture, Tool, ToolDescriptor};
use crate::tool::error::ToolErrorKind;

/// Calls a tool that a runtime has an op for.
type CallTool = dyn Fn(&ToolDescriptor, CallContext, String) -> CallFuture;

/// How a runtime's ops call a tool, and on whose behalf.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) call: Rc<CallTool>,
    pub(crate) context: CallContext,
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
async fn op_tool<T: Tool>(
    state: Rc<RefCell<OpState>>,
    #[string] input: String,
) -> Result<String, JsErrorBox> {
    let Caller { call, context } = state.borrow().borrow::<Caller>().clone();
    let called = call(&T::DESCRIPTOR, context.for_call(), input);
    called.await.map_err(|error| {
        let message = error.message().to_owned();
        match error.kind() {
            ToolErrorKind::Input => JsErrorBox::type_error(message),
            ToolErrorKind::Failed => JsErrorBox::generic(message),
        }
    })
}
