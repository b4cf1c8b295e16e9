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
    assert!(text.contains("interface AId {\nid?:number"), "{text}");
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

/// An object that has some of these properties, all of which have long docs.
fn object(names: &[&str]) -> Value {
    let said = |name: &str| json!({ "type": "string", "description": format!("About {name}, in words that a person can read.") });
    let properties: serde_json::Map<_, _> = names
        .iter()
        .map(|name| ((*name).to_owned(), said(name)))
        .collect();
    json!({ "type": "object", "properties": properties })
}

#[allow(clippy::needless_pass_by_value, reason = "callers make it for this")]
fn tool(name: &str, input: Value, output: Value) -> Value {
    json!({ "name": name, "inputSchema": input, "outputSchema": output })
}

#[test]
fn a_part_is_called_by_its_role() {
    let one = || object(&["x", "y"]);
    let more = || object(&["x", "y", "z"]);
    let with =
        |name: &str, schema: Value| json!({ "type": "object", "properties": { name: schema } });
    let many = |schema: Value| json!({ "type": "array", "items": schema });
    let none = || with("a", json!({ "type": "number" }));
    for (tools, part) in [
        // What all objects are that have it.
        (
            json!([
                tool("f", with("entities", many(one())), json!(true)),
                tool("g", with("entity", more()), json!(true))
            ]),
            "entity?:Entity&{",
        ),
        // What the one is that has nothing else.
        (
            json!([
                tool("f", with("address", one()), json!(true)),
                tool("g", with("place", more()), json!(true))
            ]),
            "place?:Address&{",
        ),
        (
            json!([
                tool("getOrder", none(), one()),
                tool("setOrder", more(), json!(true))
            ]),
            "function setOrder(input?:Order&{",
        ),
        // What the functions are about that take it.
        (
            json!([
                tool("openTab", object(&["x", "y", "z"]), json!(true)),
                tool("closeTab", object(&["x", "y", "z", "a"]), json!(true)),
                tool("wait", none(), json!(true)),
                tool("sleep", none(), json!(true)),
                tool("stop", none(), json!(true))
            ]),
            "function closeTab(input?:TabInput&{",
        ),
        // What it has.
        (
            json!([
                tool("open", one(), json!(true)),
                tool("close", more(), json!(true))
            ]),
            "function close(input?:XY&{",
        ),
        (
            json!([
                tool("open", more(), json!(true)),
                tool("close", object(&["x", "y", "z", "a"]), json!(true))
            ]),
            "function close(input?:XEtc&{",
        ),
    ] {
        let text = compact(tools);
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn what_has_a_name_already_stands_behind_what_it_belongs_to() {
    let with =
        |name: &str, schema: Value| json!({ "type": "object", "properties": { name: schema } });
    let text = compact(json!([
        tool(
            "createOrder",
            with("item", object(&["x", "y"])),
            with("item", object(&["x", "y", "z"]))
        ),
        tool(
            "createBill",
            with("item", object(&["a", "b"])),
            with("item", object(&["a", "b", "c"]))
        ),
    ]));
    for part in [
        "createBill(input?:{item?:Item})",
        "createOrder(input?:{item?:OrderItem})",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn a_part_that_is_hardly_longer_than_its_name_is_written_out() {
    const COUNT: usize = 40;
    let input = |more: &str| json!({ "type": "object", "properties": { "owner": { "type": "string" }, more: { "type": "string" } } });
    let tools = (0..COUNT).map(|number| format!("f{number}"));
    let tools: Vec<Value> = tools
        .map(|name| tool(&name, input(&name), json!({ "type": "null" })))
        .collect();
    let text = compact(json!(tools));
    assert_eq!(text.matches("{owner?:string,").count(), COUNT, "{text}");
}
