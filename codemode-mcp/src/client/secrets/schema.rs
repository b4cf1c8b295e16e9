//! A tool as its server lists it, scrubbed where people read and not where calls are made by it.

use serde_json::{Map, Value};

use super::Secrets;

/// What has words for people in it.
const WORDS: [&str; 4] = ["$comment", "description", "markdownDescription", "title"];

/// What has values in it that are only shown.
const SHOWN: [&str; 3] = ["default", "example", "examples"];

/// What has names of a user's own in it, and schemas under these.
const NAMED: [&str; 5] = [
    "$defs",
    "definitions",
    "dependentSchemas",
    "patternProperties",
    "properties",
];

impl Secrets {
    /// Scrubs the words of a listed tool. Its name, names of properties and values that it takes are its interface, and stay.
    pub(in crate::client) fn scrub_listed(&self, tool: &mut Value) {
        match tool {
            Value::Object(fields) => self.scrub_keywords(fields),
            Value::Array(items) => items.iter_mut().for_each(|item| self.scrub_listed(item)),
            _ => {}
        }
    }

    fn scrub_keywords(&self, keywords: &mut Map<String, Value>) {
        for (keyword, value) in keywords {
            match value {
                Value::Object(schemas) if NAMED.contains(&keyword.as_str()) => {
                    schemas
                        .values_mut()
                        .for_each(|schema| self.scrub_listed(schema));
                }
                Value::String(_) if WORDS.contains(&keyword.as_str()) => self.scrub_value(value),
                shown if SHOWN.contains(&keyword.as_str()) => self.scrub_value(shown),
                inner => self.scrub_listed(inner),
            }
        }
    }
}
