//! The types that scripts see.

#![allow(clippy::needless_pass_by_value, reason = "tables are made of values")]

use serde_json::{Value, json};

use crate::Document;

/// What is declared of one operation, `POST /things/{id}` with these fields, and these schemas beside it.
fn declared(operation: Value, schemas: Value) -> String {
    let mut operation = operation;
    operation["operationId"] = "f".into();
    operation["tags"] = json!(["n"]);
    let document = json!({
        "openapi": "3.0.3",
        "paths": { "/things/{id}": { "post": operation } },
        "components": { "schemas": schemas },
    });
    let document = Document::read(&document.to_string()).unwrap();
    assert_eq!(document.skipped(), []);
    document.catalogue().declarations().unwrap()
}

fn body(schema: Value, is_required: bool) -> Value {
    json!({ "requestBody": { "required": is_required, "content": { "application/json": { "schema": schema } } } })
}

fn answer(schema: Value) -> Value {
    json!({ "responses": { "200": { "description": "", "content": { "application/json": { "schema": schema } } } } })
}

/// The lines between the braces of a declared type, or the whole signature.
fn of_type(text: &str, name: &str) -> String {
    let start = format!("interface {name} {{");
    match text.split_once(&start) {
        Some((_, rest)) => {
            let inner = rest.split_once("\n  }").unwrap().0;
            let lines = inner
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty() && !line.starts_with('/'));
            lines.collect::<Vec<_>>().join(" ")
        }
        None => text
            .lines()
            .map(str::trim)
            .find(|line| line.starts_with("function"))
            .unwrap()
            .to_owned(),
    }
}

#[test]
fn a_body_stands_beside_the_parameters_where_nothing_is_lost() {
    let name = json!({ "type": "object", "properties": { "name": { "type": "string" } } });
    let required = json!({ "type": "object", "properties": { "name": { "type": "string" } }, "required": ["name"] });
    let collides = json!({ "type": "object", "properties": { "id": { "type": "integer" } } });
    let open = json!({ "type": "object", "properties": { "name": { "type": "string" } }, "additionalProperties": true });
    let cases = [
        (name.clone(), true, "id: string; name?: string;"),
        (name, false, "id: string; name?: string;"),
        (required.clone(), true, "id: string; name: string;"),
        (required, false, "id: string; body?: { name: string };"),
        (collides, true, "id: string; body: { id?: number; };"),
        (
            open,
            true,
            "id: string; body: { name?: string; [key: string]: unknown };",
        ),
        (
            json!({ "type": "array", "items": { "type": "string" } }),
            true,
            "id: string; body: string[];",
        ),
        (
            json!({ "$ref": "#/components/schemas/Named" }),
            true,
            "id: string; name: string;",
        ),
        (json!({}), true, "id: string; body: unknown;"),
        (
            json!({ "type": "object", "properties": {} }),
            false,
            "id: string;",
        ),
        (
            json!({ "type": "object", "properties": {}, "additionalProperties": false }),
            true,
            "id: string;",
        ),
    ];
    let schemas = json!({ "Named": { "type": "object", "properties": { "name": { "type": "string" } }, "required": ["name"] } });
    for (schema, is_required, expected) in cases {
        let text = declared(body(schema.clone(), is_required), schemas.clone());
        assert_eq!(
            of_type(&text, "FInput").replace(char::is_whitespace, ""),
            expected.replace(' ', ""),
            "{schema}\n{text}"
        );
    }
}

#[test]
fn what_older_versions_say_is_said_in_words_of_today() {
    let schemas =
        json!({ "Pet": { "type": "object", "properties": { "name": { "type": "string" } } } });
    let pet = json!({ "$ref": "#/components/schemas/Pet" });
    let cases = [
        (
            json!({ "type": "string", "nullable": true }),
            "string | null",
        ),
        (
            json!({ "type": "string", "enum": ["a"], "nullable": true }),
            "\"a\" | null",
        ),
        (pet.clone(), "Pet"),
        (json!({ "allOf": [pet], "nullable": true }), "Pet | null"),
        (
            json!({ "$ref": "#/components/schemas/Pet", "nullable": true }),
            "Pet | null",
        ),
        (json!({ "$ref": "other.yaml#/Pet" }), "unknown"),
        (json!({ "$ref": "#/$defs/Pet" }), "unknown"),
        (json!({ "$ref": "#" }), "unknown"),
        (
            json!({ "type": "number", "minimum": 1, "exclusiveMinimum": true }),
            "number",
        ),
    ];
    for (schema, expected) in cases {
        let text = declared(answer(schema.clone()), schemas.clone());
        assert!(
            text.contains(&format!("Promise<{expected}>;")),
            "{schema}\n{text}"
        );
    }
    let bound = json!({ "type": "object", "properties": { "a": { "type": "number", "minimum": 1, "exclusiveMinimum": true, "example": 2 } } });
    let text = declared(answer(bound), json!({}));
    assert!(
        text.contains("@exclusiveMinimum 1") || text.contains("> 1"),
        "{text}"
    );
}

#[test]
fn the_answers_to_requests_that_succeed_are_one_type() {
    let json = |schema: Value| json!({ "description": "", "content": { "application/json": { "schema": schema } } });
    let text = json!({ "type": "string" });
    let none = json!({ "description": "" });
    let cases = [
        (json!({ "204": none }), "null"),
        (
            json!({ "200": json(text.clone()), "204": none }),
            "string | null",
        ),
        (
            json!({ "200": json(text.clone()), "201": json(text.clone()) }),
            "string",
        ),
        (
            json!({ "200": json(text.clone()), "201": json(json!({ "type": "number" })), "400": json(json!({})) }),
            "string | number",
        ),
        (
            json!({ "200": { "description": "", "content": { "text/plain": {} } } }),
            "string",
        ),
        (
            json!({ "200": { "description": "", "content": { "image/png": {} } } }),
            "Uint8Array",
        ),
        (json!({ "400": json(text) }), "unknown"),
    ];
    for (responses, expected) in cases {
        let text = declared(json!({ "responses": responses }), json!({}));
        assert!(
            text.contains(&format!("Promise<{expected}>;")),
            "{responses}\n{text}"
        );
    }
}

#[test]
fn what_goes_one_way_only_is_declared_there_only() {
    let schemas = json!({ "User": {
        "type": "object",
        "required": ["key", "name", "password"],
        "properties": {
            "key": { "type": "integer", "readOnly": true },
            "name": { "type": "string" },
            "password": { "type": "string", "writeOnly": true },
        },
    } });
    let user = json!({ "$ref": "#/components/schemas/User" });
    let mut operation = body(user.clone(), true);
    operation["responses"] = answer(user)["responses"].clone();
    let text = declared(operation, schemas);
    assert_eq!(
        of_type(&text, "FInput"),
        "id: string; name: string; password: string;"
    );
    assert_eq!(of_type(&text, "User"), "key: number; name: string;");
}

#[test]
fn a_form_with_files_takes_bytes() {
    let schema = json!({ "type": "object", "required": ["file"], "properties": {
        "file": { "type": "string", "format": "binary" },
        "more": { "type": "array", "items": { "type": "string", "format": "binary" } },
        "note": { "type": "string" },
    } });
    let operation = json!({ "requestBody": { "required": true, "content": { "multipart/form-data": { "schema": schema } } } });
    let text = declared(operation, json!({}));
    assert_eq!(
        of_type(&text, "FInput"),
        "id: string; file: Uint8Array; more?: Uint8Array[]; note?: string;"
    );
}
