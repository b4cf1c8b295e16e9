//! Which values fit a schema, as far as its own keywords say at a glance.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// What fits a schema. `None` of either is anything.
#[derive(Clone, Default)]
pub(super) struct Fits {
    values: Option<Vec<Value>>,
    kinds: Option<BTreeSet<&'static str>>,
}

impl Fits {
    pub(super) fn of(keywords: &Map<String, Value>) -> Self {
        // `null` beside may be all that fits, and then it does.
        if keywords.get("nullable") == Some(&Value::Bool(true)) {
            return Self::default();
        }
        let kinds = types(keywords).map(|names| {
            let known = names.into_iter().filter_map(|name| match name {
                "integer" | "number" => Some("number"),
                "null" => Some("null"),
                "boolean" => Some("boolean"),
                "string" => Some("string"),
                "array" => Some("array"),
                "object" => Some("object"),
                _ => None,
            });
            known.collect()
        });
        Self {
            values: values(keywords).map(|values| values.into_iter().cloned().collect()),
            kinds,
        }
    }

    /// What fits both, or `None` if nothing does.
    pub(super) fn and(&self, other: &Self) -> Option<Self> {
        let kinds = match (&self.kinds, &other.kinds) {
            (Some(one), Some(other)) => Some(one & other),
            (one, other) => one.clone().or_else(|| other.clone()),
        };
        let values = match (&self.values, &other.values) {
            (Some(one), Some(other)) => {
                let both = one.iter().filter(|value| other.contains(value));
                Some(both.cloned().collect())
            }
            (one, other) => one.clone().or_else(|| other.clone()),
        };
        let is_kind = |value: &Value| {
            kinds
                .as_ref()
                .is_none_or(|kinds: &BTreeSet<_>| kinds.contains(kind(value)))
        };
        let is_possible = match (&values, &kinds) {
            (Some(values), _) => values.iter().any(is_kind),
            (None, Some(kinds)) => !kinds.is_empty(),
            (None, None) => true,
        };
        is_possible.then_some(Self { values, kinds })
    }
}

pub(super) fn values(keywords: &Map<String, Value>) -> Option<Vec<&Value>> {
    match keywords.get("const") {
        Some(value) => Some(vec![value]),
        None => Some(keywords.get("enum")?.as_array()?.iter().collect()),
    }
}

pub(super) fn types(keywords: &Map<String, Value>) -> Option<Vec<&str>> {
    match keywords.get("type")? {
        Value::String(name) => Some(vec![name]),
        Value::Array(names) => Some(names.iter().filter_map(Value::as_str).collect()),
        _ => None,
    }
}

pub(super) fn is_of(value: &Value, name: &str) -> bool {
    match name {
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        name => kind(value) == name,
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
