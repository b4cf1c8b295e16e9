//! Lists of tools in and out.

use serde_json::{Value, json};

use super::McpCatalogue as _;
use super::McpError;
use codemode_runtime::{Catalogue, ToolInfo};

fn described(input: Option<Value>, output: Value) -> Value {
    let tool = ToolInfo::bare("n", "f", input, output);
    Catalogue::from_tools(vec![tool]).to_mcp()["tools"][0].clone()
}

#[test]
fn a_list_may_be_bare_or_in_an_object() {
    let tools = json!([{ "name": "a", "inputSchema": { "type": "object" } }]);
    let bare = Catalogue::from_mcp("n", tools.clone()).unwrap();
    let wrapped = Catalogue::from_mcp("n", json!({ "tools": tools, "_meta": {} })).unwrap();
    assert_eq!(bare, wrapped);
    assert_eq!(bare.tools()[0].path(), "n.a");
}

#[test]
fn what_is_no_list_of_tools_is_refused() {
    let not_a_list = |found| McpError::NotAList { found };
    let no_tool = |position, problem| McpError::Tool { position, problem };
    let cases = [
        (json!(null), not_a_list("null")),
        (json!("tools"), not_a_list("a string")),
        (
            json!({ "result": { "tools": [] } }),
            not_a_list("an object without `tools`"),
        ),
        (
            json!({ "tools": {} }),
            not_a_list("an object whose `tools` isn't a list"),
        ),
        (
            json!({ "tools": [], "nextCursor": "2" }),
            McpError::Incomplete,
        ),
        (json!([{ "name": "a" }, "b"]), no_tool(1, "isn't an object")),
        (json!([{ "title": "a" }]), no_tool(0, "has no `name`")),
    ];
    for (listed, expected) in cases {
        assert_eq!(
            Catalogue::from_mcp("n", listed.clone()),
            Err(expected),
            "{listed}"
        );
    }
}

#[test]
fn an_empty_cursor_names_no_page() {
    let listed = json!({ "tools": [{ "name": "a" }], "nextCursor": "" });
    assert_eq!(Catalogue::from_mcp("n", listed).unwrap().tools().len(), 1);
}

#[test]
fn an_entry_that_is_no_tool_costs_itself() {
    let listed =
        json!([{ "name": "a" }, null, { "name": 5 }, { "name": "b", "inputSchema": "{}" }]);
    let (catalogue, refused) = Catalogue::from_mcp_as_far_as_readable("n", listed).unwrap();
    assert_eq!(catalogue.tools().len(), 2);
    let positions: Vec<String> = refused.iter().map(ToString::to_string).collect();
    assert!(
        positions[0].contains("entry 1 ") && positions[1].contains("entry 2 "),
        "{positions:?}"
    );
}

#[test]
fn a_tool_takes_nothing_where_its_list_says_so() {
    let cases = [
        (json!({ "type": "object", "properties": {} }), "f()"),
        (
            json!({ "type": "object", "additionalProperties": false }),
            "f()",
        ),
        (
            json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": {}, "required": [] }),
            "f()",
        ),
        (
            json!({ "type": "object" }),
            "f(input?: Record<string, unknown>)",
        ),
        (
            json!({ "type": "object", "properties": {}, "additionalProperties": { "type": "number" } }),
            "f(input?: Record<string, number>)",
        ),
        (json!(null), "f(input?: Record<string, unknown>)"),
        (json!(true), "f(input?: Record<string, unknown>)"),
        (json!([]), "f(input?: Record<string, unknown>)"),
        (
            json!({ "additionalProperties": { "type": "number" } }),
            "f(input?: Record<string, number>)",
        ),
    ];
    for (schema, expected) in cases {
        let listed = json!([{ "name": "f", "inputSchema": schema }]);
        let declarations = Catalogue::from_mcp("n", listed)
            .unwrap()
            .declarations()
            .unwrap();
        assert_eq!(
            declarations,
            format!("declare namespace n {{\n  function {expected}: Promise<unknown>;\n}}\n"),
            "{expected}"
        );
    }
}

#[test]
fn a_title_stands_in_for_a_missing_description() {
    let listed = json!([
        { "name": "a", "title": "Alpha", "description": " Does it.\n" },
        { "name": "b", "title": "Beta" },
    ]);
    let catalogue = Catalogue::from_mcp("n", listed).unwrap();
    let docs: Vec<&str> = catalogue
        .tools()
        .iter()
        .map(|tool| tool.docs.as_str())
        .collect();
    assert_eq!(docs, ["Does it.", "Beta"]);
}

#[test]
fn tools_that_come_to_one_name_are_all_declared() {
    let listed = json!([{ "name": "get_user" }, { "name": "get-user" }, { "name": "then" }]);
    let (text, left_out) = Catalogue::from_mcp("n", listed).unwrap().declarable();
    for function in ["getUser(", "getUser2(", "then_("] {
        assert!(text.contains(function), "{text}");
    }
    assert!(left_out.is_empty(), "{left_out:?}");
}

#[test]
fn a_name_that_is_listed_twice_is_reported_and_declared_once() {
    let listed =
        json!([{ "name": "get", "description": "One." }, { "name": "get", "description": "Two." }]);
    let (text, left_out) = Catalogue::from_mcp("n", listed).unwrap().declarable();
    assert!(text.contains("One.") && !text.contains("Two."), "{text}");
    assert_eq!(left_out.len(), 1);
    assert_eq!(
        left_out[0].place,
        "the MCP tool `get` and the MCP tool `get`"
    );
}

#[test]
fn an_input_is_an_object_at_its_root() {
    let find = json!({ "type": "object", "properties": { "text": { "type": "string" } } });
    let cases = [
        (
            None,
            json!({ "additionalProperties": false, "type": "object" }),
        ),
        (Some(find.clone()), find.clone()),
        (Some(json!(true)), json!({ "type": "object" })),
        (
            Some(json!({ "anyOf": [find] })),
            json!({ "anyOf": [find], "type": "object" }),
        ),
        (
            Some(
                json!({ "$ref": "#/$defs/Find", "description": "Mine.", "$defs": { "Find": find } }),
            ),
            json!({ "description": "Mine.", "type": "object", "properties": find["properties"] }),
        ),
        (
            Some(
                json!({ "$ref": "#/$defs/A", "$defs": { "A": { "$ref": "#/$defs/B" }, "B": find } }),
            ),
            find.clone(),
        ),
    ];
    for (input, expected) in cases {
        let shown = format!("{input:?}");
        assert_eq!(
            described(input, json!(true))["inputSchema"],
            expected,
            "{shown}"
        );
    }
}

#[test]
fn references_in_a_circle_come_to_an_end() {
    let circle = json!({ "$ref": "#/$defs/A", "$defs": { "A": { "$ref": "#/$defs/B" }, "B": { "$ref": "#/$defs/A" } } });
    assert_eq!(
        described(Some(circle), json!(true))["inputSchema"]["type"],
        "object"
    );
}

#[test]
fn only_a_result_that_is_an_object_is_described() {
    let page = json!({ "type": "object", "properties": { "rows": { "type": "array" } } });
    let cases = [
        (page.clone(), Some("rows")),
        (
            json!({ "$ref": "#/$defs/Page", "$defs": { "Page": page } }),
            Some("rows"),
        ),
        (json!({ "type": "array" }), None),
        (json!({ "type": ["object", "null"] }), None),
        (json!(true), None),
    ];
    for (output, property) in cases {
        let shown = output.to_string();
        let tool = described(None, output);
        let properties = tool.get("outputSchema").map(|schema| &schema["properties"]);
        assert_eq!(
            properties.and_then(|all| all.as_object()?.keys().next()),
            property.map(str::to_owned).as_ref(),
            "{shown}"
        );
    }
}

#[test]
fn what_a_server_says_comes_out_again() {
    let tool = json!({
        "name": "get-user",
        "title": "User",
        "description": "One user.",
        "inputSchema": { "type": "object", "properties": { "id": { "type": "number" } }, "required": ["id"] },
        "outputSchema": { "type": "object", "properties": { "name": { "type": "string" } } },
        "annotations": { "readOnlyHint": true },
    });
    let mut expected = tool.clone();
    expected["name"] = json!("book.getUser");
    let listed = Catalogue::from_mcp("book", json!([tool])).unwrap().to_mcp();
    assert_eq!(listed, json!({ "tools": [expected] }));
}

#[test]
fn a_deprecated_tool_says_so_in_its_description() {
    let mut tool = Catalogue::from_mcp("n", json!([{ "name": "f", "description": "Old." }]))
        .unwrap()
        .tools()[0]
        .clone();
    tool.deprecated = Some("Use `g`.".to_owned());
    let listed = Catalogue::from_tools(vec![tool]).to_mcp();
    assert_eq!(
        listed["tools"][0]["description"],
        "Old.\n\nDeprecated. Use `g`."
    );
}
