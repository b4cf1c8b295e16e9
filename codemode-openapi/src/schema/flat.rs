//! Bodies whose properties stand beside the parameters.

use std::collections::HashSet;

use codemode_declarations::json_schema::percent_decode;
use serde_json::Value;

use crate::model::{Body, BodyForm};

/// References that lead to references, at most.
const MAX_STEPS: usize = 16;

/// Keywords that say no more than which properties an object has, or nothing of its values.
const OF_PLAIN_OBJECTS: [&str; 11] = [
    "type",
    "properties",
    "required",
    "additionalProperties",
    "title",
    "description",
    "example",
    "examples",
    "default",
    "deprecated",
    "externalDocs",
];

/// The names of a body's properties, if it is no more than an object with them: one that can be without all of them may be
/// missing as a whole.
pub(crate) fn flat_names(root: &Value, body: &Body) -> Option<Vec<String>> {
    if !matches!(
        body.form,
        BodyForm::Json | BodyForm::Form | BodyForm::Multipart
    ) {
        return None;
    }
    let keywords = object(root, &body.schema)?.as_object()?;
    let is_plain = keywords
        .iter()
        .all(|(keyword, value)| match keyword.as_str() {
            "type" => value == "object",
            // What else there may be couldn't be passed.
            "additionalProperties" => value == &Value::Bool(false),
            "xml" => true,
            keyword => OF_PLAIN_OBJECTS.contains(&keyword) || keyword.starts_with("x-"),
        });
    let properties = keywords.get("properties")?.as_object()?;
    let names: Vec<String> = properties
        .iter()
        .filter(|(_, schema)| schema.get("readOnly") != Some(&Value::Bool(true)))
        .map(|(name, _)| name.clone())
        .collect();
    let required: HashSet<&str> = keywords
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let has_required = names.iter().any(|name| required.contains(name.as_str()));
    // A required name without a schema couldn't be passed.
    let is_complete = required.iter().all(|name| properties.contains_key(*name));
    let fits = is_plain && is_complete && (body.is_required || !has_required);
    // Of nothing there is nothing to pass, if it need not be there or can't have more.
    let is_closed = keywords.contains_key("additionalProperties") || !body.is_required;
    (fits && (is_closed || !names.is_empty())).then_some(names)
}

/// The object at the end of a schema's references.
pub(super) fn object<'a>(root: &'a Value, schema: &'a Value) -> Option<&'a Value> {
    let mut schema = schema;
    for _ in 0..MAX_STEPS {
        match schema.get("$ref").and_then(Value::as_str) {
            Some(reference) => {
                let pointer = percent_decode(reference.strip_prefix('#')?)?;
                schema = root.pointer(&pointer)?;
            }
            None => return schema.is_object().then_some(schema),
        }
    }
    None
}
