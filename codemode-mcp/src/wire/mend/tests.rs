//! What is meant beyond doubt, and what isn't.

use super::*;

fn read(text: &str) -> Result<Value, String> {
    let mut mender = Mender::default();
    assert_eq!(mender.feed(text), Some(text.len()), "{text}");
    mender.value().map_err(|wrong| wrong.problem)
}

fn without_numbers(text: &str) -> Option<Value> {
    let mut mender = Mender::default();
    mender.feed(text);
    mender.value().err().and_then(|wrong| wrong.rest)
}

#[test]
fn numbers_that_json_does_not_have_can_be_left_away() {
    let cases = [
        (
            r#"{"a":{"maximum":1e400,"minimum":0}}"#,
            Some(json!({"a": {(NOTES): ["\"maximum\": 1e400"], "minimum": 0}})),
        ),
        (
            r#"{"enum":[1,NaN,[-Infinity],2],"b":1}"#,
            Some(
                json!({(NOTES): ["\"enum\": NaN", "\"enum\": -Infinity"], "enum": [1, [], 2], "b": 1}),
            ),
        ),
        (r#"{"a":NaN,"b" 1}"#, None),
        (r#"{"a":NaN,"b":nothing}"#, None),
        (r"{NaN:1}", None),
        (r#"{"a":1}"#, None),
    ];
    for (text, expected) in cases {
        assert_eq!(without_numbers(text), expected, "{text}");
    }
}

#[test]
fn what_is_meant_is_read() {
    let cases = [
        (r#"{"a":"\ud83d"}"#, json!({"a": "\u{fffd}"})),
        (
            r#"{"a":"\ude00\ud83d\ude00\ud83dx"}"#,
            json!({"a": "\u{fffd}😀\u{fffd}x"}),
        ),
        (
            r#"{"\ud83d":1,"\ud83e":["\ud83f","\ud840"],"b\ud83d":{"\ud83d":2},"\ufffd":3}"#,
            json!({"\u{fffd}": 1, "\\ud83e": ["\u{fffd}", "\u{fffd}"], "b\u{fffd}": {"\u{fffd}": 2}, "\\ufffd": 3}),
        ),
        (r#"{"a":1,"a":2}"#, json!({"a": 2})),
        (r#"{"a":"\\ud83d"}"#, json!({"a": "\\ud83d"})),
        ("{\"a\":\"\u{1}\t\n\"}", json!({"a": "\u{1}\t\n"})),
        (
            r#"{"a":"C:\Users\x\u12"}"#,
            json!({"a": "C:\\Users\\x\\u12"}),
        ),
        (r#"{"a":[1,2,],}"#, json!({"a": [1, 2]})),
        (
            r#"{"a":"{\"b\":1}", "c" : [ ] }"#,
            json!({"a": "{\"b\":1}", "c": []}),
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text), Ok(expected), "{text}");
    }
}

#[test]
fn what_is_not_meant_beyond_doubt_is_told() {
    let cases = [
        (r#"{"a":NaN}"#, "`NaN`"),
        (r#"{"a":-Infinity}"#, "`-Infinity`"),
        (r#"{"a":1e999}"#, "`1e999`"),
        (r#"{"a":[1}}"#, "a `}`"),
        (r#"{"a" 1}"#, "`1` where a comma or a colon belongs"),
        (
            r#"{"a":"b" "c":1}"#,
            "`\"c\"` where a comma or a colon belongs",
        ),
        (r#"{"a":[1,,2]}"#, "a `,` where none belongs"),
        (r"{1:2}", "`1` where a name belongs"),
        (r#"{"a":}"#, "a `}`"),
        (r"{'a':1}", "`'a'`"),
    ];
    for (text, expected) in cases {
        let problem = read(text).unwrap_err();
        assert!(problem.contains(expected), "{text}: {problem}");
    }
}

#[test]
fn depth_has_a_bound() {
    let nested = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
    assert!(read(&nested(MAX_DEPTH)).is_ok());
    assert!(
        read(&nested(MAX_DEPTH + 1))
            .unwrap_err()
            .contains("500 levels")
    );
}

#[test]
fn the_number_is_found_wherever_it_stands() {
    let cases = [
        (
            r#"{"jsonrpc":"2.0","id":7,"result":{"id":8,"text":"no end"#,
            Some(json!(7)),
        ),
        (
            r#"{"result":{"id":8,"n":NaN},"id":"seven"}"#,
            Some(json!("seven")),
        ),
        (r#"{"result":{"id":8},"error":null"#, None),
    ];
    for (text, expected) in cases {
        let mut mender = Mender::default();
        mender.feed(text);
        assert_eq!(mender.id, expected, "{text}");
    }
}

#[test]
fn a_value_may_come_in_pieces() {
    let mut mender = Mender::default();
    assert_eq!(mender.feed("{\n"), None);
    assert_eq!(mender.feed("  \"a\": \"one\n"), None);
    assert_eq!(mender.feed("two\"} {"), Some(5));
    assert_eq!(mender.value().ok(), Some(json!({"a": "one\ntwo"})));
}
