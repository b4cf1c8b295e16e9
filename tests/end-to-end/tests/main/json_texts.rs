//! `$json`: JSON that a tool has given as text, read in one word.

use codemode_runtime::ErrorKind;
use serde_json::json;

use crate::support::{error_of, run, value_of};

#[tokio::test]
async fn json_is_read_wherever_a_tool_may_have_put_its_text() {
    let cases = [
        (r#"'{"a":[1,null]}'"#, json!({ "a": [1, null] })),
        ("' 12 '", json!(12)),
        (r#"{ content: '{"a":1}' }"#, json!({ "a": 1 })),
        (
            r#"[{ type: "text", text: '[1,' }, { type: "image" }, { type: "text", text: '2]' }]"#,
            json!([1, 2]),
        ),
        // What is a value already.
        ("{ a: 1 }", json!({ "a": 1 })),
        ("{ a: 'x', b: 'y' }", json!({ "a": "x", "b": "y" })),
        ("[{ id: 1 }]", json!([{ "id": 1 }])),
        ("['[1]']", json!(["[1]"])),
        ("[]", json!([])),
        ("null", json!(null)),
        ("7", json!(7)),
    ];
    for (result, expected) in cases {
        let outcome = run(&format!("return $json({result})")).await;
        assert_eq!(value_of(&outcome), &expected, "{result}");
    }
}

#[tokio::test]
async fn what_is_no_json_is_an_error_that_shows_it() {
    let cases = [
        ("'Echo: a'", r#"$json: the text isn't JSON: "Echo: a""#),
        ("{ content: '' }", r#"$json: the text isn't JSON: """#),
        (
            r#"[{ type: "text", text: "a\nb" }]"#,
            r#"$json: the text isn't JSON: "a\nb""#,
        ),
        ("Promise.resolve('1')", "$json: `await` the result first"),
    ];
    for (result, expected) in cases {
        let outcome = run(&format!("return $json({result})")).await;
        let error = error_of(&outcome, ErrorKind::Exception);
        assert!(
            error.message.ends_with(expected),
            "{result}: {}",
            error.message
        );
    }
    let outcome = run("return $json('x'.repeat(1000))").await;
    assert!(
        error_of(&outcome, ErrorKind::Exception).message.len() < 200,
        "{:?}",
        outcome.error()
    );
}

#[tokio::test]
async fn what_a_script_does_to_the_language_does_not_matter() {
    let script = "JSON.parse = () => 'mine'; Array.prototype.join = () => 'mine'; String.prototype.slice = () => 'mine';
        return [$json('[1]'), $json([{ type: 'text', text: '2' }])]";
    assert_eq!(value_of(&run(script).await), &json!([[1], 2]));
}
