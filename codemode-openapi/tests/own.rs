//! A document with every feature once.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

use codemode_openapi::Document;
use serde_json::{Value, json};

fn document() -> Document {
    Document::read(include_str!("service.yaml")).unwrap()
}

#[test]
fn every_feature_of_a_document_is_declared() {
    let declarations = document().catalogue().declarations().unwrap();
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/service.d.ts");
    codemode_test_support::golden::check(golden, &declarations);
}

#[test]
fn what_cannot_be_called_costs_itself_and_is_named() {
    let document = document();
    let skipped: Vec<String> = document.skipped().iter().map(ToString::to_string).collect();
    assert_eq!(
        skipped,
        [
            "`GET /odd/header` is left out: the parameter `a` has the style `deepObject`, which its place doesn't have",
            "`GET /odd/reference` is left out: its body refers to `#/components/requestBodies/Gone`, and there is nothing",
            "`/odd/elsewhere` is left out: the path refers to `paths.yaml#/elsewhere`, which isn't in this document; bundle the \
             document into one file",
        ]
    );
    assert_eq!(document.operations().len(), 9);
}

#[test]
fn a_method_says_how_an_operation_behaves() {
    let tools = document().tools();
    let annotations = |name: &str| {
        tools
            .iter()
            .find(|tool| tool.path() == name)
            .unwrap()
            .annotations
            .clone()
            .unwrap_or_default()
    };
    let cases = [
        ("books.list", json!({ "readOnlyHint": true })),
        ("books.create", json!(null)),
        ("books.replace", json!({ "idempotentHint": true })),
        ("books.delete_", json!({ "idempotentHint": true })),
    ];
    for (name, expected) in cases {
        assert_eq!(annotations(name), expected, "{name}");
    }
}

#[test]
fn a_text_that_is_no_document_says_why() {
    let cases = [
        (
            "a: [",
            "the OpenAPI document is neither JSON nor YAML: error: line 1 column 4: unclosed bracket '['",
        ),
        (
            "a: 1",
            "this isn't an OpenAPI document: it says neither `openapi: 3.…` nor `swagger: \"2.0\"`",
        ),
        (
            "[]",
            "this isn't an OpenAPI document: it says neither `openapi: 3.…` nor `swagger: \"2.0\"`",
        ),
        (
            "openapi: 4.0.0",
            "this isn't an OpenAPI document: it says neither `openapi: 3.…` nor `swagger: \"2.0\"`",
        ),
        (
            "openapi: 3.1.0",
            "the OpenAPI document has no `paths`, so there is nothing to call",
        ),
        (
            "swagger: 2.0",
            "the OpenAPI document has no `paths`, so there is nothing to call",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(
            Document::read(text).unwrap_err().to_string(),
            expected,
            "{text}"
        );
    }
    assert_eq!(
        Document::read("openapi: 3.1.0\npaths: {}").unwrap().tools(),
        []
    );
}

/// The pointers of all values within a value.
fn pointers(value: &Value, pointer: &str, found: &mut Vec<String>) {
    found.push(pointer.to_owned());
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                let name = name.replace('~', "~0").replace('/', "~1");
                pointers(inner, &format!("{pointer}/{name}"), found);
            }
        }
        Value::Array(values) => {
            for (place, inner) in values.iter().enumerate() {
                pointers(inner, &format!("{pointer}/{place}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn a_fault_costs_no_operation_but_those_that_have_it() {
    let sound: Value = serde_saphyr::from_str(include_str!("service.yaml")).unwrap();
    let all = document().operations().len() + document().skipped().len();
    let mut places = Vec::new();
    pointers(&sound["paths"], "/paths", &mut places);
    pointers(&sound["components"], "/components", &mut places);
    assert!(places.len() > 250, "{}", places.len());
    let odd = [
        json!(null),
        json!(5),
        json!("odd"),
        json!([[]]),
        json!({ "$ref": "#" }),
    ];
    for (number, place) in places
        .iter()
        .enumerate()
        .filter(|(_, place)| *place != "/paths")
    {
        let is_path = place.matches('/').count() == 2 && place.starts_with("/paths");
        // Neighbours have the others.
        let odd = &odd[number % 5];
        let mut faulty = sound.clone();
        *faulty.pointer_mut(place).unwrap() = odd.clone();
        let document = Document::read(&faulty.to_string()).unwrap();
        let (_, left_out) = document.catalogue().declarable();
        assert_eq!(left_out, [], "{place} {odd}");
        let is_gone = !is_path && document.operations().len() + document.skipped().len() < all;
        let is_method = place.matches('/').count() == 3 && place.starts_with("/paths");
        assert!(!is_gone || is_method, "{place} {odd}");
        for operation in document.operations() {
            // Whatever comes of it.
            let _ = operation.request(r#"{ "id": 1, "body": { "title": [null] }, "q": {} }"#);
        }
    }
}
