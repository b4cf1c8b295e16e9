//! JSON Schemas that nobody wrote.

use fastrand::Rng;
use serde_json::{Map, Value, json};

const NAMES: &[&str] = &[
    "a",
    "b",
    "c",
    "a b",
    "\"",
    "__proto__",
    "constructor",
    "toString",
    "1",
    "",
    "日本",
    "x-y",
    "class",
    "\n",
    "*/",
];

const TEXTS: &[&str] = &["", "a", "b", "1", "*/ `x` <b>", "🙂"];

const FORMATS: &[&str] = &[
    "date",
    "date-time",
    "uuid",
    "uri",
    "email",
    "ipv4",
    "int32",
    "made-up",
];

/// A schema with definitions, in one of two dialects.
pub fn random_schema(rng: &mut Rng) -> Value {
    let old = rng.usize(..3) == 0;
    let mut maker = Maker {
        rng,
        old,
        in_definition: false,
    };
    let mut root = maker.with_keywords(3);
    let dialect = if old {
        "http://json-schema.org/draft-07/schema#"
    } else {
        "https://json-schema.org/draft/2020-12/schema"
    };
    root.insert("$schema".to_owned(), dialect.into());
    maker.in_definition = true;
    let definitions: Map<_, _> = ["A", "B"]
        .into_iter()
        .map(|name| {
            let mut keywords = maker.with_keywords(2);
            if !old {
                keywords.insert("$anchor".to_owned(), format!("anchor{name}").into());
            }
            (name.to_owned(), Value::Object(keywords))
        })
        .collect();
    root.insert(
        if old { "definitions" } else { "$defs" }.to_owned(),
        definitions.into(),
    );
    Value::Object(root)
}

struct Maker<'a> {
    rng: &'a mut Rng,
    /// Draft 7.
    old: bool,
    /// A definition may refer to another one only from within an object or an array: else it could be made of itself.
    in_definition: bool,
}

impl Maker<'_> {
    fn schema(&mut self, depth: usize) -> Value {
        if self.rng.usize(..25) == 0 {
            return Value::Bool(self.rng.usize(..4) > 0);
        }
        let mut keywords = Map::new();
        match self.rng.usize(..if depth == 0 { 8 } else { 18 }) {
            0 => self.values(&mut keywords),
            1 | 2 => self.reference(&mut keywords),
            3 => {}
            4 => self.number(&mut keywords),
            5 => self.string(&mut keywords),
            6 => drop(keywords.insert("type".to_owned(), self.type_name())),
            7 => {
                let names: Vec<_> = (0..3)
                    .map(|_| self.type_name())
                    .filter(|name| name != "array" && name != "object")
                    .collect();
                let mut names = names;
                names.sort_by_key(Value::to_string);
                names.dedup();
                if !names.is_empty() {
                    keywords.insert("type".to_owned(), names.into());
                }
            }
            8..=11 => self.object(&mut keywords, depth),
            12 | 13 => self.array(&mut keywords, depth),
            _ => self.combination(&mut keywords, depth),
        }
        if self.rng.usize(..5) == 0 && depth > 0 {
            self.combination(&mut keywords, depth);
        }
        if self.rng.usize(..12) == 0 {
            self.reference(&mut keywords);
        }
        self.annotations(&mut keywords);
        Value::Object(keywords)
    }

    /// A schema that is no boolean.
    fn with_keywords(&mut self, depth: usize) -> Map<String, Value> {
        match self.schema(depth) {
            Value::Object(keywords) => keywords,
            boolean => Map::from_iter([("allOf".to_owned(), json!([boolean]))]),
        }
    }

    /// A schema of something inside, where any reference is fine.
    fn inner(&mut self, depth: usize) -> Value {
        let before = std::mem::replace(&mut self.in_definition, false);
        let schema = self.schema(depth - 1);
        self.in_definition = before;
        schema
    }

    fn one(&mut self, options: &[&str]) -> String {
        self.rng
            .choice(options)
            .copied()
            .unwrap_or_default()
            .to_owned()
    }

    fn type_name(&mut self) -> Value {
        self.one(&[
            "null", "boolean", "integer", "number", "string", "array", "object",
        ])
        .into()
    }

    fn value(&mut self) -> Value {
        match self.rng.usize(..8) {
            0 => Value::Null,
            1 => Value::Bool(self.rng.bool()),
            2 => json!(0.5),
            3 => json!(1),
            4 => json!([1, "a"]),
            5 => json!({ "a": 1, "__proto__": null }),
            _ => self.one(TEXTS).into(),
        }
    }

    fn values(&mut self, keywords: &mut Map<String, Value>) {
        if self.rng.bool() {
            keywords.insert("const".to_owned(), self.value());
        } else {
            let mut values: Vec<Value> = Vec::new();
            for _ in 0..=self.rng.usize(..4) {
                let value = self.value();
                if !values.contains(&value) {
                    values.push(value);
                }
            }
            keywords.insert("enum".to_owned(), values.into());
        }
        if self.rng.usize(..4) == 0 {
            keywords.insert("type".to_owned(), self.type_name());
        }
    }

    fn reference(&mut self, keywords: &mut Map<String, Value>) {
        if self.in_definition {
            return;
        }
        let definitions = if self.old { "definitions" } else { "$defs" };
        let reference = match self.rng.usize(..6) {
            0 if !self.old => "#anchorA".to_owned(),
            1 => format!("#/{definitions}/B"),
            _ => format!("#/{definitions}/A"),
        };
        keywords.insert("$ref".to_owned(), reference.into());
    }

    fn number(&mut self, keywords: &mut Map<String, Value>) {
        keywords.insert("type".to_owned(), self.one(&["integer", "number"]).into());
        for (keyword, bound) in [("minimum", 0), ("exclusiveMaximum", 9), ("multipleOf", 2)] {
            if self.rng.usize(..4) == 0 {
                keywords.insert(keyword.to_owned(), bound.into());
            }
        }
    }

    fn string(&mut self, keywords: &mut Map<String, Value>) {
        keywords.insert("type".to_owned(), "string".into());
        match self.rng.usize(..5) {
            0 => drop(keywords.insert("format".to_owned(), self.one(FORMATS).into())),
            1 => drop(keywords.insert("pattern".to_owned(), "^a".into())),
            2 => drop(keywords.insert("maxLength".to_owned(), 3.into())),
            3 => drop(keywords.insert("contentEncoding".to_owned(), "base64".into())),
            _ => {}
        }
    }

    fn object(&mut self, keywords: &mut Map<String, Value>, depth: usize) {
        if self.rng.usize(..4) > 0 {
            keywords.insert("type".to_owned(), "object".into());
        }
        if self.rng.usize(..5) > 0 {
            let count = self.rng.usize(..4);
            let named: Map<_, _> = (0..count)
                .map(|_| (self.one(NAMES), self.inner(depth)))
                .collect();
            keywords.insert("properties".to_owned(), named.into());
        }
        if self.rng.bool() {
            let mut required: Vec<Value> = (0..2).map(|_| self.one(&NAMES[..8]).into()).collect();
            required.dedup();
            keywords.insert("required".to_owned(), required.into());
        }
        match self.rng.usize(..5) {
            0 => drop(keywords.insert("additionalProperties".to_owned(), false.into())),
            1 | 2 => drop(keywords.insert("additionalProperties".to_owned(), self.inner(depth))),
            _ => {}
        }
        if self.rng.usize(..5) == 0 {
            let patterns = json!({ (self.one(&["^a", "^x-", "^\\d+$"])): self.inner(depth) });
            keywords.insert("patternProperties".to_owned(), patterns);
        }
        if self.rng.usize(..8) == 0 {
            keywords.insert("propertyNames".to_owned(), json!({ "pattern": "^[ab]" }));
        }
        if self.rng.usize(..8) == 0 {
            keywords.insert("minProperties".to_owned(), 1.into());
        }
        if self.rng.usize(..8) == 0 && !self.old {
            keywords.insert("unevaluatedProperties".to_owned(), false.into());
        }
        if self.rng.usize(..10) == 0 && !self.old {
            keywords.insert("dependentRequired".to_owned(), json!({ "a": ["b"] }));
        }
    }

    fn array(&mut self, keywords: &mut Map<String, Value>, depth: usize) {
        if self.rng.usize(..4) > 0 {
            keywords.insert("type".to_owned(), "array".into());
        }
        let places: Vec<Value> = (0..self.rng.usize(..4))
            .map(|_| self.inner(depth))
            .collect();
        let (of_places, behind) = if self.old {
            ("items", "additionalItems")
        } else {
            ("prefixItems", "items")
        };
        let behind = if places.is_empty() { "items" } else { behind };
        if !places.is_empty() {
            keywords.insert(of_places.to_owned(), places.into());
        }
        match self.rng.usize(..3) {
            0 => drop(keywords.insert(behind.to_owned(), self.inner(depth))),
            1 if !keywords.is_empty() => drop(keywords.insert(behind.to_owned(), false.into())),
            _ => {}
        }
        for (keyword, most) in [("minItems", 4), ("maxItems", 5)] {
            if self.rng.usize(..3) == 0 {
                keywords.insert(keyword.to_owned(), self.rng.usize(..most).into());
            }
        }
        if self.rng.usize(..6) == 0 {
            keywords.insert("uniqueItems".to_owned(), true.into());
        }
        if self.rng.usize(..8) == 0 {
            keywords.insert("contains".to_owned(), json!({ "type": "number" }));
        }
    }

    fn combination(&mut self, keywords: &mut Map<String, Value>, depth: usize) {
        let depth = depth - 1;
        match self.rng.usize(..7) {
            0 | 1 => drop(keywords.insert("anyOf".to_owned(), self.several(depth))),
            2 | 3 => drop(keywords.insert("oneOf".to_owned(), self.several(depth))),
            4 => drop(keywords.insert("allOf".to_owned(), self.several(depth))),
            5 => drop(keywords.insert("not".to_owned(), self.schema(depth))),
            _ => {
                keywords.insert("if".to_owned(), self.schema(depth));
                keywords.insert("then".to_owned(), self.schema(depth));
                if self.rng.bool() {
                    keywords.insert("else".to_owned(), self.schema(depth));
                }
            }
        }
    }

    fn several(&mut self, depth: usize) -> Value {
        (0..=self.rng.usize(..3))
            .map(|_| self.schema(depth))
            .collect()
    }

    fn annotations(&mut self, keywords: &mut Map<String, Value>) {
        if self.rng.usize(..6) == 0 {
            keywords.insert("description".to_owned(), self.one(TEXTS).into());
        }
        if self.rng.usize(..12) == 0 {
            keywords.insert("title".to_owned(), self.one(TEXTS).into());
        }
        if self.rng.usize(..12) == 0 {
            keywords.insert("default".to_owned(), self.value());
        }
        if self.rng.usize(..16) == 0 {
            keywords.insert("examples".to_owned(), json!([self.value()]));
        }
        if self.rng.usize(..16) == 0 {
            keywords.insert("deprecated".to_owned(), true.into());
        }
    }
}

/// The schema as its type reads it: one with keywords of objects or of arrays but without `type` is one of those alone.
pub fn as_read(schema: &Value) -> Value {
    let Value::Object(keywords) = schema else {
        return schema.clone();
    };
    let mut read = Map::new();
    for (keyword, value) in keywords {
        let value = match (keyword.as_str(), value) {
            (
                "properties" | "patternProperties" | "$defs" | "definitions",
                Value::Object(inner),
            ) => inner
                .iter()
                .map(|(name, inner)| (name.clone(), as_read(inner)))
                .collect::<Map<_, _>>()
                .into(),
            ("allOf" | "anyOf" | "oneOf" | "prefixItems" | "items", Value::Array(inner)) => {
                inner.iter().map(as_read).collect()
            }
            ("items" | "additionalItems" | "additionalProperties" | "then" | "else", inner) => {
                as_read(inner)
            }
            _ => value.clone(),
        };
        read.insert(keyword.clone(), value);
    }
    let has = |keywords: &[&str]| keywords.iter().any(|keyword| read.contains_key(*keyword));
    if !has(&["type", "const", "enum"]) {
        if has(&[
            "additionalProperties",
            "patternProperties",
            "properties",
            "required",
        ]) {
            read.insert("type".to_owned(), "object".into());
        } else if has(&["items", "prefixItems"]) {
            read.insert("type".to_owned(), "array".into());
        }
    }
    Value::Object(read)
}
