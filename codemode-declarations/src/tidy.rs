//! Schemas as servers send them, put right where they stand.
//!
//! What no schema can say is taken out, and what is left is as wide as needed: a fault costs the place that it is in. What
//! was written there is kept as a note, which the declaration's comment shows. Words of older dialects and of `OpenAPI` are
//! replaced by those of 2020-12.

mod contradictions;
mod keyword;
mod notes;
mod references;

use serde_json::{Map, Value};

use super::document::{self, Holds, MAX_DEPTH};
use keyword::Reading;

pub use notes::{NOTES, SchemaNotes, notes, notes_of};

/// Puts a schema right. What isn't a schema at all stays as it is.
pub fn tidy(root: &mut Value) {
    if is_empty_list(root) {
        *root = Value::Object(Map::new());
    }
    if root.is_object() {
        references::tidy(root);
    }
}

/// Puts right what stands where a schema should, whatever it is.
pub fn tidy_any(root: &mut Value) {
    tidy(root);
    if !root.is_object() && !root.is_boolean() {
        *root = unread(notes::shown(root));
    }
}

/// Languages that have one kind of table write an empty one as a list.
fn is_empty_list(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty)
}

/// Puts a schema right in which others may be, but for its references.
fn schema(value: &mut Value, depth: usize) {
    match value {
        Value::Bool(_) => {}
        _ if depth >= MAX_DEPTH => *value = unread("what is nested too deeply".to_owned()),
        Value::Object(keywords) => all_keywords(keywords, depth),
        _ if is_empty_list(value) => *value = Value::Object(Map::new()),
        _ => *value = unread(notes::shown(value)),
    }
}

/// A schema that says nothing, in the place of one that couldn't be read.
fn unread(what: String) -> Value {
    let mut keywords = Map::new();
    notes::add(&mut keywords, what);
    keywords.into()
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
    contradictions::take_out(keywords, &mut said);
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

#[cfg(test)]
mod tests;
