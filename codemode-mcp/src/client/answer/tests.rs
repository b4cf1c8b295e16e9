//! Results as they come, and what a script gets of them.

use crate::list::McpCatalogue as _;
use serde_json::json;

use super::*;

fn text(ty: Option<&ResultType>, value: Value) -> Result<String, String> {
    let secrets = Secrets::default();
    match ty {
        Some(_) => described(value, ty, &secrets).map(|described| described.value),
        None => undescribed(value, &secrets).and_then(|answer| to_text(&answer)),
    }
    .map_err(|error| error.message().to_owned())
}

fn declared(output: &Value) -> ResultType {
    let listed = json!([{ "name": "f", "outputSchema": output }]);
    let catalogue = codemode_runtime::Catalogue::from_mcp("it", listed).unwrap();
    ResultType::of(&catalogue.tools()[0]).unwrap()
}

fn numbered() -> ResultType {
    declared(&json!({
        "type": "object", "properties": { "id": { "type": "number" } }, "required": ["id"]
    }))
}

fn one_text(text: &str) -> Value {
    json!({ "content": [{ "type": "text", "text": text }] })
}

#[test]
fn an_answer_of_text_is_a_string_and_any_other_has_all_its_parts() {
    let cases = [
        (json!({ "content": [] }), "\"\""),
        (one_text("a"), "\"a\""),
        (
            json!({ "content": [{ "type": "text", "text": "a" }, { "type": "text", "text": "b" }] }),
            "\"a\\nb\"",
        ),
        (
            json!({ "content": [{ "type": "text", "text": "a" }, { "type": "image", "data": "AQI=", "mimeType": "image/png" }] }),
            r#"~[{"type":"text","text":"a"},{"type":"image","mediaType":"image/png","bytes":"\u0000bAQI="}]"#,
        ),
        (
            json!({ "content": [{ "type": "resource_link", "uri": "a:b", "name": "B" }] }),
            r#"[{"type":"link","uri":"a:b","name":"B"}]"#,
        ),
        (
            json!({ "content": [{ "type": "resource", "resource": { "uri": "a:b", "text": "B" } }] }),
            r#"[{"type":"resource","uri":"a:b","text":"B"}]"#,
        ),
    ];
    for (answer, expected) in cases {
        assert_eq!(
            text(None, answer.clone()).as_deref(),
            Ok(expected),
            "{answer}"
        );
    }
}

#[test]
fn content_is_read_entry_by_entry() {
    // One entry, and what a script gets for it.
    let cases = [
        (json!("a"), json!("a")),
        (json!({ "text": "a" }), json!("a")),
        (json!({ "type": null, "text": "a" }), json!("a")),
        (json!({ "type": "text", "text": 5 }), json!("5")),
        (
            json!({ "type": "text", "text": { "a": [1] } }),
            json!("{\"a\":[1]}"),
        ),
        (json!({ "type": "text", "text": null }), json!("")),
        (
            json!({ "type": "text", "text": "a", "annotations": { "audience": "user" }, "_meta": 3 }),
            json!("a"),
        ),
        (
            json!({ "type": "resource_link", "uri": "a:b", "name": null }),
            json!([{ "type": "link", "uri": "a:b", "name": "a:b" }]),
        ),
        (
            json!({ "type": "resource", "resource": { "text": "t", "mimeType": null } }),
            json!([{ "type": "resource", "uri": "", "text": "t" }]),
        ),
        (
            json!({ "type": "resource", "uri": "a:b", "text": "t" }),
            json!([{ "type": "resource", "uri": "a:b", "text": "t" }]),
        ),
        (
            json!({ "type": "image", "data": "AQI", "mime_type": "image/png" }),
            json!([{ "type": "image", "mediaType": "image/png", "bytes": "AQI=" }]),
        ),
        (
            json!({ "type": "audio", "data": "data:audio/wav;base64,AQI=" }),
            json!([{ "type": "audio", "mediaType": "audio/wav", "bytes": "AQI=" }]),
        ),
    ];
    for (entry, expected) in cases {
        let answer = undescribed(json!({ "content": [entry] }), &Secrets::default()).unwrap();
        assert_eq!(serde_json::to_value(&answer).unwrap(), expected, "{entry}");
    }
}

#[test]
fn what_is_not_known_is_shown_as_it_came() {
    let entries = [
        json!({ "type": "blob", "data": "AQI=", "mimeType": "application/pdf" }),
        json!({ "type": "json", "json": { "a": 1 } }),
        json!({ "type": "text" }),
        json!({ "type": 3, "text": "a" }),
        json!({ "type": "image", "data": "###", "mimeType": "image/png" }),
        json!({ "type": "image", "mimeType": "image/png" }),
        json!({ "type": "image", "data": "AQI=", "mimeType": null }),
        json!({ "type": "resource", "resource": "a:b" }),
        json!({ "type": "resource_link" }),
        json!({}),
        json!(null),
        json!([1]),
    ];
    for entry in entries {
        let result = json!({ "content": [{ "type": "text", "text": "look" }, entry] });
        let answer = undescribed(result, &Secrets::default()).unwrap();
        assert_eq!(
            serde_json::to_value(&answer).unwrap(),
            json!([{ "type": "text", "text": "look" }, { "type": "unknown", "value": entry }])
        );
    }
    // A script can't have it exactly, so it has its text.
    let large = json!({ "content": [{ "type": "count", "count": 9_007_199_254_740_993_u64 }] });
    assert_eq!(
        text(None, large).as_deref(),
        Ok(r#""{\"type\":\"count\",\"count\":9007199254740993}""#)
    );
}

#[test]
fn content_need_not_be_a_list() {
    let cases = [
        (
            json!({ "content": { "type": "text", "text": "a" } }),
            json!("a"),
        ),
        (json!({ "content": "a" }), json!("a")),
        (json!({ "content": null }), json!("")),
        (json!({}), json!("")),
        (json!(null), json!("")),
        (json!({ "_meta": {}, "resultType": "complete" }), json!("")),
        (json!("a"), json!("a")),
        (json!({ "toolResult": [1] }), json!("[1]")),
        (
            json!({ "success": true, "rows": [1], "_meta": {} }),
            json!("{\"success\":true,\"rows\":[1]}"),
        ),
        (
            json!({ "content": [], "rows": [1] }),
            json!("{\"rows\":[1]}"),
        ),
    ];
    for (result, expected) in cases {
        let answer = undescribed(result.clone(), &Secrets::default()).unwrap();
        assert_eq!(serde_json::to_value(&answer).unwrap(), expected, "{result}");
    }
}

#[test]
fn structured_content_is_a_text_or_a_part_beside_other_texts() {
    let text = |text: &str| json!([{ "type": "text", "text": text }]);
    let rows = json!({ "rows": [{ "id": 1 }] });
    let part = |value: &Value| json!({ "type": "structured", "value": value });
    let cases = [
        (json!([]), rows.clone(), json!(rows.to_string())),
        (text(" \n"), rows.clone(), json!(rows.to_string())),
        (
            text("Found 1 row."),
            rows.clone(),
            json!([{ "type": "text", "text": "Found 1 row." }, part(&rows)]),
        ),
        (
            text("{ \"rows\": [{\"id\":1}] }"),
            rows.clone(),
            json!("{ \"rows\": [{\"id\":1}] }"),
        ),
        (
            json!([{ "type": "text", "text": rows.to_string() }, { "type": "resource_link", "uri": "a:b" }]),
            rows.clone(),
            json!([{ "type": "text", "text": rows.to_string() }, { "type": "link", "uri": "a:b", "name": "a:b" }]),
        ),
        (
            json!([{ "type": "resource_link", "uri": "a:b" }]),
            rows.clone(),
            json!([{ "type": "link", "uri": "a:b", "name": "a:b" }, part(&rows)]),
        ),
        (text("five"), json!(null), json!("five")),
        (text("five"), json!({ "result": "five" }), json!("five")),
        (text("5"), json!({ "result": 5 }), json!("5")),
        (json!([]), json!([6]), json!("[6]")),
        (json!([]), json!("six"), json!("six")),
        (json!([]), json!(false), json!("false")),
        (
            json!([]),
            json!({ "id": 9_007_199_254_740_993_u64 }),
            json!("{\"id\":9007199254740993}"),
        ),
    ];
    for (content, structured, expected) in cases {
        let result = json!({ "content": content, "structuredContent": structured });
        let answer = undescribed(result.clone(), &Secrets::default()).unwrap();
        assert_eq!(serde_json::to_value(&answer).unwrap(), expected, "{result}");
    }
}

#[test]
fn a_failure_says_all_that_the_server_has_sent() {
    let text = json!([{ "type": "text", "text": "no such file" }]);
    let cases = [
        (json!({ "content": text }), "no such file"),
        (
            json!({ "content": text, "structuredContent": { "code": 404 } }),
            "no such file\n{\"code\":404}",
        ),
        (
            json!({ "content": [], "structuredContent": { "code": 404 } }),
            "{\"code\":404}",
        ),
        (json!({ "error": "gone" }), "{\"error\":\"gone\"}"),
        (
            json!({ "content": [text[0], { "type": "image", "data": "AQI=", "mimeType": "image/png" }] }),
            "no such file\n(2 bytes of image/png)",
        ),
        (
            json!({ "content": [{ "type": "error", "code": 3 }] }),
            "{\"type\":\"error\",\"code\":3}",
        ),
        (json!({ "content": "gone" }), "gone"),
        (json!({ "content": [] }), "doesn't say why"),
    ];
    for (mut result, expected) in cases {
        for (name, failed) in [
            ("isError", json!(true)),
            ("isError", json!("true")),
            ("isError", json!("True")),
            ("isError", json!(1)),
            ("is_error", json!(true)),
        ] {
            for name in ["isError", "is_error"] {
                drop(result.as_object_mut().unwrap().remove(name));
            }
            result[name] = failed;
            for ty in [None, Some(&numbered())] {
                let error = super::tests::text(ty, result.clone()).unwrap_err();
                assert!(error.contains(expected), "{result}: {error}");
            }
        }
    }
}

#[test]
fn what_says_that_it_is_no_failure_is_none() {
    for (name, failed) in [
        ("isError", json!(false)),
        ("isError", json!("false")),
        ("isError", json!(0)),
        ("isError", json!(null)),
        ("is_error", json!(false)),
    ] {
        let mut result = one_text("fine");
        result[name] = failed;
        assert_eq!(
            text(None, result.clone()).as_deref(),
            Ok("\"fine\""),
            "{result}"
        );
    }
}

#[test]
fn what_a_failed_tool_says_has_no_credentials() {
    let mut secrets = Secrets::default();
    secrets.add("hunter-2-secret");
    for result in [
        json!({ "content": [{ "type": "text", "text": "no hunter-2-secret" }], "isError": true }),
        json!({ "structuredContent": { "given": "hunter-2-secret" }, "isError": true }),
        json!({ "content": [{ "type": "odd", "given": "hunter-2-secret" }], "isError": true }),
    ] {
        let error = undescribed(result, &secrets).unwrap_err();
        assert!(error.message().contains("[secret]"), "{error}");
        assert!(!error.message().contains("hunter"), "{error}");
    }
}

#[test]
fn a_described_result_is_what_was_promised_or_a_failure() {
    let ty = numbered();
    let given = [
        json!({ "content": [], "structuredContent": { "id": 1 } }),
        one_text(" { \"id\": 1 }\n"),
        json!({ "content": [{ "type": "text", "text": "Found:" }, { "type": "text", "text": "{\"id\":1}" }] }),
        json!({ "content": [{ "type": "text", "text": "{\"id\":1}" }], "structuredContent": null }),
        json!({ "content": "{\"id\":1}", "structuredContent": "odd" }),
        json!({ "id": 1 }),
    ];
    for answer in given {
        let text = text(Some(&ty), answer.clone());
        assert_eq!(text.as_deref(), Ok("{\"id\":1}"), "{answer}");
    }
    let cases = [
        (json!({ "content": [] }), "sent none"),
        (
            one_text("no JSON"),
            "sent none; this is a fault of the server. The call was made, and this came: no JSON",
        ),
        (one_text("{}"), "`/id` is missing, and declared as `number`"),
        (
            json!({ "content": [], "structuredContent": { "id": "one" } }),
            "isn't what the server has declared: `/id` is a string, and declared as `number`; this is a fault of the server. \
             The call was made, and this came: {\"id\":\"one\"}",
        ),
        (
            json!({ "content": [], "structuredContent": { "id": 9_007_199_254_740_993_u64 } }),
            "can't be handed to a script",
        ),
        (
            json!({ "resultType": "input_required", "inputRequests": {} }),
            "asks a person",
        ),
    ];
    for (answer, expected) in cases {
        let error = text(Some(&ty), answer.clone()).unwrap_err();
        assert!(error.contains(expected), "{answer}: {error}");
    }
    let nothing = declared(&json!({ "type": ["object", "null"] }));
    let null = json!({ "content": [], "structuredContent": null });
    assert_eq!(text(Some(&nothing), null).as_deref(), Ok("null"));
}

#[test]
fn what_a_described_result_has_no_place_for_is_told() {
    let result = json!({
        "content": [
            { "type": "text", "text": "Found 1." },
            { "type": "image", "data": "AQI=", "mimeType": "image/png" },
            { "type": "video" },
        ],
        "structuredContent": { "id": 1 },
    });
    let described = described(result, Some(&numbered()), &Secrets::default()).unwrap();
    assert_eq!(described.value, "{\"id\":1}");
    let note = described.note.unwrap();
    assert!(
        note.ends_with("can't have it: an image, content of an unknown kind"),
        "{note}"
    );
}

#[test]
fn tokens_are_counted_with_the_type_that_is_declared() {
    let counted = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../tests/real-world/src/undescribed.json"
    );
    let schema = serde_json::to_string_pretty(&schema()).unwrap();
    codemode_test_support::golden::check(counted, &format!("{schema}\n"));
}

#[test]
fn the_type_of_an_undescribed_answer_says_all_that_may_come() {
    let listed = json!([{ "name": "look", "inputSchema": { "type": "object", "properties": {} } }]);
    let mut catalogue = codemode_runtime::Catalogue::from_mcp("it", listed).unwrap();
    let mut tool = catalogue.tools()[0].clone();
    tool.output = schema();
    catalogue = codemode_runtime::Catalogue::from_tools(vec![tool]);
    let declarations = catalogue.declarations().unwrap();
    for part in [
        "look(): Promise<string | McpContent[]>;",
        "bytes: Uint8Array",
        "{ type: \"structured\"; value: unknown }",
        "{ type: \"unknown\"; value: unknown }",
    ] {
        assert!(declarations.contains(part), "{part}: {declarations}");
    }
}
