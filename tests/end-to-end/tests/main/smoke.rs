//! The few tests that any engine has to pass to be of use: `cargo xtask test` runs them on the engine that wasn't chosen.

use codemode_runtime::{ErrorKind, Limits};
use serde_json::json;

use crate::support::{calls_of, error_of, for_milliseconds, limited, log_of, run, value_of};

#[tokio::test]
async fn a_script_calls_tools_and_returns_what_it_makes_of_their_results() {
    let outcome = run(r#"
        const sum: number = await zoo.add({ a: 2, b: 3 });
        console.log("sum", sum);
        return { sum, text: await zoo.greet({ name: "Ada" }) };
    "#)
    .await;
    assert_eq!(
        value_of(&outcome),
        &json!({ "sum": 5, "text": "Hello, Ada" })
    );
    assert_eq!(log_of(&outcome), ["sum 5"]);
    assert_eq!(calls_of(&outcome), [("zoo.add", true), ("zoo.greet", true)]);
}

#[tokio::test]
async fn an_error_of_a_tool_can_be_caught_and_one_that_is_not_ends_the_script_at_its_place() {
    let outcome = run(r"
        try {
            await zoo.divide({ dividend: 1, by: 0 });
        } catch (error) {
            console.log((error as Error).message);
        }
        await zoo.divide({ dividend: 2, by: 0 });
    ")
    .await;
    assert_eq!(log_of(&outcome), ["zoo.divide: can't divide 1 by zero"]);
    let error = error_of(&outcome, ErrorKind::Exception);
    assert_eq!(error.name.as_deref(), Some("ToolError"));
    assert_eq!(error.message, "zoo.divide: can't divide 2 by zero");
}

#[tokio::test]
async fn a_script_without_an_end_times_out() {
    let outcome = limited(for_milliseconds(200)).run("while (true) {}").await;
    error_of(&outcome, ErrorKind::Timeout);
}

#[tokio::test]
async fn a_script_that_fills_its_heap_is_stopped_and_the_program_goes_on() {
    let sandbox = limited(Limits {
        heap_bytes: 64 * 1024 * 1024,
        ..Limits::default()
    });
    let outcome = sandbox
        .run("const a: unknown[] = []; for (;;) a.push(new Array(1e4).fill(0))")
        .await;
    error_of(&outcome, ErrorKind::OutOfMemory);
    assert_eq!(value_of(&sandbox.run("return 1 + 1").await), &json!(2));
}

#[tokio::test]
async fn nothing_leads_out_of_the_sandbox() {
    for (attempt, name) in [
        ("Deno", "ReferenceError"),
        ("fetch('http://127.0.0.1')", "ReferenceError"),
        ("process", "ReferenceError"),
        ("require('fs')", "ReferenceError"),
        ("await import('fs')", "TypeError"),
        ("eval('1')", "EvalError"),
        ("Function('return 1')()", "EvalError"),
    ] {
        let outcome = run(&format!("return {attempt}")).await;
        let error = error_of(&outcome, ErrorKind::Exception);
        assert_eq!(error.name.as_deref(), Some(name), "{attempt}: {error:?}");
    }
}

#[tokio::test]
async fn the_scripts_of_the_example_do_their_work() {
    for script in crate::site_report::SCRIPTS {
        crate::site_report::assert_outcome(script).await;
    }
}
