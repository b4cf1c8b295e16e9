//! Faults and older words: one table a rule.

use serde_json::{Value, json};

use super::{NOTES, tidy};
use crate::Style;
use crate::listed::Listed;

fn tidied(mut schema: Value) -> Value {
    tidy(&mut schema);
    schema
}

/// How a property of this schema is declared, with its comment, in both styles.
fn declared(schema: &Value) -> [String; 2] {
    let input = json!({ "type": "object", "properties": { "a": schema } });
    let listed = json!([{ "name": "f", "inputSchema": input }]);
    let functions = Listed::of(listed);
    [Style::Readable, Style::Compact].map(|style| {
        let (text, left_out) = functions.declare(style);
        assert_eq!(left_out, [], "{schema}");
        text
    })
}

#[test]
#[allow(clippy::too_many_lines, reason = "most of it is a table")]
fn what_cannot_be_read_is_unknown_with_what_was_written() {
    let cases = [
        (
            json!({ "type": "unknown" }),
            "a?: unknown",
            r#""type": "unknown""#,
        ),
        (
            json!({ "type": "date" }),
            "a?: unknown",
            r#""type": "date""#,
        ),
        (json!({ "type": "" }), "a?: unknown", r#""type": """#),
        (json!({ "type": null }), "a?: unknown", r#""type": null"#),
        (json!({ "type": 5 }), "a?: unknown", r#""type": 5"#),
        (json!({ "type": [] }), "a?: unknown", r#""type": []"#),
        (
            json!({ "type": ["[truncated]", "null"] }),
            "a?: unknown",
            r#""type": ["[truncated]","null"]"#,
        ),
        (json!("string"), "a?: unknown", r#""string""#),
        (json!(null), "a?: unknown", "null"),
        (json!(5), "a?: unknown", "5"),
        (json!(["string"]), "a?: unknown", r#"["string"]"#),
        (
            json!({ "type": "array", "items": "string" }),
            "a?: unknown[]",
            r#"@items.schema "string""#,
        ),
        (
            json!({ "type": "array", "items": { "type": "file" } }),
            "a?: unknown[]",
            r#"@items.schema "type": "file""#,
        ),
        (
            json!({ "type": "array", "items": { "type": "object", "properties": { "b": true }, "required": "b" } }),
            "a?: { b?: unknown }[]",
            r#"@items.schema "required": "b""#,
        ),
        (
            json!({ "type": "object", "additionalProperties": { "type": "file" } }),
            "a?: Record<string, unknown>",
            r#"@values.schema "type": "file""#,
        ),
        (
            json!({ "$ref": "https://example.org/a.json" }),
            "a?: unknown",
            r#""$ref": "https://example.org/a.json""#,
        ),
        (
            json!({ "$ref": "#/$defs/Gone" }),
            "a?: unknown",
            r##""$ref": "#/$defs/Gone""##,
        ),
        (
            json!({ "$ref": "#/properties" }),
            "a?: unknown",
            r##""$ref": "#/properties""##,
        ),
        (json!({ "$ref": 5 }), "a?: unknown", r#""$ref": 5"#),
        (
            json!({ "type": "object", "properties": [{ "name": "b" }] }),
            "a?: Record<string, unknown>",
            r#""properties": [{"name":"b"}]"#,
        ),
        (
            json!({ "type": "object", "properties": { "b": true }, "required": ["b", 5] }),
            "a?: { b: unknown }",
            r#""required": ["b",5]"#,
        ),
        (
            json!({ "type": "object", "additionalProperties": "false" }),
            "a?: Record<string, unknown>",
            r#""additionalProperties": "false""#,
        ),
        (
            json!({ "type": "object", "patternProperties": ["^a"] }),
            "a?: Record<string, unknown>",
            r#""patternProperties": ["^a"]"#,
        ),
        (
            json!({ "type": "string", "enum": [] }),
            "a?: string",
            r#""enum": []"#,
        ),
        (
            json!({ "type": "string", "enum": "a,b" }),
            "a?: string",
            r#""enum": "a,b""#,
        ),
        (json!({ "anyOf": [] }), "a?: unknown", r#""anyOf": []"#),
        (
            json!({ "anyOf": [{ "type": "string" }, 5] }),
            "a?: unknown",
            "@schema 5",
        ),
        (
            json!({ "oneOf": [{ "type": "string" }, { "type": "date" }] }),
            "a?: unknown",
            r#"@schema "type": "date""#,
        ),
        (
            json!({ "type": "string", "maxLength": "many" }),
            "a?: string",
            r#""maxLength": "many""#,
        ),
        (
            json!({ "type": "string", "pattern": 5 }),
            "a?: string",
            r#""pattern": 5"#,
        ),
    ];
    for (schema, ty, note) in cases {
        let [readable, compact] = declared(&schema);
        assert!(readable.contains(ty), "{schema}: {readable}");
        assert!(readable.contains(note), "{schema}: {readable}");
        let note = note.split_once("schema ").map_or(note, |(_, note)| note);
        assert!(compact.contains(note), "{schema}: {compact}");
    }
}

#[test]
fn what_contradicts_itself_is_declared_as_it_is_meant() {
    let [a, b] = ["a", "b"].map(|name| {
        json!({ "type": "object", "properties": { name: { "type": "string" } }, "required": [name], "additionalProperties": false })
    });
    let open = |part: &Value| {
        let mut part = part.clone();
        part.as_object_mut().unwrap().remove("additionalProperties");
        part
    };
    let both = "a?: { a: string; b: string }";
    let cases = [
        (
            json!({ "type": "string", "enum": [1, 2] }),
            "a?: 1 | 2",
            r#""type": "string""#,
        ),
        (
            json!({ "type": "integer", "const": "x" }),
            r#"a?: "x""#,
            r#""type": "integer""#,
        ),
        (
            json!({ "type": "integer", "enum": [1.5] }),
            "a?: 1.5",
            r#""type": "integer""#,
        ),
        (
            json!({ "allOf": [{ "type": "string" }, { "type": "number" }] }),
            "a?: unknown",
            r#""allOf": ["#,
        ),
        (
            json!({ "type": "string", "allOf": [{ "type": "object" }] }),
            "a?: string",
            r#""allOf": ["#,
        ),
        (
            json!({ "allOf": [{ "enum": ["x"] }, { "enum": ["y"] }] }),
            "a?: unknown",
            r#""allOf": ["#,
        ),
        (
            json!({ "allOf": [open(&a), open(&b)], "additionalProperties": false }),
            both,
            r#""additionalProperties": false"#,
        ),
        (
            json!({ "allOf": [a, b] }),
            both,
            r#""additionalProperties": false"#,
        ),
        (
            json!({ "type": "object", "properties": { "a": { "type": "string" } }, "required": ["b"], "additionalProperties": false }),
            "a?: { a?: string; b: unknown }",
            r#""additionalProperties": false"#,
        ),
        (
            json!({ "type": "object", "anyOf": [open(&a)], "additionalProperties": false }),
            "a?: { a: string }",
            r#""additionalProperties": false"#,
        ),
        (
            json!({ "allOf": [open(&a), { "properties": { "a": { "type": "number" } } }] }),
            "a: unknown",
            r#"{"type":"string"}"#,
        ),
    ];
    for (schema, ty, note) in cases {
        let [readable, compact] = declared(&schema);
        assert!(readable.contains(ty), "{schema}: {readable}");
        for text in [readable, compact] {
            assert!(text.contains(note), "{schema}: {text}");
        }
    }
}

#[test]
fn what_contradicts_itself_behind_a_reference_is_declared_as_it_is_meant() {
    let closed = |name: &str| json!({ "type": "object", "properties": { name: { "type": "string" } }, "required": [name], "additionalProperties": false });
    let definitions = json!({
        "A": closed("a"),
        "B": closed("b"),
        "Text": { "type": "string" },
        "Count": { "type": "integer" },
        "Number": { "properties": { "a": { "$ref": "#/$defs/Count" } } },
        "Wrong": { "type": "string", "enum": [1] },
        "Circle": { "allOf": [{ "$ref": "#/$defs/Circle" }, { "type": "string" }] },
    });
    let refer = |name: &str| json!({ "$ref": format!("#/$defs/{name}") });
    let open = r#""additionalProperties": false"#;
    let cases = [
        (
            json!({ "allOf": [refer("A"), refer("B")] }),
            "key?: { a: string; b: string }",
            open,
        ),
        (
            json!({ "$ref": "#/$defs/A", "properties": { "c": { "type": "number" } } }),
            "key?: { c?: number; a: string }",
            open,
        ),
        (
            json!({ "type": "object", "properties": {}, "additionalProperties": false, "allOf": [refer("A")] }),
            "key?: Record<string, unknown> & A;",
            open,
        ),
        (
            json!({ "allOf": [refer("Text"), refer("Count")] }),
            "key?: unknown",
            r#""allOf": ["#,
        ),
        (
            json!({ "type": "number", "$ref": "#/$defs/Text" }),
            "key?: number",
            r##""$ref": "#/$defs/Text""##,
        ),
        (
            json!({ "allOf": [refer("A"), refer("Number")] }),
            "a: unknown",
            r#"@schema {"type":"string"}"#,
        ),
        // What is wrong with a definition costs no reference to it.
        (refer("Wrong"), "type Wrong = 1;", r#""type": "string""#),
        (refer("Circle"), "type Circle = string;", ""),
    ];
    for (schema, part, note) in cases {
        let input = json!({ "type": "object", "properties": {
            "key": schema, "a": refer("A"), "b": refer("B"), "text": refer("Text"), "count": refer("Count"),
        }, "$defs": definitions });
        let listed = json!([{ "name": "f", "inputSchema": input }]);
        let text = Listed::of(listed).text().unwrap();
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in [part, note, "a?: A; b?: B; text?: Text; count?: Count;"] {
            assert!(flat.contains(part), "{schema}: {part}: {text}");
        }
    }
}

#[test]
fn references_lead_to_what_they_led_to() {
    let text = || json!({ "type": "string" });
    let number = || json!({ "type": "number" });
    let list = json!({ "type": "array", "items": { "$ref": "#/properties/one/allOf/1" } });
    for (one, to, expected) in [
        // A member that can't be read keeps its place.
        (
            json!({ "anyOf": [text(), "x", number()] }),
            "anyOf/2",
            "other?: One2;",
        ),
        (
            json!({ "oneOf": [text(), null, [], number()] }),
            "oneOf/3",
            "other?: One3;",
        ),
        // Parts that aren't there any more.
        (
            json!({ "allOf": [text(), number()] }),
            "allOf/1",
            "other?: One1;",
        ),
        (
            json!({ "allOf": [list, number()] }),
            "allOf/0",
            "other?: One0;",
        ),
        // A property that is unknown in its place, since another part says otherwise.
        (
            json!({ "properties": { "b": number() }, "allOf": [{ "properties": { "b": text() } }] }),
            "properties/b",
            "other?: OneB;",
        ),
    ] {
        let other = json!({ "$ref": format!("#/properties/one/{to}") });
        let input = json!({ "type": "object", "properties": { "one": one, "other": other } });
        let text = Listed::of(json!([{ "name": "f", "inputSchema": input }]))
            .text()
            .unwrap();
        let text = text.replace("FInputOne", "One");
        assert!(text.contains(expected), "{one}: {text}");
        let is = |name: &str, ty: &str| {
            let declared = format!("type {name} = {ty};");
            assert!(text.contains(&declared), "{one}: {text}");
        };
        match expected {
            "other?: One0;" => {
                is("One0", "One1[]");
                is("One1", "number");
            }
            found => is(&found["other?: ".len()..found.len() - 1], "number"),
        }
    }
}

#[test]
fn many_references_to_what_has_many_properties_are_read_soon() {
    let properties: serde_json::Map<_, _> = (0..5_000)
        .map(|number| (format!("p{number}"), json!({ "type": "string" })))
        .collect();
    let wide = json!({ "type": "object", "properties": properties });
    let both = json!({ "allOf": [{ "$ref": "#/$defs/A" }, { "$ref": "#/$defs/B" }] });
    let uses: Vec<_> = (0..5_000).map(|_| both.clone()).collect();
    let mut schema = json!({ "prefixItems": uses, "$defs": { "A": wide, "B": wide } });
    let expected = schema.clone();
    tidy(&mut schema);
    assert_eq!(schema, expected);
}

#[test]
fn words_with_one_meaning_are_read_with_what_was_written() {
    let cases = [
        (json!({ "type": "int" }), "a?: number", r#""type": "int""#),
        (
            json!({ "type": "float" }),
            "a?: number",
            r#""type": "float""#,
        ),
        (
            json!({ "type": "String" }),
            "a?: string",
            r#""type": "String""#,
        ),
        (
            json!({ "type": "OBJECT", "properties": { "b": { "type": "BOOLEAN" } } }),
            "b?: boolean",
            r#""type": "BOOLEAN""#,
        ),
        (
            json!({ "type": ["string", null] }),
            "a?: string | null",
            r#""type": ["string",null]"#,
        ),
        (
            json!({ "anyOf": [{ "type": "str" }, { "type": "null" }] }),
            "a?: string | null",
            r#""type": "str""#,
        ),
        (
            json!({ "type": "string", "maxLength": "9" }),
            "@maxLength 9",
            r#""maxLength": "9""#,
        ),
    ];
    for (schema, part, note) in cases {
        let [readable, compact] = declared(&schema);
        assert!(readable.contains(part), "{schema}: {readable}");
        for text in [readable, compact] {
            assert_eq!(text.matches(note).count(), 1, "{schema}: {text}");
        }
    }
}

#[test]
fn what_has_no_value_and_what_older_words_say_needs_no_note() {
    let empty = json!({
        "type": "string", "enum": null, "items": null, "properties": null, "required": null, "$ref": null, "minimum": null,
        "additionalProperties": null, "title": null, "format": null,
    });
    let cases = [
        (empty, json!({ "type": "string" })),
        (json!({ "const": null }), json!({ "const": null })),
        (json!({ "type": "any" }), json!({})),
        (
            json!({ "type": null, "anyOf": [true] }),
            json!({ "anyOf": [true] }),
        ),
        (
            json!({ "properties": [], "items": [] }),
            json!({ "properties": {}, "items": [] }),
        ),
        (json!([]), json!({})),
        (
            json!({ "minimum": 0, "exclusiveMinimum": true, "maximum": 9, "exclusiveMaximum": false }),
            json!({ "exclusiveMinimum": 0, "maximum": 9 }),
        ),
        (json!({ "divisibleBy": 2 }), json!({ "multipleOf": 2 })),
        (json!({ "example": "a" }), json!({ "examples": ["a"] })),
        (
            json!({ "properties": { "a": { "required": true }, "b": { "required": false }, "c": { "required": true } }, "required": ["c"] }),
            json!({ "properties": { "a": {}, "b": {}, "c": {} }, "required": ["c", "a"] }),
        ),
        (
            json!({ "description": ["One.", "Two."] }),
            json!({ "description": "One.\nTwo." }),
        ),
    ];
    for (schema, expected) in cases {
        assert_eq!(tidied(schema.clone()), expected, "{schema}");
    }
}

#[test]
fn a_schema_that_is_right_stays_as_it_is() {
    let schemas = [
        json!(true),
        json!("no schema at all"),
        json!({ "type": "object", "properties": { "required": { "type": "boolean" }, "type": true, "items": { "enum": [null] } },
                "required": ["type"], "additionalProperties": false, "$defs": { "A": { "$ref": "#" } } }),
        json!({ "properties": { "a": { "$ref": "#/components/schemas/A" } }, "components": { "schemas": { "A": { "type": "string" } } } }),
        json!({ "items": [{ "type": "number" }], "additionalItems": false, "default": { "type": "strnig" }, "x-own": { "type": 5 } }),
        json!({ "anyOf": [{ "$ref": "#a" }, { "$anchor": "a", "type": "string" }] }),
        // What excludes some values, or all others, contradicts nothing.
        json!({ "type": "string", "enum": ["a", 1, null] }),
        json!({ "type": ["integer", "null"], "enum": [1.0, null] }),
        json!({ "type": "object", "properties": { "a": { "type": "string" }, "b": false }, "additionalProperties": false,
                "oneOf": [{ "required": ["a"] }, { "properties": { "b": { "type": "string" } } }] }),
        json!({ "allOf": [{ "type": ["string", "null"] }, { "type": "string", "nullable": true }, { "minLength": 1 }] }),
        json!({ "properties": { "a": { "enum": ["x", "y"] } }, "allOf": [{ "properties": { "a": { "const": "x" } } }] }),
    ];
    for schema in schemas {
        assert_eq!(tidied(schema.clone()), schema);
    }
}

#[test]
fn data_is_no_schema_whatever_refers_to_it() {
    let data = json!({ "type": "strnig", "properties": 5, "anyOf": [] });
    for (keyword, value, inner) in [
        ("default", data.clone(), ""),
        ("const", data.clone(), ""),
        ("enum", json!([data]), "/0"),
        ("examples", json!([data]), "/0"),
    ] {
        let refer = |to: &str| json!({ "$ref": format!("#/{to}/{keyword}{inner}") });
        let lost =
            |to: &str| json!({ (NOTES): [format!("\"$ref\": \"#/{to}/{keyword}{inner}\"")] });
        let with = |refer: &dyn Fn(&str) -> Value| {
            json!({
                "properties": {
                    "a": { keyword: value },
                    "b": refer("properties/a"),
                    "c": { "$ref": "#/components/C" },
                    "d": refer("components/C"),
                },
                "components": { "C": { keyword: value } },
            })
        };
        assert_eq!(tidied(with(&refer)), with(&lost), "{keyword}");
    }
}

#[test]
fn data_that_was_not_read_as_a_whole_is_left_out_with_a_note() {
    // As a reader of texts leaves it behind that has met a number that JSON doesn't have.
    let data = json!([{ "b": 1 }, { "c": { (NOTES): ["\"d\": NaN"] } }]);
    for keyword in ["const", "default", "enum", "examples"] {
        let schema = json!({ "type": "array", keyword: data });
        let note = format!("\"{keyword}\": … \"d\": NaN");
        assert_eq!(tidied(schema), json!({ "type": "array", (NOTES): [note] }));
    }
}

#[test]
fn what_a_reference_leads_to_is_put_right_wherever_it_is() {
    let schema = json!({ "$ref": "#/components/A", "components": { "A": { "items": { "$ref": "#/components/B" } }, "B": { "type": "date" } } });
    let right = tidied(schema);
    let expected = json!({ "x-codemode-notes": ["\"type\": \"date\""] });
    assert_eq!(right["components"]["B"], expected);
}

#[test]
fn what_is_nested_too_deeply_ends_in_a_note() {
    let work = || {
        let schema = tidied(crate::document::nested(10_000));
        let listed = json!([{ "name": "f", "inputSchema": { "properties": { "a": schema } } }]);
        let (text, left_out) = Listed::of(listed).declare(Style::Readable);
        assert_eq!(left_out, []);
        assert!(text.contains("schema what is nested too deeply"), "{text}");
    };
    let thread = std::thread::Builder::new().stack_size(64 << 20).spawn(work);
    thread.unwrap().join().unwrap();
}

#[test]
fn all_places_of_a_tool_are_named_once() {
    let listed = json!([{ "name": "f", "inputSchema": { "properties": {
        "a": { "type": "date" },
        "b": { "items": [{ "$ref": "#/definitions/Page" }, { "$ref": "#/definitions/Page" }] },
        "c": { "additionalProperties": "x", "anyOf": [{ "type": "date" }, { "type": "date" }] },
    }, "definitions": { "Page": { "properties": { "at": { "type": "date" } } } } }, "outputSchema": 3 }]);
    let functions = Listed::of(listed);
    let notes = functions.notes();
    let places: Vec<&str> = notes[0]
        .places
        .iter()
        .map(|(place, _)| place.as_str())
        .collect();
    assert_eq!(
        places,
        ["input.a", "input.c", "input.c", "Page.at", "output"]
    );
    assert!(
        notes[0]
            .to_string()
            .contains("`input.a` says `\"type\": \"date\"`"),
        "{}",
        notes[0]
    );
}
