//! Schemas that bytes choose.

use serde_json::{Map, Value, json};

/// Schemas are nested no deeper than this.
const DEPTH: usize = 6;

/// Names that are hard to print, or that mean something somewhere.
const NAMES: &[&str] = &[
    "a", "b", "A", "constructor", "__proto__", "toString", "class", "a-b", "a b", "", "1", "\"", "\n", "*/", "日本", "\u{2028}", "$ref", "A/b~c",
];

/// References: some lead somewhere.
const REFERENCES: &[&str] = &[
    "#", "#/$defs/A", "#/$defs/b", "#/definitions/A", "#/properties/a", "#/properties/a/items", "#here", "#/$defs/A~1b~0c", "#/%24defs/A",
    "#/gone", "elsewhere.json#/a", "#/$defs/%zz",
];

#[rustfmt::skip]
const SCHEMAS: &[&str] = &[
    "additionalItems", "additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then", "unevaluatedProperties",
];
const LISTS: &[&str] = &["allOf", "anyOf", "oneOf", "prefixItems", "items"];
const MAPS: &[&str] = &["$defs", "definitions", "patternProperties", "properties"];
#[rustfmt::skip]
const VALUES: &[&str] = &[
    "const", "default", "deprecated", "exclusiveMinimum", "format", "maxItems", "maximum", "minItems", "minLength", "nullable", "pattern",
    "uniqueItems", "x-codemode-type", "x-kubernetes-int-or-string",
];
const VALUE_LISTS: &[&str] = &["enum", "examples", "required", "type"];
const TYPES: &[&str] = &["array", "boolean", "integer", "null", "number", "object", "string", "date"];
const TEXTS: &[&str] = &["Short.", "*/ }", "a\n\n- b\n```\n*/\n```", "\u{2029}", "See note A.", "The a."];

/// Bytes as choices, one after the other; at their end, always the first.
pub(crate) struct Choices<'a> {
    bytes: std::slice::Iter<'a, u8>,
}

impl<'a> Choices<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes: bytes.iter() }
    }

    fn below(&mut self, count: usize) -> usize {
        usize::from(self.bytes.next().copied().unwrap_or(0)) % count
    }

    fn one(&mut self, of: &[&'static str]) -> &'static str {
        of[self.below(of.len())]
    }

    /// A schema with what references can lead to.
    pub(crate) fn root(&mut self) -> Value {
        let mut root = self.schema(0);
        if let Value::Object(keywords) = &mut root {
            if self.below(4) == 0 {
                let dialect = self.one(&["http://json-schema.org/draft-07/schema#", "https://json-schema.org/draft/2020-12/schema"]);
                keywords.insert("$schema".to_owned(), dialect.into());
            }
            keywords.entry("$defs").or_insert_with(|| json!({ "A": self.schema(1), "b": self.schema(1) }));
        }
        root
    }

    fn schema(&mut self, depth: usize) -> Value {
        if depth == DEPTH {
            return json!({ "type": self.one(TYPES) });
        }
        let mut keywords = Map::new();
        for _ in 0..self.below(5) {
            let (keyword, value) = match self.below(13) {
                0 => (self.one(SCHEMAS), self.schema(depth + 1)),
                1 => (self.one(LISTS), (0..self.below(4)).map(|_| self.schema(depth + 1)).collect()),
                2 | 3 => {
                    let keyword = self.one(MAPS);
                    let named = (0..self.below(4)).map(|_| (self.one(NAMES).to_owned(), self.schema(depth + 1)));
                    (keyword, Value::Object(named.collect()))
                }
                4 => (self.one(VALUES), self.value(depth)),
                5 => (self.one(VALUE_LISTS), (0..self.below(4)).map(|_| self.value(depth)).collect()),
                6 => ("$ref", self.one(REFERENCES).into()),
                7 => (self.one(&["description", "title"]), self.one(TEXTS).into()),
                8 => (self.one(&["$anchor", "$id"]), "here".into()),
                9 => ("required", json!([self.one(NAMES), self.one(NAMES)])),
                10 => return json!(self.below(2) == 0),
                // What can't be read.
                11 => (self.one(&[SCHEMAS, LISTS, MAPS, VALUE_LISTS].concat()), self.value(depth)),
                _ => ("type", self.one(TYPES).into()),
            };
            keywords.insert(keyword.to_owned(), value);
        }
        keywords.into()
    }

    fn value(&mut self, depth: usize) -> Value {
        match self.below(10) {
            0 => Value::Null,
            1 => json!(self.below(2) == 0),
            2 => json!(self.below(256)),
            3 => json!(-9_007_199_254_740_993_i64),
            4 => json!(1e300),
            5 => json!(self.one(NAMES)),
            6 => json!(self.one(TYPES)),
            7 => json!(["bigint", "bytes", "uint64", "int32"][self.below(4)]),
            8 if depth < DEPTH => json!([self.value(depth + 1)]),
            9 if depth < DEPTH => json!({ self.one(NAMES): self.value(depth + 1) }),
            _ => json!(1),
        }
    }
}
