//! A schema and those in it, each put right in its place.

use serde_json::{Map, Value};

use super::keyword::{self, Reading};
use super::notes::{self, is_empty_list, unread};
use crate::document::{self, Holds, MAX_DEPTH};

/// Puts a schema right in which others may be, but for its references.
pub(super) fn schema(value: &mut Value, depth: usize) {
    match value {
        Value::Bool(_) => {}
        _ if depth >= MAX_DEPTH => *value = unread("what is nested too deeply".to_owned()),
        Value::Object(keywords) => all_keywords(keywords, depth),
        _ if is_empty_list(value) => *value = Value::Object(Map::new()),
        _ => *value = unread(notes::shown(value)),
    }
}

fn all_keywords(keywords: &mut Map<String, Value>, depth: usize) {
    let mut said = Vec::new();
    let mut required = Vec::new();
    for (keyword, mut value) in std::mem::take(keywords) {
        if keyword == "properties" {
            required = required_by_themselves(&mut value);
        }
        let reading = keyword::read(&keyword, &mut value);
        if let Reading::Otherwise(written) | Reading::Unread(written) = &reading {
            said.push(format!("\"{keyword}\": {written}"));
        }
        if let Reading::AsWritten | Reading::Otherwise(_) = reading {
            inner_schemas(&keyword, &mut value, depth + 1);
            keywords.insert(keyword, value);
        }
    }
    require(keywords, required);
    keyword::translate(keywords, &mut said);
    for note in said {
        notes::add(keywords, note);
    }
}

fn inner_schemas(keyword: &str, value: &mut Value, depth: usize) {
    match (document::holds(keyword), value) {
        (Some(Holds::Named), Value::Object(named)) => {
            named.values_mut().for_each(|inner| schema(inner, depth));
        }
        (Some(Holds::List | Holds::SchemaOrList), Value::Array(places)) => {
            for inner in places.iter_mut() {
                schema(inner, depth);
            }
        }
        (Some(Holds::Schema | Holds::SchemaOrList), inner) => schema(inner, depth),
        _ => {}
    }
}

/// The properties that say of themselves whether they are required, as in draft 3.
fn required_by_themselves(properties: &mut Value) -> Vec<Value> {
    let mut required = Vec::new();
    for (name, property) in properties.as_object_mut().into_iter().flatten() {
        let Some(keywords) = property.as_object_mut() else {
            continue;
        };
        if let Some(Value::Bool(is_required)) = keywords.get("required") {
            if *is_required {
                required.push(name.as_str().into());
            }
            keywords.shift_remove("required");
        }
    }
    required
}

fn require(keywords: &mut Map<String, Value>, more: Vec<Value>) {
    if more.is_empty() {
        return;
    }
    let known = keywords
        .entry("required")
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(known) = known {
        for name in more {
            if !known.contains(&name) {
                known.push(name);
            }
        }
    }
}
