//! A schema's own keywords as today's JSON Schema has them. What older drafts share with OpenAPI is put right where schemas are read.

use serde_json::{Map, Value, json};

use super::Direction;

/// Puts the keywords of one schema right, but not of those in it.
pub(super) fn keywords(keywords: &mut Map<String, Value>, direction: Direction) {
    nullable(keywords);
    one_way(keywords, direction);
    // They are for those who write documents.
    for keyword in ["discriminator", "externalDocs", "xml"] {
        keywords.shift_remove(keyword);
    }
    keywords.retain(|keyword, _| !keyword.starts_with("x-") || keyword == "x-codemode-type");
}

/// What may be null says so in its type.
fn nullable(keywords: &mut Map<String, Value>) {
    let is_nullable = keywords.shift_remove("nullable") == Some(Value::Bool(true));
    if !is_nullable {
        return;
    }
    let null = Value::from("null");
    if let Some(Value::Array(values)) = keywords.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    let refers = ["$ref", "allOf", "anyOf", "oneOf"]
        .iter()
        .any(|of| keywords.contains_key(*of));
    match keywords.get_mut("type") {
        Some(Value::Array(types)) if types.contains(&null) => {}
        Some(Value::Array(types)) => types.push(null),
        Some(word) if !refers => *word = json!([word.take(), "null"]),
        _ if refers => {
            let description = keywords.shift_remove("description");
            let rest = std::mem::take(keywords);
            keywords.extend(description.map(|description| ("description".to_owned(), description)));
            keywords.insert("anyOf".to_owned(), json!([rest, { "type": "null" }]));
        }
        _ => {}
    }
}

/// Takes out the properties that go the other way only.
fn one_way(keywords: &mut Map<String, Value>, direction: Direction) {
    let other_way = match direction {
        Direction::In => "readOnly",
        Direction::Out => "writeOnly",
    };
    let Some(Value::Object(properties)) = keywords.get_mut("properties") else {
        return;
    };
    let gone: Vec<String> = properties
        .iter()
        .filter(|(_, schema)| schema.get(other_way) == Some(&Value::Bool(true)))
        .map(|(name, _)| name.clone())
        .collect();
    if gone.is_empty() {
        return;
    }
    properties.retain(|name, _| !gone.contains(name));
    if let Some(Value::Array(required)) = keywords.get_mut("required") {
        required.retain(|name| {
            name.as_str()
                .is_none_or(|name| gone.iter().all(|gone| gone != name))
        });
        if required.is_empty() {
            keywords.shift_remove("required");
        }
    }
}
