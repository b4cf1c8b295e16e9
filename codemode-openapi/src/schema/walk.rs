//! What is in a schema.

use std::collections::BTreeSet;

use codemode_declarations::json_schema::{Holds, for_each_subschema, holds};
use serde_json::{Map, Value};

/// What a reference to a definition begins with.
pub(super) const PREFIX: &str = "#/$defs/";

/// The names of the definitions that a schema refers to by itself.
pub(super) fn names_in(schema: &Value) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        if let Some(Value::String(reference)) = schema.get("$ref") {
            names.extend(reference.strip_prefix(PREFIX));
        }
        for_each_subschema(schema, |_, inner| open.push(inner));
    }
    names
}

/// Calls `visit` with each of the schemas directly inside of one.
pub(super) fn for_each_inner(
    keywords: &mut Map<String, Value>,
    visit: &mut impl FnMut(&mut Value),
) {
    for (keyword, value) in keywords {
        match (holds(keyword), value) {
            (Some(Holds::Named), Value::Object(named)) => named.values_mut().for_each(&mut *visit),
            (Some(Holds::List | Holds::SchemaOrList), Value::Array(places)) => {
                places.iter_mut().for_each(&mut *visit);
            }
            (Some(Holds::Schema | Holds::SchemaOrList), inner) => visit(inner),
            _ => {}
        }
    }
}
