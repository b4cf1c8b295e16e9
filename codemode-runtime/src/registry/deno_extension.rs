//! Tools for programs that have a `deno_core` runtime of their own. The sandbox doesn't need this.

use std::rc::Rc;

use deno_core::{Extension, OpDecl};

use super::op::Caller;
use super::set::ToolSet;
use crate::tool::context::CallContext;

/// The ops of these tools, for a `deno_core` runtime of your own.
///
/// Each tool has an async op, which is called by [`ToolDescriptor::op_name`](crate::ToolDescriptor::op_name). It takes JSON
/// text, or an empty text for no argument, and resolves to JSON text. A refused input is a `TypeError`, a failed call is an
/// `Error`. All calls share `context`, where state comes from.
///
/// What the [`Sandbox`](crate::Sandbox) does around a call, from limits to the closed world, isn't there: this is for scripts
/// that the program trusts.
///
/// ```standalone_crate
/// use codemode_runtime::{CallContext, State, ToolSet, deno_extension, tool};
/// use deno_core::{JsRuntime, PollEventLoopOptions, RuntimeOptions};
///
/// /// Adds two numbers.
/// #[tool(namespace = "math")]
/// fn add(a: i32, b: i32) -> i32 {
///     a + b
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let tools = ToolSet::registered()?;
/// let state = tools.complete_state(State::default())?;
/// let context = CallContext::new("main", state, Default::default(), |_, line| println!("{line}"));
/// let mut engine = JsRuntime::new(RuntimeOptions {
///     extensions: vec![deno_extension(&tools, context)],
///     ..RuntimeOptions::default()
/// });
/// let sum = engine.execute_script(
///     "sum.js",
///     r#"Deno.core.ops["codemode:math.add"](JSON.stringify({ a: 1, b: 2 })).then(JSON.parse)"#,
/// )?;
/// let sum = engine.resolve(sum);
/// let sum = engine.with_event_loop_promise(sum, PollEventLoopOptions::default()).await?;
/// deno_core::scope!(scope, engine);
/// assert_eq!(deno_core::v8::Local::new(scope, sum).int32_value(scope), Some(3));
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn deno_extension(tools: &ToolSet, context: CallContext) -> Extension {
    let ops: Vec<OpDecl> = tools.tools().iter().map(|tool| (tool.op)()).collect();
    let tools = tools.clone();
    let caller = Caller {
        call: Rc::new(move |tool, context, input| {
            let (tools, namespace, name) = (tools.clone(), tool.namespace, tool.name);
            Box::pin(async move { tools.call(namespace, name, context, input).await })
        }),
        context,
    };
    Extension {
        name: "codemode_tools",
        ops: ops.into(),
        op_state_fn: Some(Box::new(move |state| state.put(caller))),
        ..Extension::default()
    }
}

#[cfg(test)]
mod tests {
    use deno_core::{JsRuntime, PollEventLoopOptions, RuntimeOptions, v8};
    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::sandbox::on_engine_thread;
    use crate::tool;
    use crate::{Sandbox, State};

    /// Halves even numbers.
    #[tool(namespace = "own", crate = "crate")]
    fn halve(number: u32) -> Result<u32, String> {
        assert!(number != 13, "bad luck");
        if number.is_multiple_of(2) {
            Ok(number / 2)
        } else {
            Err(format!("{number} is odd"))
        }
    }

    const SCRIPT: &str = r#"(async () => {
        const halve = async (input) => JSON.parse(await Deno.core.ops["codemode:own.halve"](JSON.stringify(input)));
        const attempt = (input) => halve(input).catch((error) => `${error.name}: ${error.message}`);
        const replies = [];
        for (const number of [8, 3, -1, 13]) replies.push(await attempt({ number }));
        return replies.join("; ");
    })()"#;

    /// What a runtime of the program's own says to the script.
    fn run_on_own_runtime() -> String {
        let event_loop = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        event_loop.block_on(async {
            let tools = ToolSet::registered().unwrap();
            let token = CancellationToken::new();
            let context = CallContext::new("own", State::default(), token, |_, _| ());
            let mut engine = JsRuntime::new(RuntimeOptions {
                extensions: vec![deno_extension(&tools, context)],
                ..RuntimeOptions::default()
            });
            let replies = engine.execute_script("own.js", SCRIPT).unwrap();
            let replies = engine.resolve(replies);
            let replies = engine
                .with_event_loop_promise(replies, PollEventLoopOptions::default())
                .await
                .unwrap();
            deno_core::scope!(scope, engine);
            v8::Local::new(scope, replies).to_rust_string_lossy(scope)
        })
    }

    /// The two share a process, and with it what V8 shares between all isolates.
    #[tokio::test]
    async fn a_runtime_of_the_programs_own_calls_tools_beside_a_sandbox() {
        let sandbox = Sandbox::builder().build().unwrap();
        for _ in 0..3 {
            assert_eq!(
                on_engine_thread(run_on_own_runtime).await,
                "4; Error: 3 is odd; TypeError: input.number: invalid value: integer `-1`, expected u32; Error: the tool \
                 stopped unexpectedly (it panicked); this is a fault of the tool, not of the script"
            );
            let outcome = sandbox.run("return await own.halve({ number: 4 })").await;
            assert_eq!(outcome.value(), Some(&2.into()), "{outcome:?}");
        }
    }
}
