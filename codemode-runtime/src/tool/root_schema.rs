//! The schema of a Rust type.

use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value};

use super::descriptor::SchemaFn;

/// What schemars writes of a map whose keys are integers.
const KEYS_OF_INTEGERS: &[&str] = &[r"^\d+$", r"^-?\d+$"];

/// A schema that stands on its own: the type's own schema or reference, with all definitions that it needs.
pub fn root_schema(settings: SchemaSettings, schema: SchemaFn) -> Value {
    let mut generator = SchemaGenerator::new(settings);
    let mut root = schema(&mut generator).to_value();
    let mut definitions: Map<_, _> = generator.take_definitions(true).into_iter().collect();
    mend(&mut root);
    definitions.values_mut().for_each(mend);
    match root {
        Value::Object(mut root) => {
            if !definitions.is_empty() {
                root.insert("$defs".to_owned(), Value::Object(definitions));
            }
            Value::Object(root)
        }
        // `true` and `false` are schemas, too, and have no room for definitions.
        other => other,
    }
}

/// Says what schemars loses when it flattens a map whose keys are integers: that there are no other keys.
fn mend(schema: &mut Value) {
    match schema {
        Value::Object(keywords) => {
            let is_map = keywords
                .get("patternProperties")
                .and_then(Value::as_object)
                .is_some_and(|patterns| {
                    let mut patterns = patterns.keys();
                    patterns.all(|pattern| KEYS_OF_INTEGERS.contains(&&**pattern))
                });
            if is_map && !keywords.contains_key("unevaluatedProperties") {
                keywords
                    .entry("additionalProperties")
                    .or_insert(Value::Bool(false));
            }
            keywords.values_mut().for_each(mend);
        }
        Value::Array(values) => values.iter_mut().for_each(mend),
        _ => {}
    }
}
