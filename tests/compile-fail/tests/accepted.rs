//! The shapes that `#[tool]` accepts do what their declarations promise, in Rust's terms.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use codemode_compile_fail as _;
use codemode_runtime::{CallContext, Catalogue, State, ToolDescriptor, ToolSet};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

fn tools() -> ToolSet {
    ToolSet::registered().expect("every name is unique")
}

fn descriptor(path: &str) -> &'static ToolDescriptor {
    tools()
        .descriptors()
        .find(|descriptor| descriptor.path() == path)
        .unwrap_or_else(|| panic!("there is a tool `{path}`"))
}

/// Calls a tool with state from the providers; the error is its text.
fn call(path: &str, input: &str) -> Result<String, String> {
    let (namespace, name) = path.split_once('.').expect("a namespace and a name");
    let tools = tools();
    let state = tools
        .complete_state(State::default())
        .expect("all state has a provider");
    let context = CallContext::new("run", state, CancellationToken::new(), |_, _| {});
    let called = pin!(tools.call(namespace, name, context, input.to_owned()));
    match called.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result.map_err(|error| error.to_string()),
        Poll::Pending => panic!("no tool here waits for anything"),
    }
}

#[test]
fn every_tool_that_is_built_is_registered() {
    let paths: Vec<&str> = tools().descriptors().map(ToolDescriptor::path).collect();
    assert_eq!(
        paths,
        [
            "echo.echoNumbers",
            "echo.echoText",
            "echo.inner",
            "echo.taken",
            "shop.articles",
            "shop.close",
            "shop.order",
            "shop.remove",
            "shop.sell",
            "shop.throughRenamedRuntime",
        ]
    );
}

#[test]
fn calls_come_back_as_json() {
    for (path, input, expected) in [
        (
            "shop.sell",
            r#"{"article":"tea","count":2}"#,
            r#"{"name":"tea","count":2}"#,
        ),
        ("shop.articles", "", r#"["tea"]"#),
        ("shop.close", "", "null"),
        ("echo.taken", r#"{"value":1}"#, "1"),
        ("shop.throughRenamedRuntime", r#"{"n":7}"#, "10"),
    ] {
        assert_eq!(call(path, input).as_deref(), Ok(expected), "{path}");
    }
}

#[test]
fn defaults_stand_in_for_what_is_left_out() {
    for (path, input, expected) in [
        (
            "shop.sell",
            r#"{"article":"tea"}"#,
            r#"{"name":"tea","count":1}"#,
        ),
        ("shop.remove", r#"{"articleName":"tea"}"#, r#""tea""#),
        ("echo.echoText", "{}", r#""text""#),
        ("echo.echoNumbers", "{}", "[1,2]"),
    ] {
        assert_eq!(call(path, input).as_deref(), Ok(expected), "{path}");
    }
}

#[test]
fn parameters_have_the_names_that_were_asked_for() {
    let renamed = r#"{"articleName":"tea","type":1,"reallyMeant":true}"#;
    assert_eq!(call("shop.remove", renamed).as_deref(), Ok(r#""tea!""#));
    assert!(call("shop.sell", r#"{"article":"tea","to":"me"}"#).is_ok());

    let error = call("shop.sell", r#"{"article":"tea","customer":"me"}"#);
    let message = error.expect_err("that is its name in Rust only");
    assert!(message.contains("unknown field `customer`"), "{message}");
}

#[test]
fn an_aliased_result_fails_with_the_text_of_its_error() {
    let error = call("shop.sell", r#"{"article":"tea","count":4}"#);
    assert_eq!(error, Err("sold out".to_owned()));
}

#[test]
fn documentation_and_deprecation_reach_the_descriptor() {
    let sell = descriptor("shop.sell");
    assert_eq!(
        sell.docs,
        "Sells something.\n\n```ts\nif (await isOpen())\n    await shop.sell({ article: \"tea\" });\n```"
    );
    assert_eq!(sell.deprecated, None);
    assert_eq!(descriptor("shop.remove").deprecated, Some("use `sell`"));
}

#[test]
fn the_location_is_that_of_the_function_itself() {
    let location = descriptor("shop.sell").location;
    assert!(location.file.ends_with("shapes.rs"), "{location}");
    let source = include_str!("../src/shapes.rs");
    let line = source.lines().nth(location.line as usize - 1);
    let from_column = line.and_then(|line| line.get(location.column as usize - 1..));
    assert_eq!(from_column, Some("sell("));
}

#[test]
fn host_values_are_not_part_of_the_input() {
    assert!(descriptor("shop.articles").input.is_none());
    assert_eq!(descriptor("shop.articles").state.len(), 1);
}

#[test]
fn a_type_that_is_called_like_the_input_is_not_mistaken_for_it() {
    let catalogue = Catalogue::registered().expect("every name is unique");
    let order = catalogue
        .tools()
        .iter()
        .find(|tool| tool.path() == "shop.order");
    let input = order
        .and_then(|tool| tool.input.as_ref())
        .expect("an input");
    let referenced = |schema: &Value| {
        let path = schema["$ref"]
            .as_str()
            .unwrap_or("#")
            .trim_start_matches('#');
        input.pointer(path).cloned().unwrap_or_default()
    };
    let whole = referenced(input);
    let first = referenced(&whole["properties"]["first"]);
    assert_eq!(
        first["properties"]["article"]["type"], "string",
        "{input:#}"
    );
}
