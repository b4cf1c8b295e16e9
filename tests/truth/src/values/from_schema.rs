//! Values that a schema means: most of them valid, some just beyond a bound.

use fastrand::Rng;
use serde_json::{Map, Value};

use super::arbitrary::{self, arbitrary};
use super::one_of;

/// Makes values from a schema.
pub struct FromSchema<'a> {
    /// The whole document, in which references are looked up.
    pub root: &'a Value,
}

impl FromSchema<'_> {
    /// A value for a schema. Below `depth` zero everything that may be left out is.
    pub fn value(&self, rng: &mut Rng, schema: &Value, depth: usize) -> Value {
        let Some(keywords) = schema.as_object() else {
            return arbitrary(rng, depth.min(2));
        };
        if let Some(value) = keywords.get("const") {
            return value.clone();
        }
        if let Some(values) = keywords.get("enum").and_then(Value::as_array) {
            return one_of(rng, values).cloned().unwrap_or_default();
        }
        let mut parts = Vec::new();
        if let Some(reference) = ["$ref", "$dynamicRef"]
            .iter()
            .find_map(|keyword| keywords.get(*keyword)?.as_str())
        {
            let target = reference
                .strip_prefix('#')
                .and_then(|pointer| self.root.pointer(pointer));
            if let Some(target) = target.filter(|_| depth > 0) {
                parts.push(self.value(rng, target, depth - 1));
            }
        }
        for keyword in ["anyOf", "oneOf"] {
            let alternatives = keywords
                .get(keyword)
                .and_then(Value::as_array)
                .map(Vec::as_slice)
                .unwrap_or_default();
            // Where it has become deep, the first alternative that leads nowhere deeper.
            let flat = alternatives
                .iter()
                .find(|inner| !inner.to_string().contains("$ref"));
            let chosen = match flat {
                Some(flat) if depth <= 1 => Some(flat),
                _ => one_of(rng, alternatives),
            };
            parts.extend(chosen.map(|inner| self.value(rng, inner, depth.saturating_sub(1))));
        }
        for inner in keywords
            .get("allOf")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            parts.push(self.value(rng, inner, depth.saturating_sub(1)));
        }
        for keyword in ["if", "then", "else"] {
            if let Some(inner) = keywords.get(keyword).filter(|_| rng.bool()) {
                parts.push(self.value(rng, inner, depth.saturating_sub(1)));
            }
        }
        let ty = match keywords.get("type") {
            Some(Value::String(name)) => Some(name.as_str()),
            Some(Value::Array(names)) => one_of(rng, names).and_then(Value::as_str),
            _ if [
                "properties",
                "required",
                "additionalProperties",
                "patternProperties",
            ]
            .iter()
            .any(|keyword| keywords.contains_key(*keyword)) =>
            {
                Some("object")
            }
            _ if ["items", "prefixItems"]
                .iter()
                .any(|keyword| keywords.contains_key(*keyword)) =>
            {
                Some("array")
            }
            _ => None,
        };
        match ty {
            Some(ty) => parts.push(self.of_type(rng, ty, keywords, depth)),
            None if parts.is_empty() => return arbitrary(rng, depth.min(2)),
            None => {}
        }
        merge(parts)
    }

    fn of_type(
        &self,
        rng: &mut Rng,
        ty: &str,
        keywords: &Map<String, Value>,
        depth: usize,
    ) -> Value {
        match ty {
            "null" => Value::Null,
            "boolean" => rng.bool().into(),
            "integer" | "number" => number(rng, ty == "integer", keywords),
            "string" => text(rng, keywords).into(),
            "array" => self.array(rng, keywords, depth),
            _ => self.object(rng, keywords, depth),
        }
    }

    fn array(&self, rng: &mut Rng, keywords: &Map<String, Value>, depth: usize) -> Value {
        let bound = |keyword: &str| {
            keywords
                .get(keyword)
                .and_then(Value::as_u64)
                .and_then(|bound| usize::try_from(bound).ok())
        };
        let (places, behind) = match (keywords.get("prefixItems"), keywords.get("items")) {
            (Some(Value::Array(places)), items) => (places.as_slice(), items),
            (_, Some(Value::Array(places))) => (places.as_slice(), keywords.get("additionalItems")),
            (_, items) => (&[][..], items),
        };
        let min = bound("minItems").unwrap_or(0).min(64);
        let mut length = min;
        if depth > 0 {
            length += rng.usize(..=places.len().saturating_sub(min) + 2);
        }
        if rng.usize(..8) > 0 {
            length = length.min(bound("maxItems").unwrap_or(usize::MAX));
        }
        let any = Value::Bool(true);
        let values = (0..length).filter_map(|place| {
            let schema = places.get(place).or(behind).unwrap_or(&any);
            (schema != &Value::Bool(false))
                .then(|| self.value(rng, schema, depth.saturating_sub(1)))
        });
        values.collect()
    }

    fn object(&self, rng: &mut Rng, keywords: &Map<String, Value>, depth: usize) -> Value {
        let required: Vec<&str> = keywords
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let mut object = Map::new();
        for (name, schema) in keywords
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            if required.contains(&name.as_str())
                || depth > 0 && rng.bool() && schema != &Value::Bool(false)
            {
                object.insert(
                    name.clone(),
                    self.value(rng, schema, depth.saturating_sub(1)),
                );
            }
        }
        let others = keywords.get("additionalProperties");
        for name in required {
            if !object.contains_key(name) {
                let value = self.value(
                    rng,
                    others.unwrap_or(&Value::Bool(true)),
                    depth.saturating_sub(1),
                );
                object.insert(name.to_owned(), value);
            }
        }
        for (pattern, schema) in keywords
            .get("patternProperties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            for _ in 0..rng.usize(..if depth > 0 { 3 } else { 1 }) {
                object.insert(
                    matching(rng, pattern),
                    self.value(rng, schema, depth.saturating_sub(1)),
                );
            }
        }
        if let Some(others) = others.filter(|others| others.as_bool() != Some(false)) {
            for _ in 0..rng.usize(..if depth > 0 { 3 } else { 1 }) {
                // A name that every object inherits may be one of a map, too.
                let name = if rng.usize(..8) == 0 {
                    "constructor".to_owned()
                } else {
                    arbitrary::text(rng)
                };
                let value = self.value(rng, others, depth.saturating_sub(1));
                object.entry(name).or_insert(value);
            }
        }
        Value::Object(object)
    }
}

/// What several schemas that hold at once want: objects are put together, of other values one is as good as another.
fn merge(parts: Vec<Value>) -> Value {
    let mut merged = Value::Null;
    for part in parts {
        match (&mut merged, part) {
            (Value::Object(merged), Value::Object(part)) => {
                for (name, value) in part {
                    merged.entry(name).or_insert(value);
                }
            }
            (merged, part) => *merged = part,
        }
    }
    merged
}

fn number(rng: &mut Rng, whole: bool, keywords: &Map<String, Value>) -> Value {
    let bound = |keyword: &str| keywords.get(keyword).and_then(Value::as_f64);
    let min = bound("minimum").or(bound("exclusiveMinimum"));
    let max = bound("maximum").or(bound("exclusiveMaximum"));
    let excluded = keywords.get("not").and_then(|not| not.get("const"));
    let number = match rng.usize(..10) {
        0 => return arbitrary::number(rng),
        1 if excluded.is_some() => return excluded.cloned().unwrap_or_default(),
        1 => min.unwrap_or(-1.0) - 1.0,
        2 => max.unwrap_or(99.0) + 1.0,
        3 => min.unwrap_or(0.0) + 0.5,
        4 => bound("multipleOf").unwrap_or(1.0) * 3.0,
        5 => max.unwrap_or(7.0),
        _ => {
            let min = min.unwrap_or(0.0);
            let number = min + rng.f64() * (max.unwrap_or(min + 100.0) - min).min(1e6);
            if whole { number.ceil() } else { number }
        }
    };
    number.into()
}

fn text(rng: &mut Rng, keywords: &Map<String, Value>) -> String {
    let word = |keyword: &str| keywords.get(keyword).and_then(Value::as_str);
    let examples: &[&str] = match (word("format"), word("pattern")) {
        _ if rng.usize(..6) == 0 => return arbitrary::text(rng),
        (Some("date-time"), _) => &[
            "2024-02-29T12:00:00Z",
            "2024-02-29T12:00:00.5+01:00",
            "2023-02-29T12:00:00Z",
        ],
        (Some("date"), _) => &["2024-02-29", "1970-01-01", "2023-02-29"],
        (Some("partial-date-time"), _) => &["2024-02-29T12:00:00", "2024-02-29T12:00:00.25"],
        (Some("partial-time" | "time"), _) => &["12:00:00", "23:59:59.5", "25:00:00"],
        (Some("duration"), _) => &["PT1S", "PT5M", "P1D"],
        (Some("uuid"), _) => &[
            "00000000-0000-0000-0000-000000000000",
            "67e5504410b1426f9247bb680e5fe0c8",
        ],
        (Some("uri"), _) => &["https://example.org/a", "mailto:a@b", "a"],
        (Some("email"), _) => &["a@example.org"],
        (Some("ipv4" | "ip"), _) => &["127.0.0.1", "256.0.0.1"],
        (Some("ipv6"), _) => &["::1", "fe80::1"],
        (_, Some(pattern)) if pattern.contains("0|[1-9]") => &["1.2.3", "1.0.0-rc.1+b", "1.2"],
        (_, Some(pattern)) if pattern.contains("[eE]") => &["1.5", "-2", "x"],
        (_, Some(pattern)) => return matching(rng, pattern),
        _ => {
            let length = |keyword: &str| keywords.get(keyword).and_then(Value::as_u64);
            let min = length("minLength").unwrap_or(0).min(64);
            let max = length("maxLength").unwrap_or(min + 3);
            let count = rng.u64(min..=max.max(min)).max(u64::from(rng.bool()));
            return (0..count)
                .map(|_| *one_of(rng, &['a', 'b', '1', 'é']).unwrap_or(&'a'))
                .collect();
        }
    };
    one_of(rng, examples)
        .copied()
        .unwrap_or_default()
        .to_owned()
}

/// Something that matches a pattern, of those that occur.
fn matching(rng: &mut Rng, pattern: &str) -> String {
    let examples: &[&str] = match pattern {
        r"^\d+$" => &["0", "1", "255", "256", "4294967296"],
        r"^-?\d+$" => &["0", "-1", "1", "9223372036854775808"],
        r"^[A-Z]{2}$" => &["DE", "FR", "de"],
        r"^\d+/\*/$" => &["1/*/"],
        "^a" => &["a", "ab", "a1"],
        "^x-" => &["x-a", "x-"],
        _ => &["x", "a", "1"],
    };
    one_of(rng, examples)
        .copied()
        .unwrap_or_default()
        .to_owned()
}
