//! What a server says and asks by itself is heard and answered at any time: before the session, during lists, instead of an answer.

use serde_json::{Value, json};

use crate::support::{configuration, run_script, stdio};

fn run(test: &str, script: &str) -> Value {
    let config = configuration(test, &json!({ "s": stdio("talkative.mjs", &[]) }));
    run_script(&["--mcp-config", &config], script)
}

#[test]
fn a_call_that_the_server_cancels_is_over() {
    let outcome = run(
        "hears-cancelled",
        "return await s.cancelled().catch((error: Error) => error.message);",
    );
    let said = outcome["value"].as_str().unwrap_or_default();
    assert!(
        said.contains("the server has cancelled the call: the budget is spent"),
        "{outcome}"
    );
}

#[test]
fn questions_are_answered_also_before_the_session() {
    let outcome = run(
        "hears-questions",
        "return JSON.parse((await s.replies()) as string);",
    );
    let unknown = -32601;
    let expected = json!({
        "ping": {}, "roots/list": unknown, "sampling/createMessage": unknown, "elicitation/create": unknown,
    });
    assert_eq!(outcome["value"], expected, "{outcome}");
}

#[test]
fn odd_notices_are_read_as_they_are_meant_or_skipped() {
    let outcome = run("hears-progress", "return await s.progress();");
    assert_eq!(outcome["value"], "done", "{outcome}");
    assert!(
        outcome["logs"].to_string().contains("half way"),
        "{outcome}"
    );
}

#[test]
fn a_notice_within_each_list_makes_no_circle() {
    let script =
        "await new Promise((done) => setTimeout(done, 8000)); return Number(await s.lists());";
    let outcome = run("hears-lists", script);
    let lists = outcome["value"].as_u64().unwrap();
    assert!((1..=4).contains(&lists), "{outcome}");
}
