//! Whatever a server answers is handed out: what can be read as what it is, and the rest as it came. The call was made, and
//! its result is lost for good otherwise.

use serde_json::{Value, json};

use crate::support::{configuration, run_script, stdio};

/// Calls all tools of a server with these results. What is thrown comes as `error: …`.
fn told(test: &str, results: &Value) -> Value {
    let server = stdio("results.mjs", &[&results.to_string()]);
    let config = configuration(test, &json!({ "s": server }));
    let script = r"
        const told: Record<string, unknown> = {};
        for (const name of NAMES) {
            told[name] = await (s as any)[name]().catch((e: Error) => `error: ${e.message}`);
        }
        return told;";
    let names: Vec<&String> = results.as_object().unwrap().keys().collect();
    let script = script.replace("NAMES", &json!(names).to_string());
    let outcome = run_script(&["--mcp-config", &config], &script);
    assert_eq!(outcome["status"], "ok", "{outcome}");
    outcome["value"].clone()
}

#[test]
fn content_of_every_kind_is_handed_out() {
    let content = |entries: Value| json!({ "content": entries });
    let results = json!({
        "blob": content(json!([{ "type": "blob", "data": "AQI=", "mimeType": "application/pdf" }])),
        "numberAsText": content(json!([{ "type": "text", "text": 5 }])),
        "audience": content(json!([{ "type": "text", "text": "a", "annotations": { "audience": "user" } }])),
        "video": content(json!([{ "type": "text", "text": "look" }, { "type": "video", "data": "AQI=" }])),
        "noAddress": content(json!([{ "type": "resource", "resource": { "text": "t" } }])),
        "noName": content(json!([{ "type": "resource_link", "uri": "file:///a" }])),
        "oneObject": content(json!({ "type": "text", "text": "alone" })),
        "onlyText": content(json!("bare")),
        "nothing": content(json!(null)),
        "bareEntry": content(json!(["a", { "text": "b" }])),
        "notEvenContent": { "success": true, "rows": [1] },
        "old": { "toolResult": { "rows": [2] } },
    });
    let expected = json!({
        "blob": [{ "type": "unknown", "value": { "type": "blob", "data": "AQI=", "mimeType": "application/pdf" } }],
        "numberAsText": "5",
        "audience": "a",
        "video": [{ "type": "text", "text": "look" }, { "type": "unknown", "value": { "type": "video", "data": "AQI=" } }],
        "noAddress": [{ "type": "resource", "uri": "", "text": "t" }],
        "noName": [{ "type": "link", "uri": "file:///a", "name": "file:///a" }],
        "oneObject": "alone",
        "onlyText": "bare",
        "nothing": "",
        "bareEntry": "a\nb",
        "notEvenContent": "{\"success\":true,\"rows\":[1]}",
        "old": "{\"rows\":[2]}",
    });
    assert_eq!(told("content", &results), expected);
}

#[test]
fn structured_content_is_kept_whatever_is_beside_it() {
    let text = json!([{ "type": "text", "text": "Found 1 row." }]);
    let rows = json!({ "rows": [{ "id": 3 }] });
    let results = json!({
        "alone": { "structuredContent": rows },
        "emptyContent": { "content": [], "structuredContent": rows },
        "summary": { "content": text, "structuredContent": rows },
        "twice": { "content": [{ "type": "text", "text": rows.to_string() }], "structuredContent": rows },
        "nullish": { "content": text, "structuredContent": null },
        "failed": { "content": text, "structuredContent": { "code": 404 }, "isError": true },
        "failedAlone": { "structuredContent": { "code": 404 }, "isError": true },
        "describedFailed": { "content": text, "structuredContent": { "code": 404 }, "isError": true },
    });
    let expected = json!({
        "alone": rows.to_string(),
        "emptyContent": rows.to_string(),
        "summary": [{ "type": "text", "text": "Found 1 row." }, { "type": "structured", "value": rows }],
        "twice": rows.to_string(),
        "nullish": "Found 1 row.",
        "failed": "error: s.failed: Found 1 row.\n{\"code\":404}",
        "failedAlone": "error: s.failedAlone: {\"code\":404}",
        "describedFailed": "error: s.describedFailed: Found 1 row.\n{\"code\":404}",
    });
    assert_eq!(told("structured", &results), expected);
}

#[test]
fn a_described_result_is_found_where_the_server_has_put_it() {
    let results = json!({
        "described": { "content": [], "structuredContent": { "id": 1 } },
        "describedInText": { "content": [{ "type": "text", "text": "Here:" }, { "type": "text", "text": "{\"id\":2}" }] },
        "describedBare": { "id": 3 },
        "describedNot": { "content": [{ "type": "text", "text": "sorry" }] },
        "describedOtherwise": { "content": [], "structuredContent": { "id": "four" } },
    });
    let told = told("described", &results);
    assert_eq!(told["described"], json!({ "id": 1 }));
    assert_eq!(told["describedInText"], json!({ "id": 2 }));
    assert_eq!(told["describedBare"], json!({ "id": 3 }));
    for (name, shown) in [
        ("describedNot", "this came: sorry"),
        ("describedOtherwise", r#"this came: {"id":"four"}"#),
    ] {
        let error = told[name].as_str().unwrap();
        assert!(
            error.starts_with("error: ") && error.ends_with(shown),
            "{error}"
        );
    }
}

#[test]
fn what_a_described_result_has_no_place_for_is_in_the_log() {
    let results = json!({ "described": {
        "content": [{ "type": "image", "data": "AQI=", "mimeType": "image/png" }], "structuredContent": { "id": 1 },
    } });
    let server = stdio("results.mjs", &[&results.to_string()]);
    let config = configuration("image-beside", &json!({ "s": server }));
    let outcome = run_script(&["--mcp-config", &config], "return await s.described();");
    assert_eq!(outcome["value"], json!({ "id": 1 }), "{outcome}");
    let log = outcome["logs"][0]["text"].as_str().unwrap();
    assert!(
        log.starts_with("s.described: ") && log.ends_with(": an image"),
        "{log}"
    );
}

#[test]
fn a_checked_script_can_read_each_kind_of_part() {
    let results = json!({ "look": {
        "content": [{ "type": "text", "text": "a" }, { "type": "odd", "b": 1 }], "structuredContent": { "c": 2 },
    } });
    let server = stdio("results.mjs", &[&results.to_string()]);
    let config = configuration("typed", &json!({ "s": server }));
    let script = r#"
        const told = await s.look();
        if (typeof told === "string") return told;
        return told.map((part) => part.type === "structured" || part.type === "unknown" ? part.value : part.type);"#;
    let outcome = run_script(&["--mcp-config", &config], script);
    assert_eq!(outcome["checked"], true, "{outcome}");
    assert_eq!(
        outcome["value"],
        json!(["text", { "type": "odd", "b": 1 }, { "c": 2 }])
    );
}
