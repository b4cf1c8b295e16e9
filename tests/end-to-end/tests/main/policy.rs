//! The host's word on each call.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use codemode_runtime::{Annotations, CallRequest, Catalogue, Decision, ErrorKind, Limits, Sandbox};
use serde_json::json;

use crate::support::{builder, calls_of, error_of, value_of};
use crate::zoo::Observer;

/// A sandbox whose host thinks as the closure does.
fn with_policy(
    policy: impl Fn(&CallRequest<'_>) -> Decision + Send + Sync + 'static,
    limits: Limits,
) -> Sandbox {
    builder().policy(policy).limits(limits).build().unwrap()
}

/// What a script catches of a call.
fn attempt(call: &str) -> String {
    format!("try {{ return await {call} }} catch (e) {{ return `${{e.name}}: ${{e.message}}` }}")
}

#[tokio::test]
async fn a_policy_sees_the_call_before_it_happens() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&seen);
    let sandbox = with_policy(
        move |call| {
            noted.lock().unwrap().push((
                call.run_id.to_owned(),
                call.tool.to_owned(),
                call.arguments.to_owned(),
                call.annotations,
            ));
            Decision::Allow
        },
        Limits::default(),
    );
    let outcome = sandbox
        .run("await zoo.add({ a: 1, b: 2 }); await zoo.openCages(); await zoo.look(); return 1")
        .await;
    assert_eq!(value_of(&outcome), &json!(1));
    let seen = seen.lock().unwrap();
    let calls: Vec<_> = seen
        .iter()
        .map(|(_, tool, arguments, _)| (tool.as_str(), arguments.as_str()))
        .collect();
    assert_eq!(
        calls,
        [
            ("zoo.add", r#"{"a":1,"b":2}"#),
            ("zoo.openCages", ""),
            ("zoo.look", "")
        ]
    );
    assert!(seen.iter().all(|(run, ..)| *run == seen[0].0));
    let annotations: Vec<_> = seen.iter().map(|(.., annotations)| *annotations).collect();
    assert_eq!(annotations[0], Annotations::default());
    assert_eq!(
        annotations[1],
        Annotations {
            destructive: Some(true),
            idempotent: Some(false),
            ..Annotations::default()
        }
    );
    assert!(annotations[2].is_read_only());
}

#[tokio::test]
async fn a_denied_call_is_not_made_and_the_script_is_told_why() {
    let sandbox = with_policy(
        |call| {
            if call.annotations.may_destroy() {
                Decision::Deny("look, don't touch".to_owned())
            } else {
                Decision::Allow
            }
        },
        Limits::default(),
    );
    let outcome = sandbox.run(attempt("zoo.openCages()")).await;
    assert_eq!(
        value_of(&outcome),
        "ToolError: zoo.openCages: the host doesn't allow this call: look, don't touch"
    );
    assert_eq!(calls_of(&outcome), [("zoo.openCages", false)]);
    let outcome = sandbox.run(attempt("zoo.look()")).await;
    assert_eq!(value_of(&outcome), &json!(true));
}

#[tokio::test]
async fn a_tool_whose_call_is_denied_is_never_called() {
    for allowed in [false, true] {
        let observer = Observer::default();
        let sandbox = builder()
            .state(observer.clone())
            .policy(move |_: &CallRequest<'_>| {
                if allowed {
                    Decision::Allow
                } else {
                    Decision::Deny("no".to_owned())
                }
            })
            .build()
            .unwrap();
        let calls = "const calls = [1, 2, 3].map(() => zoo.tick()); await Promise.allSettled(calls); return 1";
        assert_eq!(value_of(&sandbox.run(calls).await), &json!(1));
        let ticks = observer.ticks.load(Ordering::SeqCst);
        assert_eq!(ticks, if allowed { 3 } else { 0 });
    }
}

#[tokio::test]
async fn the_clock_stands_still_while_the_host_thinks() {
    let slow = |answer: fn() -> Decision| {
        move |_: &CallRequest<'_>| {
            Decision::Wait(Box::pin(async move {
                tokio::time::sleep(Duration::from_millis(1_500)).await;
                answer()
            }))
        }
    };
    let limits = Limits {
        wall_time: Duration::from_secs(1),
        ..Limits::default()
    };
    let sandbox = with_policy(slow(|| Decision::Allow), limits.clone());
    let outcome = sandbox.run(attempt("zoo.look()")).await;
    assert_eq!(value_of(&outcome), &json!(true));
    assert!(outcome.stats.wall_ms >= 1_500.0, "{:?}", outcome.stats);

    let sandbox = with_policy(slow(|| Decision::Deny("no".to_owned())), limits);
    let outcome = sandbox.run(attempt("zoo.look()")).await;
    assert_eq!(
        value_of(&outcome),
        "ToolError: zoo.look: the host doesn't allow this call: no"
    );
    // Only while it thinks.
    let outcome = sandbox.run("for (;;) {}").await;
    error_of(&outcome, ErrorKind::Timeout);
}

#[tokio::test]
async fn a_policy_that_panics_denies() {
    let sandbox = with_policy(|_| panic!("/etc/secret"), Limits::default());
    let outcome = sandbox.run(attempt("zoo.look()")).await;
    assert_eq!(
        value_of(&outcome),
        "ToolError: zoo.look: the host doesn't allow this call: it couldn't decide"
    );
}

#[test]
fn a_catalogue_tells_what_the_author_says_of_a_tool() {
    let catalogue = Catalogue::registered().unwrap();
    let annotations = |name: &str| {
        let tools = catalogue.tools().iter();
        let tool = tools.filter(|tool| tool.path() == name).collect::<Vec<_>>();
        tool[0].annotations.clone()
    };
    assert_eq!(annotations("zoo.add"), None);
    assert_eq!(
        annotations("zoo.look"),
        Some(json!({ "readOnlyHint": true }))
    );
    assert_eq!(
        annotations("zoo.openCages"),
        Some(json!({ "destructiveHint": true, "idempotentHint": false }))
    );
}
