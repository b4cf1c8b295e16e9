//! What is said once, and by which name.

use serde_json::{Value, json};

use super::super::tests::compact;

#[test]
fn properties_that_several_objects_have_are_said_once() {
    let shared =
        json!({ "type": "string", "description": "The name of the database that is meant." });
    let tool = |name: &str, more: &str| {
        json!({ "name": name, "inputSchema": {
            "type": "object",
            "properties": { "database_name": shared, more: { "type": "number" } },
            "required": ["database_name"],
        } })
    };
    let text = compact(json!([tool("a", "one"), tool("b", "two")]));
    assert_eq!(
        text,
        "declare namespace n {\n\
         function a(input:DatabaseName&{one?:number}):Promise<unknown>\n\
         function b(input:DatabaseName&{two?:number}):Promise<unknown>\n\
         interface DatabaseName {\n\
         database_name:string // The name of the database that is meant.\n\
         }\n}\n"
    );
}

#[test]
fn what_is_short_or_has_an_index_signature_is_said_again() {
    let tool = |name: &str, others: Value| {
        json!({ "name": name, "inputSchema": {
            "type": "object",
            "properties": { "a": { "type": "string" } },
            "additionalProperties": others,
        } })
    };
    let text = compact(json!([tool("f", json!(false)), tool("g", json!(false))]));
    assert_eq!(text.matches("input?:{a?:string}").count(), 2, "{text}");
    let text = compact(json!([
        tool("f", json!({ "type": "string" })),
        tool("g", json!({ "type": "string" }))
    ]));
    assert!(!text.contains("interface A"), "{text}");
}

#[test]
fn a_part_has_a_name_that_nothing_else_has() {
    let page = |name: &str| {
        json!({ "type": "object", "properties": {
            "id": { "type": "number", "description": "Which one, as the list of all of them has it." },
            name: { "type": "number" },
        } })
    };
    let definition = json!({ "type": "object", "description": "Taken.", "properties": { "x": { "type": "number" } } });
    let tools = json!([
        { "name": "a", "inputSchema": page("b") },
        { "name": "c", "inputSchema": page("d") },
        { "name": "e", "inputSchema": {
            "type": "object",
            "properties": { "part": { "$ref": "#/$defs/Id" } },
            "$defs": { "Id": definition },
        } },
    ]);
    let text = compact(tools);
    assert!(text.contains("interface Id2 {\nid?:number"), "{text}");
    assert!(text.contains("// Taken.\ninterface Id {"), "{text}");
}

#[test]
fn a_part_that_all_objects_with_another_one_have_is_in_that_one() {
    let said = |what: &str| json!({ "type": "string", "description": format!("The {what}, in words that a person can read.") });
    let tool = |names: &[&str]| {
        let properties: serde_json::Map<_, _> = names
            .iter()
            .map(|name| ((*name).to_owned(), said(name)))
            .collect();
        json!({ "name": names.join(""), "inputSchema": { "type": "object", "properties": properties } })
    };
    let text = compact(json!([
        tool(&["a"]),
        tool(&["a", "b"]),
        tool(&["a", "b", "c"])
    ]));
    assert!(text.contains("function a(input?:A)"), "{text}");
    assert!(text.contains("function ab(input?:B)"), "{text}");
    assert!(text.contains("function abc(input?:B&{"), "{text}");
    assert!(text.contains("type B=A&{\nb?:string // The b,"), "{text}");
}

#[test]
fn a_type_that_is_a_part_keeps_its_name() {
    let id = json!({ "type": "object", "properties": { "value": { "type": "string", "description": "As the list of all of them has it." } } });
    let other = json!({ "type": "object", "properties": {
        "value": id["properties"]["value"], "more": { "type": "number" },
    } });
    let input = json!({
        "type": "object",
        "properties": { "one": { "$ref": "#/$defs/Id" }, "two": { "$ref": "#/$defs/Id" }, "other": other },
        "$defs": { "Id": id },
    });
    let text = compact(json!([{ "name": "f", "inputSchema": input }]));
    assert!(
        text.contains("{one?:Id,two?:Id,other?:Id&{more?:number}}"),
        "{text}"
    );
    assert_eq!(text.matches("value?:string").count(), 1, "{text}");
}
