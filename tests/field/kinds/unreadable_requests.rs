//! Each request of a client is answered under its own number, whether it can be read or not, and the server goes on.

use serde_json::{Value, json};

use crate::support::Client;

fn call(id: &str, arguments: &str) -> String {
    format!(
        r#"{{"jsonrpc":"2.0","id":{id},"method":"tools/call","params":{{"name":"run","arguments":{arguments}}}}}"#
    )
}

fn code(answer: &Value) -> &Value {
    &answer["error"]["code"]
}

#[test]
fn what_is_meant_is_done() {
    let mut client = Client::start(&["--no-tools"]);
    let script = r#"{\"script\":\"return 1 + 1;\"}"#;
    for (line, id, value) in [
        (
            call("20", r#"{"script":"return \"\ud800\".length + 1;"}"#),
            json!(20),
            json!(2),
        ),
        (call("21", &format!("\"{script}\"")), json!(21), json!(2)),
        (
            call("\"22\"", "\n{\"script\":\n\"return 2;\"}"),
            json!("22"),
            json!(2),
        ),
    ] {
        let answer = client.answered(&line, &id);
        let structured = &answer["result"]["structuredContent"];
        assert_eq!(structured["value"], value, "{line}: {answer}");
    }
    for (line, id) in [
        (
            r#"{"jsonrpc":"2.0","id":23,"method":"ping","params":[]}"#,
            23,
        ),
        (
            r#"{"jsonrpc":"2.0","id":24,"method":"ping","params":null}"#,
            24,
        ),
        (r#"{"id":25,"method":"ping"}"#, 25),
    ] {
        let answer = client.answered(line, &json!(id));
        assert_eq!(answer["result"], json!({}), "{line}: {answer}");
    }
    let batch =
        r#"[{"jsonrpc":"2.0","id":26,"method":"ping"},{"jsonrpc":"2.0","id":27,"method":"ping"}]"#;
    client.answered(batch, &json!(26));
    assert_eq!(client.request("ping", &json!({}))["result"], json!({}));
}

#[test]
fn what_cannot_be_read_is_answered_with_an_error() {
    let mut client = Client::start(&["--no-tools"]);
    let long = format!(r#"{{"script":"// {}"}}"#, "x".repeat(17 * 1024 * 1024));
    for (line, id, expected) in [
        (
            call("20", r#"{"script":"return 1;","n":1e999}"#),
            json!(20),
            -32700,
        ),
        (call("21", &long), json!(21), -32700),
        (
            format!(
                r#"{{"method":"tools/call","params":{{"name":"run","arguments":{long}}},"jsonrpc":"2.0","id":22}}"#
            ),
            json!(22),
            -32700,
        ),
        ("{bad json".to_owned(), json!(null), -32700),
        (
            r#"{"jsonrpc":"2.0","id":23,"method":"ping""#.to_owned(),
            json!(23),
            -32700,
        ),
        ("hello".to_owned(), json!(null), -32700),
        ("7".to_owned(), json!(null), -32600),
        ("[]".to_owned(), json!(null), -32600),
        (
            r#"{"jsonrpc":"2.0","id":6.5,"method":"ping"}"#.to_owned(),
            json!(6.5),
            -32600,
        ),
        (
            r#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#.to_owned(),
            json!(null),
            -32600,
        ),
        (
            r#"{"jsonrpc":"1.0","id":24,"method":"ping"}"#.to_owned(),
            json!(24),
            -32600,
        ),
        (r#"{"jsonrpc":"2.0","id":25}"#.to_owned(), json!(25), -32600),
        (
            r#"{"jsonrpc":"2.0","id":26,"method":7}"#.to_owned(),
            json!(26),
            -32600,
        ),
        (
            r#"{"jsonrpc":"2.0","id":27,"method":"ping","params":[1]}"#.to_owned(),
            json!(27),
            -32600,
        ),
        (
            r#"{"jsonrpc":"2.0","id":28,"method":"logging/setLevel","params":{"level":7}}"#
                .to_owned(),
            json!(28),
            -32602,
        ),
        (
            r#"{"jsonrpc":"2.0","id":29,"method":"no/such/method"}"#.to_owned(),
            json!(29),
            -32601,
        ),
        (call("30", r#""return 1;""#), json!(30), -32602),
        (call("31", "[1]"), json!(31), -32602),
    ] {
        let answer = client.answered(&line, &id);
        let line: String = line.chars().take(100).collect();
        assert_eq!(code(&answer), expected, "{line}: {answer}");
        assert_eq!(answer["jsonrpc"], "2.0", "{line}: {answer}");
    }
    assert_eq!(client.request("ping", &json!({}))["result"], json!({}));
}

#[test]
fn of_two_requests_under_one_number_each_has_an_answer_and_the_first_one_is_made() {
    let mut client = Client::start(&["--no-tools"]);
    let run = |script: &str| {
        json!({ "jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": {
            "name": "run", "arguments": { "script": script }
        } })
        .to_string()
    };
    client.say(&run(
        "await new Promise((done) => setTimeout(done, 500)); return 'first';",
    ));
    let second = client.answered(&run("return 'second';"), &json!(7));
    assert_eq!(code(&second), -32600, "{second}");
    assert_eq!(
        second["error"]["message"],
        "another request with the id 7 is still under way, so this one wasn't made"
    );
    let first = client.hear(&json!(7));
    let value = &first["result"]["structuredContent"]["value"];
    assert_eq!(value, "first", "{first}");
    // The number is free again.
    let third = client.answered(&run("return 'third';"), &json!(7));
    let value = &third["result"]["structuredContent"]["value"];
    assert_eq!(value, "third", "{third}");
}
