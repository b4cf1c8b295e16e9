//! A list in a file is read entry by entry: what is wrong with one costs that one, with a line, and an empty cursor is none.

use std::fs;

use serde_json::json;

use crate::support::{run_cli, tools_file};

#[test]
fn an_empty_cursor_is_no_page() {
    for (cursor, status) in [(json!(""), 0), (json!(null), 0), (json!("2"), 2)] {
        let listed = json!({ "tools": [{ "name": "find", "inputSchema": { "type": "object" } }], "nextCursor": cursor });
        let file = tools_file("cursor", &listed);
        let done = run_cli(&["emit-dts", "--mcp-tools", &file], "").expect(status);
        assert_eq!(
            done.stdout.contains("function find("),
            status == 0,
            "{}",
            done.stdout
        );
    }
}

#[test]
fn a_malformed_entry_costs_itself() {
    let listed = json!({ "tools": [
        { "name": "good_one", "inputSchema": { "type": "object", "properties": {} } },
        null,
        "text",
        { "description": "It has no name." },
        { "name": 5 },
        { "name": "null_schema", "inputSchema": null },
        { "name": "hints", "inputSchema": { "type": "object" }, "annotations": "none", "icons": "none", "title": 5, "description": ["a"] },
        { "name": "text_schema", "inputSchema": "{\"type\":\"object\"}" },
        { "name": "no_schema", "inputSchema": "none" },
        { "name": "odd_result", "inputSchema": { "type": "object", "properties": [] }, "outputSchema": "text" },
        { "name": "good_two", "inputSchema": { "type": "object", "properties": {} } },
    ], "ttlMs": 0 });
    let file = tools_file("malformed", &listed);
    let done = run_cli(&["emit-dts", "--mcp-tools", &file], "").expect(0);
    for name in [
        "goodOne",
        "nullSchema",
        "hints",
        "textSchema",
        "oddResult",
        "goodTwo",
    ] {
        assert!(
            done.stdout.contains(&format!("function {name}(")),
            "{name}: {}",
            done.stdout
        );
    }
    done.complains(&[
        "entry 1 ",
        "entry 2 ",
        "entry 3 ",
        "entry 4 ",
        "`malformed.noSchema`",
        "`output` says `\"text\"`",
    ]);
}

#[test]
fn a_number_that_json_does_not_have_costs_its_place() {
    for number in ["1e400", "NaN", "Infinity"] {
        let file = tools_file("number", &json!(null));
        let schema = format!(
            r#"{{ "type": "object", "properties": {{ "n": {{ "type": "number", "maximum": {number} }} }} }}"#
        );
        let listed = format!(
            r#"{{ "tools": [{{ "name": "odd", "inputSchema": {schema} }}, {{ "name": "one" }}] }}"#
        );
        fs::write(&file, listed).unwrap();
        let done = run_cli(&["emit-dts", "--mcp-tools", &file], "").expect(0);
        assert!(done.stdout.contains("function odd(") && done.stdout.contains("function one("));
        let note = format!("`input.n` says `\"maximum\": {number}`");
        assert!(
            done.stderr.contains("number.odd") && done.stderr.contains(&note),
            "{}",
            done.stderr
        );
    }
}
