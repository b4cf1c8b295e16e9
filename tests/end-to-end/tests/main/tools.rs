//! Calls from a script to the tools of the program.

use std::sync::Arc;
use std::time::Duration;

use ::site_report::db::SiteDb;
use ::site_report::email::Mailer;
use codemode_runtime::{
    BuildError, CallContext, Catalogue, ErrorKind, HostedCall, LogLevel, Sandbox, StateError,
    ToolError, ToolHost, ToolSet,
};
use serde_json::{Value, json};

use crate::support::{builder, calls_of, error_of, log_of, run, sandbox, value_of};
use crate::zoo::{Keeper, Observer};

/// Longer than anything here takes, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn every_form_of_function_is_called_and_its_result_comes_back() {
    let cases: [(&str, Value); 12] = [
        ("zoo.add({ a: 40, b: 2 })", json!(42)),
        ("zoo.divide({ dividend: 9, by: 3 })", json!(3)),
        ("zoo.divideLater({ dividend: 9, by: -3 })", json!(-3)),
        ("zoo.greet({ name: 'Ada' })", json!("Hello, Ada")),
        (
            "zoo.greet({ name: 'Ada', greeting: 'Hi', exclamation_marks: 2 })",
            json!("Hi, Ada!!"),
        ),
        (
            "zoo.greet({ name: '\\u{1F600}ä\\u0000' })",
            json!("Hello, \u{1F600}ä\0"),
        ),
        ("zoo.nothing()", json!(null)),
        ("zoo.nothing({})", json!(null)),
        (
            "zoo.relabel({ FIRST_NAME: 'Ada', family: 'Lovelace' })",
            json!(["Ada", "Lovelace"]),
        ),
        (
            "zoo.askKeeper({ question: 'food' })",
            json!("Ada on food, visit 1: feed nobody"),
        ),
        ("zoo.add({ toJSON: () => ({ a: 1, b: 1 }) })", json!(2)),
        ("animals.moods()", json!({ "Leo": "hungry" })),
    ];
    for (call, expected) in cases {
        let outcome = run(&format!("return await {call}")).await;
        assert_eq!(
            outcome.value(),
            Some(&expected),
            "{call}: {:?}",
            outcome.result
        );
    }
}

#[tokio::test]
async fn nested_values_cross_both_ways_unharmed() {
    let animal = json!({
        "name": "Leo", "born-on": "2020-02-29", "body": { "kind": "feathers", "wingspan": 1.25 }, "mood": "well-fed",
        "nickname": null, "young": [{
            "name": "Lea", "born-on": "2024-01-01", "body": { "kind": "fur" }, "mood": "hungry",
            "nickname": "L", "young": [], "weights": { "2024-02-01": 1.5, "__proto__": 2.5 }, "position": [0.5, -1.5]
        }], "weights": {}, "position": [1, 1e-7]
    });
    let outcome = run(&format!(
        "return await animals.mirror(JSON.parse('{}'))",
        json!({ "animals": [animal.clone()] })
    ))
    .await;
    assert_eq!(value_of(&outcome), &json!([animal]));
}

/// What is wrong with an input is told with its place, as a `TypeError`.
#[tokio::test]
async fn an_input_that_the_tool_does_not_take_is_a_type_error_that_names_the_place() {
    let young = "{ name: 'L', 'born-on': '2024-01-01', body: { kind: 'fur' }, mood: 'sad', position: [0, 0] }";
    let cases = [
        ("zoo.add({ a: 1 })", "zoo.add: input: missing field `b`".to_owned()),
        ("zoo.add({ a: 1, b: '2' })", "zoo.add: input.b: invalid type: string \"2\", expected i32".to_owned()),
        ("zoo.add({ a: 1, b: 2.5 })", "zoo.add: input.b: invalid type: floating point `2.5`, expected i32".to_owned()),
        ("zoo.add({ a: 1, b: 2 ** 31 })", "zoo.add: input.b: invalid value: integer `2147483648`, expected i32".to_owned()),
        ("zoo.add({ a: 1, b: NaN })", "zoo.add: input.b: can't be sent, because it is NaN".to_owned()),
        ("zoo.add({ a: 1, b: 2, c: 3 })", "zoo.add: input.c: unknown field `c`, expected `a` or `b`".to_owned()),
        ("zoo.add()", "zoo.add: input: missing field `a`".to_owned()),
        ("zoo.add(null)", "zoo.add: the input must be one object, such as { … }, but it is null".to_owned()),
        ("zoo.add([1, 2])", "zoo.add: the input must be one object, such as { … }, but it is an array".to_owned()),
        ("zoo.add(3)", "zoo.add: the input must be one object, such as { … }, but it is a number".to_owned()),
        ("zoo.add(() => 1)", "zoo.add: input: can't be sent, because it is a function".to_owned()),
        ("zoo.add(Symbol('a'))", "zoo.add: input: can't be sent, because it is a symbol".to_owned()),
        ("zoo.nothing({ a: 1 })", "zoo.nothing: this tool takes no input; call it with nothing between the parentheses".to_owned()),
        ("zoo.relabel({ first_name: 'A', family: 'B' })",
            "zoo.relabel: input.first_name: unknown field `first_name`, expected `FIRST_NAME` or `family`".to_owned()),
        (&*format!("animals.mirror({{ animals: [{young}] }})"),
            "animals.mirror: input.animals[0].mood: unknown variant `sad`, expected `well-fed` or `hungry`".to_owned()),
    ];
    for (call, message) in cases {
        let outcome = run(&format!("return await {call}")).await;
        let error = error_of(&outcome, ErrorKind::Exception);
        assert_eq!(
            (error.name.as_deref(), &error.message),
            (Some("TypeError"), &message),
            "{call}"
        );
    }
}

#[tokio::test]
async fn an_input_that_can_not_be_json_is_refused_before_the_tool_is_called() {
    for input in [
        "(() => { const a: any = {}; a.a = a; return a })()",
        "{ toJSON() { throw new TypeError('no') } }",
    ] {
        let outcome = run(&format!("return await zoo.add({input} as any)")).await;
        let error = error_of(&outcome, ErrorKind::Exception);
        assert_eq!(
            error.name.as_deref(),
            Some("TypeError"),
            "{input}: {error:?}"
        );
        assert_eq!(calls_of(&outcome), [], "{input}");
    }
}

#[tokio::test]
async fn the_error_of_a_tool_is_a_tool_error_with_the_tools_own_text() {
    for call in ["divide", "divideLater"] {
        let outcome = run(&format!(
            r"
            try {{
                await zoo.{call}({{ dividend: 7, by: 0 }});
            }} catch (error: any) {{
                return [error.name, error.message, error instanceof Error, String(error), error.constructor.name];
            }}"
        ))
        .await;
        let message = format!("zoo.{call}: can't divide 7 by zero");
        assert_eq!(
            value_of(&outcome),
            &json!([
                "ToolError",
                message,
                true,
                format!("ToolError: {message}"),
                "ToolError"
            ])
        );
        assert_eq!(calls_of(&outcome), [(&*format!("zoo.{call}"), false)]);
    }
}

#[tokio::test]
async fn a_tool_that_panics_is_an_error_that_tells_nothing_of_its_inside_and_the_script_goes_on() {
    for call in ["panicAtOnce", "panicLater"] {
        let outcome = run(&format!(
            r"
            let message = '';
            try {{ await zoo.{call}() }} catch (error: any) {{ message = `${{error.name}}: ${{error.message}}` }}
            return [message, await zoo.add({{ a: 1, b: 1 }})]"
        ))
        .await;
        let message = format!(
            "ToolError: zoo.{call}: the tool stopped unexpectedly (it panicked); this is a fault of the tool, not of the script"
        );
        assert_eq!(value_of(&outcome), &json!([message, 2]));
        assert_eq!(
            calls_of(&outcome),
            [(&*format!("zoo.{call}"), false), ("zoo.add", true)]
        );
    }
}

#[tokio::test]
async fn a_tool_that_takes_longer_than_it_may_is_one_failed_call() {
    let observer = Observer::default();
    let sandbox = builder().state(observer.clone()).build().unwrap();
    let outcome = sandbox
        .run(
            "const first = await zoo.doze({ milliseconds: 1 }); \
             try { await zoo.doze({ milliseconds: 60_000 }) } catch (e) { return `${first} ${e.name}: ${e.message}` }",
        )
        .await;
    assert_eq!(
        value_of(&outcome),
        "1 ToolError: zoo.doze: the tool took longer than its limit of 50ms"
    );
    assert_eq!(
        calls_of(&outcome),
        [("zoo.doze", true), ("zoo.doze", false)]
    );
    tokio::time::timeout(PATIENCE, observer.cancelled.notified())
        .await
        .expect("what the call has left behind is told");
}

#[tokio::test]
async fn state_is_shared_by_all_runs_of_a_sandbox_and_by_its_clones() {
    let sandbox = builder().state(Keeper::named("Grace")).build().unwrap();
    let clone = sandbox.clone();
    let ask = "return await zoo.askKeeper({ question: 'rest' })";
    assert_eq!(
        value_of(&sandbox.run(ask).await),
        "Grace on rest, visit 1: feed nobody"
    );
    assert_eq!(
        value_of(&clone.run(ask).await),
        "Grace on rest, visit 2: feed nobody"
    );
}

#[tokio::test]
async fn the_context_tells_runs_apart_and_adds_to_the_log() {
    let observer = Observer::default();
    let sandbox = builder().state(observer.clone()).build().unwrap();
    let script = "console.log('before'); const id = await zoo.whoAmI(); console.log('after'); return [id, await zoo.whoAmI()]";
    let first = sandbox.run(script).await;
    let second = sandbox.run(script).await;
    assert_eq!(value_of(&first)[0], value_of(&first)[1]);
    assert_ne!(value_of(&first)[0], value_of(&second)[0]);
    assert_eq!(observer.runs.lock().unwrap().len(), 4);

    let lines: Vec<_> = first
        .logs
        .iter()
        .take(8)
        .map(|line| (line.level, line.text.as_str()))
        .collect();
    assert_eq!(
        lines,
        [
            (LogLevel::Log, "before"),
            (LogLevel::Debug, "debug"),
            (LogLevel::Log, "log"),
            (LogLevel::Info, "info"),
            (LogLevel::Warn, "warn"),
            (LogLevel::Error, "error"),
            (LogLevel::Info, "plainly"),
            (LogLevel::Log, "after"),
        ]
    );
}

#[tokio::test]
async fn calls_that_are_started_together_run_together() {
    // Each of the three waits for the other two, so one after the other would never end.
    let outcome = run("return await Promise.all([zoo.meet(), zoo.meet(), zoo.meet()])").await;
    assert_eq!(value_of(&outcome), &json!([true, true, true]));
}

#[tokio::test]
async fn results_come_to_the_calls_that_they_belong_to_whichever_is_first() {
    let outcome = run(r"
        const order: number[] = [];
        const results = await Promise.all([80, 10, 40].map(async (milliseconds) => {
            const result = await zoo.rest({ milliseconds });
            order.push(result);
            return result;
        }));
        return { results, order };
    ")
    .await;
    assert_eq!(
        value_of(&outcome),
        &json!({ "results": [80, 10, 40], "order": [10, 40, 80] })
    );
}

#[tokio::test]
async fn calls_that_nobody_awaits_are_waited_for() {
    let outcome = run("zoo.rest({ milliseconds: 60 }); return 'done'").await;
    assert_eq!(value_of(&outcome), "done");
    assert_eq!(calls_of(&outcome), [("zoo.rest", true)]);
    assert!(outcome.stats.wall_ms >= 60.0, "{:?}", outcome.stats);
}

#[tokio::test]
async fn the_error_of_a_call_that_nobody_awaits_is_not_lost() {
    let outcome = run(
        "zoo.divide({ dividend: 1, by: 0 }); await zoo.rest({ milliseconds: 5 }); return 'done'",
    )
    .await;
    let error = error_of(&outcome, ErrorKind::Exception);
    assert_eq!(error.message, "zoo.divide: can't divide 1 by zero");

    let outcome = run("zoo.divideLater({ dividend: 2, by: 0 }); return 'done'").await;
    assert_eq!(value_of(&outcome), "done");
    assert_eq!(calls_of(&outcome), [("zoo.divideLater", false)]);
    let told = &outcome.logs[0].text;
    assert!(
        told.contains("ToolError: zoo.divideLater: can't divide 2 by zero"),
        "{told}"
    );
}

#[tokio::test]
async fn of_several_errors_that_nobody_awaits_one_is_the_runs_and_the_calls_tell_of_the_others() {
    let outcome = run(
        "for (const dividend of [1, 2]) zoo.divide({ dividend, by: 0 }); await zoo.rest({ milliseconds: 5 })",
    )
    .await;
    let error = error_of(&outcome, ErrorKind::Exception);
    assert_eq!(error.message, "zoo.divide: can't divide 1 by zero");
    assert_eq!(
        calls_of(&outcome)[..2],
        [("zoo.divide", false), ("zoo.divide", false)]
    );
}

/// A host may use any flavour of tokio; what a tool starts there lives on after the run.
mod work_that_a_tool_leaves_behind_belongs_to_the_host {
    use super::*;

    async fn outlives_the_run() {
        let observer = Observer::default();
        let outcome = builder()
            .state(observer.clone())
            .build()
            .unwrap()
            .run("await zoo.outlive(); return 1")
            .await;
        assert_eq!(value_of(&outcome), &json!(1));
        tokio::time::timeout(PATIENCE, observer.outlived.notified())
            .await
            .expect("the work that the tool has spawned goes on");
    }

    #[tokio::test(flavor = "current_thread")]
    async fn of_one_thread() {
        outlives_the_run().await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn of_several_threads() {
        outlives_the_run().await;
    }
}

#[test]
fn a_host_without_tokio_can_run_scripts_whose_tools_need_it() {
    // Nothing but a future is asked for: polled by hand, on a thread that has no runtime.
    let sandbox = sandbox();
    let (sender, receiver) = std::sync::mpsc::channel();
    let thread = std::thread::spawn(move || {
        struct Unpark(std::thread::Thread);
        impl std::task::Wake for Unpark {
            fn wake(self: Arc<Self>) {
                self.0.unpark();
            }
        }
        let waker = Arc::new(Unpark(std::thread::current())).into();
        let mut run = std::pin::pin!(sandbox.run("return await zoo.rest({ milliseconds: 5 })"));
        let outcome = loop {
            match run
                .as_mut()
                .poll(&mut std::task::Context::from_waker(&waker))
            {
                std::task::Poll::Ready(outcome) => break outcome,
                std::task::Poll::Pending => std::thread::park(),
            }
        };
        sender.send(outcome).unwrap();
    });
    let outcome = receiver.recv_timeout(PATIENCE).unwrap();
    thread.join().unwrap();
    assert_eq!(value_of(&outcome), &json!(5));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn runs_of_one_sandbox_at_the_same_time_do_not_mix() {
    let sandbox = sandbox();
    let runs: Vec<_> = (0..6)
        .map(|number| {
            let sandbox = sandbox.clone();
            tokio::spawn(async move {
                let script = format!(
                    "console.log({number}); return await zoo.add({{ a: {number}, b: 100 }})"
                );
                (number, sandbox.run(script).await)
            })
        })
        .collect();
    for run in runs {
        let (number, outcome) = run.await.unwrap();
        assert_eq!(value_of(&outcome), &json!(number + 100));
        assert_eq!(log_of(&outcome), [number.to_string()]);
    }
}

#[test]
fn a_sandbox_is_not_built_without_the_state_that_a_tool_asks_for() {
    let built = Sandbox::builder()
        .state(Observer::default())
        .state(SiteDb::in_memory().unwrap())
        .state(Mailer::to_outbox("reports@example.org", "never-written-to").unwrap())
        .build();
    let Err(error @ BuildError::State(StateError::Missing { .. })) = built else {
        panic!(
            "built without a Keeper, or failed otherwise: {:?}",
            built.err()
        );
    };
    let text = error.to_string();
    for part in [
        "`zoo.askKeeper`",
        "zoo.rs:",
        "::Keeper`",
        "`.state(value)`",
        "`#[provide_state]`",
    ] {
        assert!(text.contains(part), "{part} isn't in: {text}");
    }
}

/// A tool by another way, whose name is up to the test.
struct Elsewhere(Catalogue);

impl Elsewhere {
    fn with(path: (&str, &str)) -> Self {
        let tool =
            serde_json::from_value(json!({ "namespace": path.0, "name": path.1, "output": true }))
                .unwrap();
        Self(Catalogue::from_tools(vec![tool]))
    }
}

impl ToolHost for Elsewhere {
    fn catalogue(&self) -> &Catalogue {
        &self.0
    }

    fn call(&self, index: usize, call: CallContext, input: String) -> HostedCall {
        let tool = self.0.tools()[index].path();
        call.log("hosted");
        Box::pin(async move {
            match input.as_str() {
                "" => Err(ToolError::failed("nothing given")),
                r#"{"wrong":true}"# => Err(ToolError::input("input.wrong: is wrong")),
                r#"{"panic":true}"# => panic!("secret of the host"),
                input => Ok(json!({ "tool": tool, "input": input }).to_string()),
            }
        })
    }
}

#[tokio::test]
async fn tools_that_live_elsewhere_are_called_like_those_of_the_program() {
    let sandbox = builder()
        .tools(ToolSet::registered().unwrap())
        .host(Arc::new(Elsewhere::with(("far", "away"))))
        .host(Arc::new(Elsewhere::with(("zoo", "annex"))))
        .build()
        .unwrap();
    let outcome = sandbox
        .run(
            r"
            const failure = async (call: Promise<unknown>) => call.catch((error) => `${error.name}: ${error.message}`);
            return [
                await far.away({ a: 'ä' }), await zoo.annex({}), await zoo.add({ a: 1, b: 2 }),
                await failure(far.away()), await failure(far.away({ wrong: true })), await failure(far.away({ panic: true })),
            ]",
        )
        .await;
    assert_eq!(
        value_of(&outcome),
        &json!([
            { "tool": "far.away", "input": r#"{"a":"ä"}"# },
            { "tool": "zoo.annex", "input": "{}" },
            3,
            "ToolError: far.away: nothing given",
            "TypeError: far.away: input.wrong: is wrong",
            "ToolError: far.away: the tool stopped unexpectedly (it panicked); this is a fault of the tool, not of the script",
        ])
    );
    assert!(log_of(&outcome).contains(&"hosted"));
}

#[test]
fn two_tools_of_one_name_are_refused() {
    let twice = |first: Elsewhere, second: Elsewhere| {
        builder()
            .tools(ToolSet::registered().unwrap())
            .host(Arc::new(first))
            .host(Arc::new(second))
            .build()
            .err()
            .map(|error| error.to_string())
    };
    let other = || Elsewhere::with(("other", "tool"));
    let refusal = |name| {
        format!(
            "two tools are called `{name}`: leave one of them out, or give one another namespace"
        )
    };
    assert_eq!(twice(other(), other()), Some(refusal("other.tool")));
    assert_eq!(
        twice(other(), Elsewhere::with(("zoo", "add"))),
        Some(refusal("zoo.add"))
    );
    assert_eq!(twice(other(), Elsewhere::with(("zoo", "subtract"))), None);
}

#[tokio::test]
async fn a_sandbox_without_tools_runs_plain_scripts() {
    let sandbox = Sandbox::builder().tools(ToolSet::empty()).build().unwrap();
    let outcome = sandbox
        .run("return [typeof zoo, typeof analytics, 1 + 1]")
        .await;
    assert_eq!(value_of(&outcome), &json!(["undefined", "undefined", 2]));
}
