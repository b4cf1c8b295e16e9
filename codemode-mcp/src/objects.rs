//! The objects among what an input's schema takes: a call sends nothing else.

use serde_json::{Map, Value};

use codemode_declarations::json_schema::{Document, for_each_subschema, is_reference};

/// No object fits a schema.
pub(super) struct NoObject;

/// Leaves of a schema what an object can be.
///
/// # Errors
///
/// If nothing is left.
pub(super) fn keep(schema: &mut Value) -> Result<(), NoObject> {
    if *schema == Value::Bool(true) {
        *schema = Value::Object(Map::new());
    }
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str)
        && let Ok(document) = Document::new(schema)
        && let Some((_, target)) = document.resolve(reference)
    {
        narrow(&mut target.clone())?;
    }
    let mut narrowed = schema.clone();
    narrow(&mut narrowed)?;
    // A reference to a part means it as it is and where it is, so a schema that has some is left as wide as it is.
    if same_targets(schema, &narrowed) {
        *schema = narrowed;
    }
    if let Value::Object(keywords) = schema {
        say_object(keywords);
    }
    Ok(())
}

/// Whether all references of a schema still lead to what they led to.
fn same_targets(before: &Value, after: &Value) -> bool {
    let (Ok(before), Ok(after)) = (Document::new(before), Document::new(after)) else {
        return false;
    };
    let mut open = vec![before.root];
    while let Some(schema) = open.pop() {
        for_each_subschema(schema, |_, inner| open.push(inner));
        let mut references = schema
            .as_object()
            .into_iter()
            .flatten()
            .filter_map(|(keyword, value)| is_reference(keyword).then_some(value)?.as_str());
        let target = |document: &Document<'_>, reference: &str| {
            document
                .resolve(reference)
                .map(|(_, target)| target.clone())
        };
        if references.any(|reference| target(&before, reference) != target(&after, reference)) {
            return false;
        }
    }
    true
}

/// The same of a schema that is as deep as tidy ones are.
fn narrow(schema: &mut Value) -> Result<(), NoObject> {
    let keywords = match schema {
        Value::Bool(false) => return Err(NoObject),
        Value::Object(keywords) => keywords,
        _ => return Ok(()),
    };
    if keywords.get("nullable").is_some_and(Value::is_boolean) {
        keywords.shift_remove("nullable");
    }
    if let Some(value) = keywords.get("const")
        && !value.is_object()
    {
        return Err(NoObject);
    }
    match keywords.get_mut("type") {
        Some(Value::Array(names)) => {
            names.retain(|name| name == "object");
            let only = names.pop().ok_or(NoObject)?;
            keywords.insert("type".to_owned(), only);
        }
        Some(name) if name != "object" => return Err(NoObject),
        _ => {}
    }
    if let Some(Value::Array(values)) = keywords.get_mut("enum") {
        values.retain(Value::is_object);
        if values.is_empty() {
            return Err(NoObject);
        }
    }
    for keyword in ["anyOf", "oneOf"] {
        if let Some(Value::Array(members)) = keywords.get_mut(keyword) {
            members.retain_mut(|member| narrow(member).is_ok());
            if members.is_empty() {
                return Err(NoObject);
            }
        }
    }
    if let Some(Value::Array(parts)) = keywords.get_mut("allOf") {
        for part in parts {
            narrow(part)?;
        }
    }
    Ok(())
}

/// Says of an input that says nothing of its type what the protocol says of all.
fn say_object(keywords: &mut Map<String, Value>) {
    let says_otherwise = |keyword: &str| {
        let others = [
            "$ref", "allOf", "anyOf", "const", "enum", "not", "oneOf", "type",
        ];
        others.contains(&keyword)
    };
    if !keywords.keys().any(|keyword| says_otherwise(keyword)) {
        keywords.insert("type".to_owned(), "object".into());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_no_object_is_left_out() {
        let object =
            json!({ "type": "object", "properties": { "a": { "type": ["string", "null"] } } });
        let wide = json!({ "type": ["object", "null"], "properties": { "a": { "type": ["string", "null"] } } });
        // Where a reference leads stays.
        let referring = json!({ "anyOf": [{ "type": "string" }, object, { "type": "object", "properties": { "b": { "$ref": "#/anyOf/1" } } }] });
        let recursive =
            json!({ "type": ["object", "null"], "properties": { "next": { "$ref": "#" } } });
        let cases = [
            (json!(true), json!({ "type": "object" })),
            (
                json!({ "items": {} }),
                json!({ "items": {}, "type": "object" }),
            ),
            (wide.clone(), object.clone()),
            (
                json!({ "type": "object", "nullable": true }),
                json!({ "type": "object" }),
            ),
            (
                json!({ "anyOf": [object, { "type": "null" }, { "type": "array" }] }),
                json!({ "anyOf": [object] }),
            ),
            (
                json!({ "oneOf": [{ "anyOf": [wide, { "type": "string" }] }, { "$ref": "#/$defs/A" }], "$defs": { "A": object } }),
                json!({ "oneOf": [{ "anyOf": [object] }, { "$ref": "#/$defs/A" }], "$defs": { "A": object } }),
            ),
            (referring.clone(), referring),
            (recursive.clone(), recursive),
            (
                json!({ "enum": [1, { "a": 1 }] }),
                json!({ "enum": [{ "a": 1 }] }),
            ),
        ];
        for (mut schema, expected) in cases {
            assert!(keep(&mut schema).is_ok(), "{expected}");
            assert_eq!(schema, expected);
        }
    }

    #[test]
    fn a_schema_that_no_object_fits_is_told() {
        for mut schema in [
            json!(false),
            json!({ "type": "array", "items": { "type": "string" } }),
            json!({ "type": ["string", "null"] }),
            json!({ "enum": ["a"] }),
            json!({ "const": 1 }),
            json!({ "anyOf": [{ "type": "string" }, { "type": "null" }] }),
            json!({ "allOf": [{ "type": "object" }, { "type": "string" }] }),
            json!({ "$ref": "#/$defs/Names", "$defs": { "Names": { "type": "array" } } }),
        ] {
            assert!(keep(&mut schema).is_err(), "{schema}");
        }
    }
}
