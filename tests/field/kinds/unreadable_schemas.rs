//! A place of a schema that can't be read is `unknown` there, and its comment has what was written; nothing else is lost.

use serde_json::{Value, json};

use crate::support::{configuration, declared, run_cli, run_script, stdio, tools_file};

/// What stands where a property's schema should, how it is declared, and what its comment has.
#[allow(clippy::too_many_lines, reason = "all of it is a table")]
fn places() -> Vec<(Value, &'static str, &'static str)> {
    vec![
        (
            json!({ "type": "unknown" }),
            "unknown",
            r#""type": "unknown""#,
        ),
        (json!({ "type": "int" }), "number", r#""type": "int""#),
        (json!({ "type": "float" }), "number", r#""type": "float""#),
        (json!({ "type": "String" }), "string", r#""type": "String""#),
        (json!({ "type": "date" }), "unknown", r#""type": "date""#),
        (json!({ "type": "file" }), "unknown", r#""type": "file""#),
        (
            json!({ "type": ["[truncated]", "[truncated]"] }),
            "unknown",
            r#"["[truncated]","[truncated]"]"#,
        ),
        (json!({ "type": null }), "unknown", r#""type": null"#),
        (
            json!({ "type": { "type": "string" } }),
            "unknown",
            r#""type": {"type":"string"}"#,
        ),
        (
            json!({ "type": "array", "items": "string" }),
            "unknown[]",
            r#""string""#,
        ),
        (json!("string"), "unknown", r#""string""#),
        (json!(null), "unknown", "null"),
        (json!(7), "unknown", "7"),
        (
            json!({ "$ref": "https://schemas.example/a.json" }),
            "unknown",
            "https://schemas.example/a.json",
        ),
        (
            json!({ "$ref": "#/definitions/Gone" }),
            "unknown",
            "#/definitions/Gone",
        ),
        (
            json!({ "type": "object", "properties": ["a", "b"] }),
            "Record<string, unknown>",
            r#"["a","b"]"#,
        ),
        (
            json!({ "type": "object", "properties": { "a": true }, "required": "a" }),
            "{ a?: unknown }",
            r#""required": "a""#,
        ),
        (
            json!({ "type": "string", "enum": [] }),
            "string",
            r#""enum": []"#,
        ),
        (
            json!({ "type": "string", "enum": { "a": 1 } }),
            "string",
            r#""enum": {"a":1}"#,
        ),
        (
            json!({ "type": "object", "additionalProperties": "false" }),
            "Record<string, unknown>",
            r#""additionalProperties": "false""#,
        ),
        (
            json!({ "anyOf": [{ "type": "string" }, "garbage"] }),
            "unknown",
            r#""garbage""#,
        ),
        (
            json!({ "anyOf": { "type": "string" } }),
            "unknown",
            r#""anyOf": {"type":"string"}"#,
        ),
        (
            json!({ "type": "object", "patternProperties": "^x" }),
            "Record<string, unknown>",
            r#""patternProperties": "^x""#,
        ),
        (
            json!({ "type": "string", "enum": [1, 2] }),
            "1 | 2",
            r#""type": "string""#,
        ),
        (
            json!({ "allOf": [{ "type": "string" }, { "type": "number" }] }),
            "unknown",
            r#""allOf": ["#,
        ),
        (
            json!({ "type": "integer", "const": "x" }),
            "\"x\"",
            r#""type": "integer""#,
        ),
        (
            json!({ "allOf": [{ "type": "object", "properties": { "a": { "type": "string" } }, "required": ["a"] }], "additionalProperties": false }),
            "{ a: string }",
            r#""additionalProperties": false"#,
        ),
        (
            json!({ "type": "number", "minimum": "low" }),
            "number",
            r#""minimum": "low""#,
        ),
    ]
}

fn tools() -> Value {
    let properties: serde_json::Map<String, Value> = places()
        .into_iter()
        .enumerate()
        .map(|(number, (schema, ..))| (format!("p{number}"), schema))
        .collect();
    json!([
        { "name": "put", "inputSchema": { "type": "object", "properties": properties, "required": ["p0"] } },
        { "name": "get", "inputSchema": { "type": "object", "properties": {} }, "outputSchema": {
            "type": "object", "properties": { "at": { "type": "date" }, "count": { "type": "integer" } }, "required": ["at", "count"] } },
        { "name": "fine", "inputSchema": { "type": "object", "properties": { "a": { "type": "string" } } } },
    ])
}

#[test]
fn each_place_is_declared_as_far_as_it_can_be_with_a_note() {
    let [readable, compact] = declared("unreadable", tools());
    for (number, (schema, ty, note)) in places().into_iter().enumerate() {
        let mark = if number == 0 { "" } else { "?" };
        let declared = format!("p{number}{mark}: {ty};");
        let (before, _) = readable
            .stdout
            .split_once(&declared)
            .unwrap_or_else(|| panic!("{schema}: {declared} isn't in {}", readable.stdout));
        let comment = before.rsplit(';').next().unwrap_or_default();
        assert!(comment.contains(note), "{schema}: {comment}");
        let line = compact
            .stdout
            .lines()
            .find(|line| line.contains(&format!("p{number}{mark}:")));
        assert!(
            line.is_some_and(|line| line.contains(note)),
            "{schema}: {line:?}"
        );
    }
    assert!(
        readable.stdout.contains("function fine("),
        "{}",
        readable.stdout
    );
    // Each tool has its line, with the places.
    readable.complains(&[
        "tool `unreadable.put`",
        "`input.p0` says",
        "`output.at` says",
    ]);
    assert_eq!(
        readable.stderr.matches("unreadable.put").count(),
        1,
        "{}",
        readable.stderr
    );
}

#[test]
fn a_live_tool_with_such_places_is_offered_and_called() {
    let file = tools_file("unreadable-live", &json!({ "tools": tools() }));
    let config = configuration(
        "unreadable-live",
        &json!({ "s": stdio("list.mjs", &[&file]) }),
    );
    let script = r#"
        const put = await s.put({ p0: { any: ["thing"] }, p4: new Date(0).toISOString(), p1: 3 });
        return [put, await s.fine({ a: "b" })];"#;
    let outcome = run_script(&["--mcp-config", &config], script);
    assert_eq!(outcome["checked"], true, "{outcome}");
    let value = outcome["value"].to_string();
    assert!(
        value.contains("thing") && value.contains("1970"),
        "{outcome}"
    );
    let prompt = run_cli(&["prompt", "--no-tools", "--mcp-config", &config], "").expect(0);
    assert!(prompt.stdout.contains("function put("), "{}", prompt.stdout);
    assert!(
        prompt.stdout.contains(r#""type": "date""#),
        "{}",
        prompt.stdout
    );
    prompt.complains(&["`input.p0` says"]);
}
