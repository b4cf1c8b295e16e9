//! From schemas to text: one table a feature.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Value, json};

use crate::json_schema::notes_of;
use crate::listed::{Listed, Owned};
use crate::{FunctionSchema, Source, Style, declare};

fn tool(namespace: &str, name: &str, input: Option<Value>, output: Value) -> Owned {
    Owned::new(namespace, name, input, output)
}

fn printed(tools: Vec<Owned>) -> String {
    Listed::new(tools).text().unwrap()
}

/// The type that is printed for an output. An object as the root would get a name.
fn output(schema: Value) -> String {
    let schema = match schema.get("properties") {
        Some(_) => json!({ "anyOf": [schema] }),
        None => schema,
    };
    let text = printed(vec![tool("n", "f", None, schema)]);
    let start = text.find("Promise<").unwrap() + "Promise<".len();
    let end = text.find(">;\n").unwrap();
    text[start..end].to_owned()
}

fn refusal(schema: Value) -> super::DeclarationError {
    let tool = tool("n", "f", Some(schema), json!({ "type": "null" }));
    Listed::new(vec![tool]).text().unwrap_err()
}

fn schema_of<T: JsonSchema>(settings: SchemaSettings) -> Value {
    let mut generator = SchemaGenerator::new(settings);
    let root: Schema = generator.subschema_for::<T>();
    let mut root = root.to_value();
    let definitions = generator.take_definitions(true);
    if !definitions.is_empty() {
        root["$defs"] = Value::Object(definitions.into_iter().collect());
    }
    root
}

fn as_input<T: JsonSchema>() -> Value {
    schema_of::<T>(SchemaSettings::draft2020_12().for_deserialize())
}

fn as_output<T: JsonSchema>() -> Value {
    schema_of::<T>(SchemaSettings::draft2020_12().for_serialize())
}

#[test]
fn each_keyword_has_its_type() {
    let cases = [
        (json!({ "type": "string" }), "string"),
        (json!({ "type": "integer", "format": "uint8" }), "number"),
        (json!({ "type": "null" }), "null"),
        (json!(true), "unknown"),
        (json!(false), "never"),
        (json!({ "const": "a\"b" }), r#""a\"b""#),
        (
            json!({ "enum": ["a", 1, null, true] }),
            r#""a" | 1 | null | true"#,
        ),
        (json!({ "enum": [""] }), r#""""#),
        (json!({ "type": ["string", "null"] }), "string | null"),
        (
            json!({ "type": "array", "items": { "type": ["string", "null"] } }),
            "(string | null)[]",
        ),
        (json!({ "type": "array" }), "unknown[]"),
        (
            json!({ "type": "array", "prefixItems": [{ "type": "string" }, true], "minItems": 2, "maxItems": 2 }),
            "[string, unknown]",
        ),
        (
            json!({ "type": "array", "items": { "type": "number" }, "minItems": 2, "maxItems": 2 }),
            "[number, number]",
        ),
        (
            json!({ "type": "array", "items": { "type": "number" }, "minItems": 32, "maxItems": 32 }),
            "number[]",
        ),
        (
            json!({ "type": "object", "additionalProperties": { "type": "number" } }),
            "Record<string, number>",
        ),
        (
            json!({ "type": "object", "properties": { "a": { "type": "number" }, "b-c": true }, "required": ["a"] }),
            r#"{ a: number; "b-c"?: unknown }"#,
        ),
        (
            json!({ "type": "object", "properties": { "a": { "type": "number" } }, "additionalProperties": { "type": "string" } }),
            "{ a?: number; [key: string]: string | number | undefined }",
        ),
        (json!({ "type": "object" }), "Record<string, unknown>"),
        (
            json!({ "type": "object", "additionalProperties": false }),
            "Record<string, never>",
        ),
        (
            json!({ "anyOf": [{ "type": "string" }, { "type": "null" }, { "type": "string" }] }),
            "string | null",
        ),
        (
            json!({ "type": "array", "items": { "allOf": [
                { "type": "object", "properties": { "a": { "type": "number" } }, "required": ["a"] },
                { "type": "object", "properties": { "b": { "type": "number" } }, "required": ["b"] },
            ] } }),
            "{ a: number; b: number }[]",
        ),
    ];
    for (schema, expected) in cases {
        assert_eq!(output(schema.clone()), expected, "{schema}");
    }
}

#[test]
fn a_type_is_never_narrower_than_its_schema() {
    let cases = [
        (json!({ "not": { "type": "string" } }), "unknown"),
        (
            json!({ "type": "string", "not": { "const": "a" } }),
            "string",
        ),
        (json!({ "not": {} }), "never"),
        (
            json!({ "type": "object", "properties": { "a": { "type": "number" } }, "if": true,
                    "then": { "required": ["a"] }, "else": { "required": ["b"] } }),
            "{ a: number } | { a?: number; b: unknown }",
        ),
        (
            json!({ "if": true, "then": { "type": "string" } }),
            "unknown",
        ),
        (
            json!({ "type": "array", "prefixItems": [{ "type": "string" }, { "type": "number" }], "minItems": 1 }),
            "[string, number?, ...unknown[]]",
        ),
        (
            json!({ "type": "array", "items": [{ "type": "string" }], "additionalItems": { "type": "null" } }),
            "[string?, ...null[]]",
        ),
        (json!({ "type": "array", "items": false }), "[]"),
        (
            json!({ "type": "object", "required": ["a"] }),
            "{ a: unknown }",
        ),
        (
            json!({ "type": "object", "required": ["a"], "additionalProperties": { "type": "string" } }),
            "{ a: string; [key: string]: string }",
        ),
        (
            json!({ "type": "object", "patternProperties": { "^a": { "type": "string" } }, "additionalProperties": false }),
            "Record<string, string>",
        ),
        (
            json!({ "type": "object", "patternProperties": { "^a": { "type": "string" } } }),
            "Record<string, unknown>",
        ),
        (json!({ "const": { "a": [1, "b"] } }), r#"{ a: [1, "b"] }"#),
        (
            json!({ "type": "string", "enum": ["a", 1, null] }),
            r#""a""#,
        ),
        (
            json!({ "type": "string", "nullable": true }),
            "string | null",
        ),
        (
            json!({ "allOf": [{ "type": "string" }, { "type": "number" }] }),
            "never",
        ),
        (
            json!({ "type": "object", "properties": { "a": { "type": "number" }, "b": { "type": "number" } },
                    "anyOf": [{ "required": ["a"] }, { "required": ["b"] }] }),
            "{ a: number; b?: number } | { a?: number; b: number }",
        ),
        (
            json!({ "properties": { "a": { "$ref": "#/anyOf/0/properties/b" }, "b": { "type": "number" } } }),
            "{ a?: FOutput0B; b?: number }",
        ),
        (
            json!({ "$dynamicRef": "#x", "$defs": { "X": { "$dynamicAnchor": "x", "type": "string" } } }),
            "X",
        ),
        (
            json!({ "$schema": "http://json-schema.org/draft-07/schema#", "$ref": "#/definitions/A", "type": "number",
                    "definitions": { "A": { "type": "string" } } }),
            "A",
        ),
        (
            json!({ "type": "array", "items": { "$ref": "#/$defs/A", "properties": { "b": { "type": "number" } } },
                    "$defs": { "A": { "type": "object", "additionalProperties": { "type": "number" } } } }),
            "({ b?: number } & A)[]",
        ),
        (json!({ "frobnicate": 1, "type": "string" }), "string"),
    ];
    for (schema, expected) in cases {
        assert_eq!(output(schema.clone()), expected, "{schema}");
    }
}

#[test]
fn constraints_on_what_is_inside_are_in_the_docs() {
    let cases = [
        (
            json!({ "type": "array", "prefixItems": [true, { "type": "string", "format": "date" }] }),
            "@items.1.format date",
        ),
        (
            json!({ "type": "array", "items": { "type": "string", "pattern": "^a" } }),
            "@items.pattern ^a",
        ),
        (
            json!({ "type": "array", "items": { "type": "null" }, "minItems": 32, "maxItems": 32 }),
            "@minItems 32",
        ),
        (
            json!({ "type": "object", "patternProperties": { "^a": { "minimum": 1 } }, "additionalProperties": false }),
            "@keys.pattern ^a",
        ),
        (
            json!({ "type": "object", "patternProperties": { "^a": { "minimum": 1 } }, "additionalProperties": false }),
            "@values.minimum 1",
        ),
        (
            json!({ "type": "object", "propertyNames": { "pattern": "^a" } }),
            "@keys.pattern ^a",
        ),
        (
            json!({ "type": "integer", "not": { "const": 0 } }),
            "@not 0",
        ),
    ];
    for (schema, tag) in cases {
        let root = json!({ "type": "object", "properties": { "value": schema } });
        let text = printed(vec![tool("n", "f", None, root)]);
        assert!(text.contains(tag), "{tag}: {text}");
    }
}

#[test]
fn an_optional_property_that_every_object_inherits_may_be_the_inherited_one() {
    let schema = json!({ "properties": { "toString": { "type": "string" }, "valueOf": true } });
    assert_eq!(
        output(schema),
        r#"{ toString?: string | Object["toString"]; valueOf?: unknown }"#
    );
}

#[test]
fn a_schema_that_is_none_is_refused_with_its_place() {
    let cases = [
        (
            json!({ "type": "strnig" }),
            "input",
            "unknown type `strnig`",
        ),
        (json!({ "$ref": "#/$defs/Gone" }), "input", "refers to"),
        (
            json!({ "$ref": "https://example.org/a.json" }),
            "input",
            "refers to",
        ),
        (json!(5), "input", "neither an object nor a boolean"),
        (
            json!({ "type": "object", "additionalProperties": { "items": { "type": 5 } } }),
            "input[key][]",
            "neither a string nor a list",
        ),
        (super::document::nested(200), "input", "nested too deeply"),
    ];
    for (schema, place, problem) in cases {
        let error = refusal(schema);
        assert_eq!(error.tool, "n.f");
        assert_eq!(error.place, place, "{error}");
        assert!(error.problem.contains(problem), "{error}");
    }
}

#[test]
fn errors_and_notes_speak_in_the_words_of_the_source() {
    let gone = json!({ "$ref": "#/$defs/Gone" });
    let date = json!({ "x-codemode-notes": ["\"type\": \"date\""] });
    let endpoint = Source {
        kind: "endpoint",
        schema_remedy: "Mend it",
        name_remedy: "Rename one",
    };
    for (source, gone_says, twice_says, notes_say) in [
        (
            Source::default(),
            "the function `n.gone` can't be declared: output: its schema refers to `#/$defs/Gone`, which isn't part of it. \
             Describe the type with another schema",
            "the function `n.f` can't be declared: a place unknown and a place unknown: two functions have this name, and the \
             first one counts. Give each a name of its own, or put them into different namespaces",
            "the schemas of the function `n.f` can't be read everywhere, and what can't is declared as wide as needed: \
             `output` says `\"type\": \"date\"`",
        ),
        (
            endpoint,
            "the endpoint `n.gone` can't be declared: output: its schema refers to `#/$defs/Gone`, which isn't part of it. Mend it",
            "the endpoint `n.f` can't be declared: a place unknown and a place unknown: two endpoints have this name, and the first \
             one counts. Rename one",
            "the schemas of the endpoint `n.f` can't be read everywhere, and what can't is declared as wide as needed: `output` \
             says `\"type\": \"date\"`",
        ),
    ] {
        let function = |name, output| FunctionSchema {
            source,
            ..FunctionSchema::new("n", name, output)
        };
        let functions = [
            function("f", &date),
            function("f", &date),
            function("gone", &gone),
        ];
        let (_, left_out) = declare(&functions, Style::Compact);
        let said: Vec<String> = left_out.iter().map(ToString::to_string).collect();
        assert_eq!(said, [twice_says, gone_says]);
        let notes = notes_of(functions[0]).map(|notes| notes.to_string());
        assert_eq!(notes.as_deref(), Some(notes_say));
    }
}

#[test]
fn one_tool_that_cannot_be_declared_costs_no_other_one_its_declaration() {
    let tools = vec![
        tool("n", "bad", None, json!({ "$ref": "#/$defs/Gone" })),
        tool("n", "good", None, json!({ "type": "string" })),
        tool("n", "twice", None, json!({ "type": "number" })),
        tool("n", "twice", None, json!(true)),
    ];
    let (text, left_out) = Listed::new(tools).declare(Style::Readable);
    assert!(text.contains("function good(): Promise<string>;"), "{text}");
    assert!(
        text.contains("function twice(): Promise<number>;"),
        "{text}"
    );
    assert!(!text.contains("bad"), "{text}");
    let names: Vec<_> = left_out.iter().map(|error| error.tool.as_str()).collect();
    assert_eq!(names, ["n.twice", "n.bad"]);
    assert!(
        left_out[0]
            .place
            .contains("src/lib.rs:1:1 and src/lib.rs:1:1"),
        "{}",
        left_out[0]
    );
}

#[test]
fn a_type_that_is_made_of_itself_is_what_else_it_is() {
    let schema = json!({ "$ref": "#/$defs/A", "$defs": {
        "A": { "anyOf": [{ "$ref": "#/$defs/B" }, { "type": "null" }] },
        "B": { "anyOf": [{ "$ref": "#/$defs/A" }, { "type": "array", "items": { "$ref": "#/$defs/A" } }] },
        "C": { "$ref": "#/$defs/C" },
    } });
    let text = printed(vec![tool("n", "f", None, schema)]);
    assert!(text.contains("type A = null;"), "{text}");
    assert!(text.contains("type B = A[];"), "{text}");
}

/// What a document says of itself.
#[derive(JsonSchema)]
#[allow(dead_code)]
struct Document {
    /// Ends with */ and `backticks`.
    title: String,
    parent: Option<Box<Document>>,
    #[schemars(range(min = 1, max = 9))]
    priority: u8,
    status: Status,
    shape: Shape,
    tags: std::collections::BTreeMap<String, Vec<Option<f64>>>,
    pair: (String, u32),
    anything: Value,
}

#[derive(JsonSchema)]
#[allow(dead_code)]
enum Status {
    /// Nobody has seen it.
    Draft,
    /// Everybody may.
    #[serde(rename = "out-now")]
    Published,
}

#[derive(JsonSchema)]
#[serde(tag = "kind")]
#[allow(dead_code)]
enum Shape {
    Circle { radius: f64 },
    Named(Name),
    Empty,
}

#[derive(JsonSchema)]
#[allow(dead_code)]
struct Name {
    text: String,
}

#[test]
fn rust_types_of_all_kinds_read_as_if_written_by_hand() {
    let mut describe = tool(
        "docs",
        "describe",
        Some(as_input::<Document>()),
        as_output::<Vec<Name>>(),
    );
    describe.docs = "Describes a document.\n\nTakes its time.".to_owned();
    describe.deprecated = Some("use `explain`".to_owned());
    let text = printed(vec![describe]);
    golden("rust-types.d.ts", &text);
}

#[test]
fn a_type_of_one_namespace_is_inside_it_and_a_shared_one_outside() {
    let text = printed(vec![
        tool("a", "f", None, as_output::<Name>()),
        tool("b", "g", None, as_output::<Vec<Name>>()),
        tool("b", "h", None, as_output::<Status>()),
    ]);
    golden("shared-types.d.ts", &text);
}

#[test]
fn what_opts_into_a_type_of_javascript_has_it() {
    let big = json!({ "type": "integer", "x-codemode-type": "bigint" });
    let bytes = json!({ "type": "string", "x-codemode-type": "bytes" });
    assert_eq!(output(big.clone()), "bigint");
    let nullable = json!({ "anyOf": [big, { "type": "null" }] });
    assert_eq!(output(nullable), "bigint | null");
    let list = json!({ "type": "array", "items": bytes });
    assert_eq!(output(list), "Uint8Array[]");
}

#[derive(JsonSchema)]
#[allow(dead_code)]
struct Filter {
    limit: Option<u32>,
}

#[test]
fn a_type_that_differs_between_directions_has_two_names() {
    let text = printed(vec![tool(
        "a",
        "f",
        Some(as_input::<Filter>()),
        as_output::<Filter>(),
    )]);
    assert!(
        text.contains("interface Filter {\n    limit: number | null;"),
        "{text}"
    );
    assert!(text.contains("interface FilterInput {"), "{text}");
    assert!(
        text.contains("function f(input?: FilterInput): Promise<Filter>;"),
        "{text}"
    );
}

#[test]
fn two_types_of_one_name_are_told_apart_by_namespace_or_number() {
    let object = |field: &str| json!({ "$ref": "#/$defs/T", "$defs": { "T": { "type": "object", "properties": { field: true } } } });
    let apart = printed(vec![
        tool("a", "f", None, object("x")),
        tool("b", "g", None, object("y")),
    ]);
    assert_eq!(apart.matches("interface T {").count(), 2, "{apart}");

    // What is no keyword where it stands tells types apart, too.
    let property =
        |name: &str, schema: Value| json!({ "type": "object", "properties": { name: schema } });
    let value = |name: &str| property("v", json!({ "const": { "$ref": name, "$id": name } }));
    let definition = |schema: Value| json!({ "$ref": "#/$defs/T", "$defs": { "T": schema } });
    for [one, other] in [
        ["x", "y"].map(|name| property(name, json!(true))),
        ["string", "number"].map(|name| property("definitions", json!({ "type": name }))),
        ["a", "b"].map(value),
    ] {
        let together = printed(vec![
            tool("a", "f", None, definition(one)),
            tool("a", "g", None, definition(other)),
        ]);
        assert!(together.contains("function f(): Promise<T>;"), "{together}");
        assert!(
            together.contains("function g(): Promise<T2>;"),
            "{together}"
        );
    }
}

#[test]
fn the_text_does_not_depend_on_the_order_of_the_tools() {
    let tools = vec![
        tool("b", "g", None, as_output::<Vec<Name>>()),
        tool("a", "f", Some(as_input::<Document>()), as_output::<Shape>()),
        tool("a", "e", None, as_output::<Status>()),
    ];
    let reversed = tools.iter().rev().cloned().collect();
    assert_eq!(printed(tools), printed(reversed));
}

/// Compares with a file in `golden`, beside this one.
fn golden(name: &str, text: &str) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/golden");
    codemode_test_support::golden::check(std::path::Path::new(folder).join(name), text);
}

#[test]
fn the_members_of_a_union_keep_their_docs_wherever_it_stands() {
    let documented = |text: &str, schema: Value| {
        let mut schema = schema;
        schema["description"] = text.into();
        schema
    };
    let either = json!({ "anyOf": [
        documented("By name.", json!({ "type": "string" })),
        documented("By number.", json!({ "type": "number" })),
    ] });
    let nested = json!({ "anyOf": [documented("A way.", either.clone()), { "type": "null" }, { "type": "boolean" }] });
    let object = json!({ "type": "object", "properties": { "key": documented("Which one.", either.clone()) } });
    for (schema, readable, compact) in [
        (
            either.clone(),
            "\n    /** By name. */\n    | string\n    /** By number. */\n    | number",
            "\n|string // By name.\n|number // By number.\n",
        ),
        (
            json!({ "type": "array", "items": either }),
            "Array<\n    /** By name. */\n    | string\n    /** By number. */\n    | number>",
            "Array<\n|string // By name.\n|number // By number.\n>",
        ),
        (
            nested,
            "/** A way. */\n    | (\n",
            "\n|(\n|string // By name.\n|number // By number.\n) // A way.\n|null\n|boolean\n",
        ),
        (
            object,
            "/** Which one. */\n  key?:\n    /** By name. */\n    | string\n",
            "key?: // Which one.\n|string // By name.\n|number // By number.\n",
        ),
    ] {
        let functions = Listed::new(vec![tool("n", "f", None, schema)]);
        for (text, expected) in [
            (functions.text().unwrap(), readable),
            (functions.declare(Style::Compact).0, compact),
        ] {
            let unindented =
                |text: &str| text.lines().map(str::trim).collect::<Vec<_>>().join("\n");
            assert!(unindented(&text).contains(&unindented(expected)), "{text}");
        }
    }
}

#[test]
fn docs_of_the_one_member_that_has_some_are_the_property_s() {
    let about = |one: Value| {
        let schema = json!({ "type": "object", "properties": { "key": { "anyOf": [one, { "type": "null" }] } } });
        printed(vec![tool("n", "f", None, schema)])
    };
    let text = about(json!({ "type": "string", "description": "Which one." }));
    assert!(
        text.contains("/** Which one. */\n    key?: string | null;"),
        "{text}"
    );
    let text = about(json!({ "const": "x", "description": "That one." }));
    assert!(text.contains("/** That one. */\n      | \"x\"\n"), "{text}");
}
