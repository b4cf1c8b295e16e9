//! What is sent to clients is what the strictest of them take: objects at the top, no bare booleans, one dialect, references
//! that lead somewhere, each schema once, and names of at most 64 plain characters that call the right tool.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::{Client, ToolCrate, configuration, stdio, tools_file};

/// Fails for what a strict client wouldn't take in a schema; `root` is where its references lead.
fn assert_strict(schema: &Value, root: &Value) {
    let Some(keywords) = schema.as_object() else {
        panic!("{schema} in {root}");
    };
    for (keyword, value) in keywords {
        match (keyword.as_str(), value) {
            ("$ref", reference) => {
                let pointer = reference.as_str().unwrap().strip_prefix('#').unwrap();
                assert!(root.pointer(pointer).is_some(), "{reference} in {root}");
            }
            ("$schema", dialect) => {
                assert_eq!(dialect, "https://json-schema.org/draft/2020-12/schema");
            }
            ("properties" | "$defs", Value::Object(named)) => {
                named.values().for_each(|inner| assert_strict(inner, root));
            }
            ("additionalProperties", Value::Bool(false)) => {}
            ("items" | "additionalProperties", inner) => assert_strict(inner, root),
            ("anyOf" | "oneOf" | "allOf" | "prefixItems", Value::Array(all)) => {
                for inner in all {
                    assert_strict(inner, root);
                }
            }
            ("definitions" | "id" | "$id", _) => panic!("{keyword} in {root}"),
            _ => {}
        }
    }
}

fn assert_all_strict(listed: &Value) {
    for tool in listed["tools"].as_array().unwrap() {
        let schemas = ["inputSchema", "outputSchema"].map(|key| tool.get(key));
        assert!(schemas[0].is_some(), "{tool}");
        for schema in schemas.into_iter().flatten() {
            assert_eq!(schema["type"], "object", "{tool}");
            assert_strict(schema, schema);
            for name in schema["$defs"].as_object().into_iter().flatten() {
                let reference = format!("\"#/$defs/{}\"", name.0);
                assert!(
                    schema.to_string().contains(&reference),
                    "{reference} isn't used: {tool}"
                );
            }
        }
    }
}

const SOURCE: &str = r#"
use std::collections::BTreeMap;

use codemode_runtime::tool;
use serde_json::{Map, Value};

#[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct Tree {
    pub label: Value,
    pub children: Vec<Tree>,
}

#[tool(namespace = "values")]
fn any(value: Value, perhaps: Option<Value>, list: Vec<Value>, map: BTreeMap<String, Value>, object: Map<String, Value>) -> Value {
    let _ = (perhaps, list, map, object);
    value
}

#[tool(namespace = "values")]
fn object() -> Map<String, Value> {
    Map::new()
}

#[tool(namespace = "values")]
fn tree(tree: Tree) -> Tree {
    tree
}
"#;

#[test]
fn schemas_of_rust_tools_are_strict() {
    let tools = ToolCrate::new("strict-tools", "serde_json = \"1\"", SOURCE);
    let printed = tools.cli(&["emit-schema"], "").expect(0);
    let listed: Value = serde_json::from_str(&printed.stdout).unwrap();
    assert_eq!(listed["tools"].as_array().unwrap().len(), 3);
    assert_all_strict(&listed);
    let any = &listed["tools"][0]["inputSchema"];
    assert_eq!(any["properties"]["value"], json!({}), "{any}");
    assert_eq!(any.get("$defs"), None, "{any}");
    let text = printed.stdout.replace(char::is_whitespace, "");
    assert!(!text.contains(":true") || text.contains("Hint"), "{text}");
}

fn odd_tools() -> Value {
    let long = "a_name_that_goes_on_and_on_until_it_is_longer_than_the_sixty_four_characters_that_clients_take";
    let draft7 = json!({
        "$schema": "http://json-schema.org/draft-07/schema#", "$id": "https://schemas.example/input", "type": "object",
        "properties": {
            "point": { "$ref": "#/definitions/Point" },
            "pair": { "type": "array", "items": [{ "type": "number" }, true], "additionalItems": false },
            "again": { "$ref": "#/properties/pair" },
        },
        "definitions": { "Point": { "type": "object", "properties": { "x": true } } },
    });
    let mut tools: Vec<Value> = [
        "阿里巴巴",
        "größe",
        &format!("{long}_one"),
        &format!("{long}_two"),
        "plain",
        "日本",
    ]
    .iter()
    .map(|name| json!({ "name": name, "inputSchema": draft7 }))
    .collect();
    tools.push(json!({ "name": "odd", "inputSchema": { "type": "object", "properties": { "at": { "type": "date", "description": "When." } } },
                       "outputSchema": { "$schema": "http://json-schema.org/draft-04/schema#", "type": "object", "properties": { "ok": true } } }));
    json!({ "tools": tools })
}

#[test]
fn tools_of_servers_are_listed_as_clients_take_them_and_each_name_calls_its_tool() {
    let file = tools_file("strict", &odd_tools());
    let config = configuration("strict", &json!({ "s": stdio("list.mjs", &[&file]) }));
    let arguments = ["--no-tools", "--profile", "direct", "--mcp-config", &config];
    let mut client = Client::start(&arguments);
    let listed = client.request("tools/list", &json!({}))["result"].clone();
    assert_all_strict(&listed);
    let names: BTreeSet<String> = listed["tools"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tool| tool["name"].as_str().unwrap().to_owned())
        .filter(|name| name.starts_with("s_"))
        .collect();
    assert_eq!(names.len(), 7, "{listed}");
    let mut called = BTreeSet::new();
    for name in &names {
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
        assert!(name.len() <= 64 && name.chars().all(is_plain), "{name}");
        let arguments = json!({ "structured": { "ok": true } });
        let answer = client.request(
            "tools/call",
            &json!({ "name": name, "arguments": arguments }),
        );
        let said = answer["result"]["content"][0]["text"]
            .as_str()
            .unwrap_or_default();
        called.insert(said.to_owned());
    }
    // Only the one whose result is described gives what is structured.
    assert_eq!(called.len(), 7, "{called:?}");
    let again = Client::start(&arguments).request("tools/list", &json!({}))["result"].clone();
    assert_eq!(again, listed);
}
