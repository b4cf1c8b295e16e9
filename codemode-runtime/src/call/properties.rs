//! The properties of an input some of whose parameters are flattened.
//!
//! serde can't tell which of its properties nobody reads: `deny_unknown_fields` refuses as well what a flattened map or enum
//! does read. The schema knows, and it is what was declared.

use std::sync::OnceLock;

use schemars::Schema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::tool::descriptor::SchemaFn;
use crate::tool::root_schema::root_schema;

/// What can hold a part of an object's schema.
const PARTS: &[&str] = &["allOf", "anyOf", "oneOf"];

/// Deeper parts aren't looked into; only a schema that contains itself has any.
const MAX_DEPTH: usize = 32;

/// Closes the schema of an object to properties that it doesn't mention.
pub fn closed(mut schema: Schema) -> Schema {
    let Some(keywords) = schema.as_object_mut() else {
        return schema;
    };
    let is_said = |keyword: &str| keywords.contains_key(keyword);
    if !is_said("additionalProperties") && !is_said("unevaluatedProperties") {
        let in_parts = PARTS.iter().any(|part| is_said(part)) || is_said("$ref");
        let keyword = if in_parts {
            "unevaluatedProperties"
        } else {
            "additionalProperties"
        };
        keywords.insert(keyword.to_owned(), Value::Bool(false));
    }
    schema
}

/// The properties that an input may have, found out when they are first needed.
#[derive(Debug)]
pub struct Properties {
    schema: SchemaFn,
    aliases: &'static [&'static str],
    known: OnceLock<Known>,
}

#[derive(Debug, Default)]
struct Known {
    names: Vec<String>,
    /// Whether there may be others.
    is_open: bool,
}

impl Properties {
    /// Those of a schema, and names that aren't in it.
    pub const fn new(schema: SchemaFn, aliases: &'static [&'static str]) -> Self {
        Self {
            schema,
            aliases,
            known: OnceLock::new(),
        }
    }

    /// What is wrong with a name, if it is none of them.
    pub(crate) fn refuse(&self, name: &str) -> Option<String> {
        let known = self.known.get_or_init(|| Known::of(self.schema));
        let is_known = known.is_open
            || self.aliases.contains(&name)
            || known.names.iter().any(|known| known == name);
        (!is_known).then(|| {
            let names = known.names.join("`, `");
            format!("unknown field `{name}`, expected one of `{names}`")
        })
    }
}

impl Known {
    fn of(schema: SchemaFn) -> Self {
        let root = root_schema(SchemaSettings::draft2020_12().for_deserialize(), schema);
        let mut known = Self::default();
        known.add(&root, &root, 0);
        known
    }

    fn add(&mut self, schema: &Value, root: &Value, depth: usize) {
        let Value::Object(keywords) = schema else {
            self.is_open |= *schema != Value::Bool(false);
            return;
        };
        if depth > MAX_DEPTH {
            return;
        }
        for (keyword, value) in keywords {
            match (keyword.as_str(), value) {
                ("properties", Value::Object(properties)) => {
                    for name in properties.keys() {
                        if !self.names.contains(name) {
                            self.names.push(name.clone());
                        }
                    }
                }
                ("additionalProperties" | "unevaluatedProperties", value) => {
                    self.is_open |= *value != Value::Bool(false);
                }
                ("patternProperties", _) => self.is_open = true,
                ("$ref", Value::String(reference)) => {
                    let pointer = reference.trim_start_matches('#');
                    match root.pointer(pointer).filter(|_| !pointer.is_empty()) {
                        Some(schema) => self.add(schema, root, depth + 1),
                        None => self.is_open = true,
                    }
                }
                (part, Value::Array(schemas)) if PARTS.contains(&part) => {
                    for schema in schemas {
                        self.add(schema, root, depth + 1);
                    }
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use schemars::{SchemaGenerator, json_schema};

    use super::*;

    fn properties(schema: SchemaFn) -> Properties {
        Properties::new(schema, &["alias"])
    }

    #[test]
    fn names_are_known_wherever_they_stand() {
        fn schema(_: &mut SchemaGenerator) -> Schema {
            closed(json_schema!({
                "properties": { "a": {} },
                "oneOf": [{ "properties": { "b": {} } }, { "$ref": "#/properties/a" }],
                "allOf": [{ "anyOf": [{ "properties": { "c": {} } }, {}] }],
            }))
        }
        let properties = properties(schema);
        for name in ["a", "b", "c", "alias"] {
            assert_eq!(properties.refuse(name), None, "{name}");
        }
        let problem = properties.refuse("d").unwrap();
        assert_eq!(problem, "unknown field `d`, expected one of `a`, `b`, `c`");
    }

    #[test]
    fn what_is_open_takes_any_name() {
        let open: [SchemaFn; 3] = [
            |_| {
                closed(
                    json_schema!({ "properties": {}, "additionalProperties": { "type": "string" } }),
                )
            },
            |_| closed(json_schema!({ "anyOf": [{ "additionalProperties": true }, {}] })),
            |_| closed(json_schema!({ "patternProperties": { "^\\d+$": true } })),
        ];
        for schema in open {
            assert_eq!(properties(schema).refuse("d"), None);
        }
    }
}
