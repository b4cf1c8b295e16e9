//! What contradicts itself: by the letter no value fits, and nobody who writes a schema means that.
//!
//! What one of the two must have meant is plain in most cases; where it isn't, neither counts. References aren't followed.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::notes;

/// Keywords that hold schemas of the same value.
const PARTS: [&str; 3] = ["allOf", "anyOf", "oneOf"];

/// Takes out of a schema what leaves no value. `said` becomes longer by what was written there.
pub(super) fn take_out(keywords: &mut Map<String, Value>, said: &mut Vec<String>) {
    prefer_values(keywords, said);
    drop_parts(keywords, said);
    open_properties(keywords);
    open_object(keywords, said);
}

/// Values that are listed are meant: generators write one type for all of them.
fn prefer_values(keywords: &mut Map<String, Value>, said: &mut Vec<String>) {
    let (Some(values), Some(types)) = (values(keywords), types(keywords)) else {
        return;
    };
    let fits = |value: &&Value| types.iter().any(|name| is_of(value, name));
    if !values.is_empty() && !values.iter().any(fits) {
        note_and_remove(keywords, "type", said);
    }
}

/// Parts that are of several types make none.
fn drop_parts(keywords: &mut Map<String, Value>, said: &mut Vec<String>) {
    let Some(Value::Array(parts)) = keywords.get("allOf") else {
        return;
    };
    let whole = parts
        .iter()
        .filter_map(Value::as_object)
        .try_fold(Fits::of(keywords), |known, part| known.and(&Fits::of(part)));
    if whole.is_none() {
        note_and_remove(keywords, "allOf", said);
    }
}

/// A property that the parts of a schema say different things of.
fn open_properties(keywords: &mut Map<String, Value>) {
    let mut named: Vec<(&str, &Map<String, Value>)> = properties(keywords).collect();
    let own = named.len();
    if let Some(Value::Array(parts)) = keywords.get("allOf") {
        let parts = parts.iter().filter_map(Value::as_object);
        named.extend(parts.flat_map(properties));
    }
    if named.len() == own {
        return;
    }
    let mut impossible = BTreeSet::new();
    for (position, (name, schema)) in named.iter().enumerate() {
        let others = named[..position].iter().filter(|(other, _)| other == name);
        let fits = Fits::of(schema);
        if others
            .map(|(_, other)| fits.and(&Fits::of(other)))
            .any(|both| both.is_none())
        {
            impossible.insert((*name).to_owned());
        }
    }
    for name in &impossible {
        open_property(keywords, name);
        if let Some(Value::Array(parts)) = keywords.get_mut("allOf") {
            for part in parts.iter_mut().filter_map(Value::as_object_mut) {
                open_property(part, name);
            }
        }
    }
}

fn open_property(keywords: &mut Map<String, Value>, name: &str) {
    let properties = keywords.get_mut("properties");
    if let Some(schema) = properties.and_then(|properties| properties.get_mut(name)) {
        *schema = notes::unread(notes::shown(schema));
    }
}

/// An object that may have no other properties than its own, of which something else says that it has others: all of them
/// together are meant.
fn open_object(keywords: &mut Map<String, Value>, said: &mut Vec<String>) {
    let mut elsewhere = BTreeSet::new();
    let refers = names_elsewhere(keywords, &mut elsewhere);
    if refers || has_others(keywords, &elsewhere) {
        close_no_more(keywords, said);
    }
    elsewhere.extend(properties(keywords).map(|(name, _)| name.to_owned()));
    let Some(Value::Array(parts)) = keywords.get_mut("allOf") else {
        return;
    };
    for part in parts.iter_mut().filter_map(Value::as_object_mut) {
        if has_others(part, &elsewhere) {
            close_no_more(part, said);
        }
    }
}

/// The properties that are named beside `properties`. Returns whether there may be others, behind a reference.
fn names_elsewhere(keywords: &Map<String, Value>, names: &mut BTreeSet<String>) -> bool {
    let required = keywords.get("required").and_then(Value::as_array);
    let required = required.into_iter().flatten().filter_map(Value::as_str);
    names.extend(required.map(str::to_owned));
    let mut refers = keywords.contains_key("$ref");
    for part in PARTS.iter().filter_map(|keyword| keywords.get(*keyword)) {
        for part in part
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_object)
        {
            names.extend(properties(part).map(|(name, _)| name.to_owned()));
            refers |= names_elsewhere(part, names);
        }
    }
    refers
}

fn has_others(keywords: &Map<String, Value>, names: &BTreeSet<String>) -> bool {
    let own = keywords.get("properties").and_then(Value::as_object);
    let is_own = |name: &String| own.is_some_and(|own| own.contains_key(name));
    !names.iter().all(is_own)
}

fn close_no_more(keywords: &mut Map<String, Value>, said: &mut Vec<String>) {
    if keywords.get("additionalProperties") == Some(&Value::Bool(false))
        && !keywords.contains_key("patternProperties")
    {
        note_and_remove(keywords, "additionalProperties", said);
    }
}

fn properties(keywords: &Map<String, Value>) -> impl Iterator<Item = (&str, &Map<String, Value>)> {
    let named = keywords.get("properties").and_then(Value::as_object);
    let named = named.into_iter().flatten();
    named.filter_map(|(name, schema)| Some((name.as_str(), schema.as_object()?)))
}

fn note_and_remove(keywords: &mut Map<String, Value>, keyword: &str, said: &mut Vec<String>) {
    if let Some(value) = keywords.shift_remove(keyword) {
        said.push(format!("\"{keyword}\": {}", notes::shown(&value)));
    }
}

fn values(keywords: &Map<String, Value>) -> Option<Vec<&Value>> {
    match keywords.get("const") {
        Some(value) => Some(vec![value]),
        None => Some(keywords.get("enum")?.as_array()?.iter().collect()),
    }
}

fn types(keywords: &Map<String, Value>) -> Option<Vec<&str>> {
    match keywords.get("type")? {
        Value::String(name) => Some(vec![name]),
        Value::Array(names) => Some(names.iter().filter_map(Value::as_str).collect()),
        _ => None,
    }
}

fn is_of(value: &Value, name: &str) -> bool {
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

/// What fits a schema, as far as its own keywords say at a glance. `None` of either is anything.
struct Fits {
    values: Option<Vec<Value>>,
    kinds: Option<BTreeSet<&'static str>>,
}

impl Fits {
    fn of(keywords: &Map<String, Value>) -> Self {
        // `null` beside may be all that fits, and then it does.
        if keywords.get("nullable") == Some(&Value::Bool(true)) {
            return Self {
                values: None,
                kinds: None,
            };
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
    fn and(&self, other: &Self) -> Option<Self> {
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
