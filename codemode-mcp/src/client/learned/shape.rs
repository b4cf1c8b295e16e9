//! The shape of values, without the values.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// What lies deeper isn't told apart.
const MAX_DEPTH: usize = 12;

/// A shape of more parts is cut to fewer levels: a declaration that long helps nobody.
const MAX_PARTS: usize = 400;

/// An object with more different names than this has data for names.
const MAX_NAMES: usize = 64;

/// A longer name is data, and so is one with more digits than [`MAX_DIGITS`].
const MAX_NAME: usize = 40;
const MAX_DIGITS: usize = 3;

/// What values of one place look like. Nothing has been seen if all is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shape {
    /// Whether values are too deep to be told apart.
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) anything: bool,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) types: BTreeSet<Kind>,
    /// What is in lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) items: Option<Box<Shape>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) object: Option<Fields>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Boolean,
    Null,
    Number,
    String,
}

/// What is in objects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Fields {
    /// Names that the server's author chose.
    Named(BTreeMap<String, Field>),
    /// Names are data: all values have one shape.
    Map(Box<Shape>),
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Field {
    /// Whether some object was without it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) optional: bool,
    pub(super) shape: Shape,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands references")]
fn is_false(value: &bool) -> bool {
    !value
}

impl Shape {
    /// The shape of one value.
    pub(super) fn of(value: &Value) -> Self {
        let mut shape = Self::of_inner(value, MAX_DEPTH);
        shape.cut();
        shape
    }

    fn anything() -> Self {
        Self {
            anything: true,
            ..Self::default()
        }
    }

    fn of_inner(value: &Value, levels: usize) -> Self {
        let Some(levels) = levels.checked_sub(1) else {
            return Self::anything();
        };
        let mut shape = Self::default();
        match value {
            Value::Null => shape.types.extend([Kind::Null]),
            Value::Bool(_) => shape.types.extend([Kind::Boolean]),
            Value::Number(_) => shape.types.extend([Kind::Number]),
            Value::String(_) => shape.types.extend([Kind::String]),
            Value::Array(values) => {
                let mut items = Self::default();
                for value in values {
                    items.join(Self::of_inner(value, levels));
                }
                shape.items = Some(Box::new(items));
            }
            Value::Object(fields) => {
                let field = |(name, value): (&String, &Value)| {
                    let field = Field {
                        optional: false,
                        shape: Self::of_inner(value, levels),
                    };
                    (name.clone(), field)
                };
                shape.object = Some(Fields::Named(fields.iter().map(field).collect()).settled());
            }
        }
        shape
    }

    /// Widens the shape by what another one allows. Returns whether it has changed.
    pub(super) fn widen(&mut self, other: Self) -> bool {
        let before = self.clone();
        self.join(other);
        self.cut();
        *self != before
    }

    fn join(&mut self, other: Self) {
        if self.anything || other.anything {
            *self = Self::anything();
            return;
        }
        self.types.extend(other.types);
        match (&mut self.items, other.items) {
            (Some(mine), Some(theirs)) => mine.join(*theirs),
            (mine @ None, theirs) => *mine = theirs,
            (Some(_), None) => {}
        }
        self.object = match (self.object.take(), other.object) {
            (Some(mine), Some(theirs)) => Some(mine.join(theirs)),
            (mine, theirs) => mine.or(theirs),
        };
    }

    fn cut(&mut self) {
        let mut levels = MAX_DEPTH;
        while self.parts() > MAX_PARTS && levels > 1 {
            levels -= 1;
            self.cut_to(levels);
        }
    }

    fn parts(&self) -> usize {
        let in_object = match &self.object {
            None => 0,
            Some(Fields::Named(fields)) => fields.values().map(|field| field.shape.parts()).sum(),
            Some(Fields::Map(values)) => values.parts(),
        };
        1 + self.items.as_ref().map_or(0, |items| items.parts()) + in_object
    }

    fn cut_to(&mut self, levels: usize) {
        let Some(levels) = levels.checked_sub(1) else {
            *self = Self::anything();
            return;
        };
        if let Some(items) = &mut self.items {
            items.cut_to(levels);
        }
        match &mut self.object {
            None => {}
            Some(Fields::Named(fields)) => {
                for field in fields.values_mut() {
                    field.shape.cut_to(levels);
                }
            }
            Some(Fields::Map(values)) => values.cut_to(levels),
        }
    }

    /// The JSON Schema of all values that look like this.
    pub(super) fn schema(&self) -> Value {
        if self.anything {
            return Value::Bool(true);
        }
        let mut alternatives: Vec<Value> = Vec::new();
        if let Some(fields) = &self.object {
            alternatives.push(fields.schema());
        }
        if let Some(items) = &self.items {
            alternatives.push(json!({ "type": "array", "items": items.schema() }));
        }
        alternatives.extend(self.types.iter().map(|kind| json!({ "type": kind })));
        match alternatives.len() {
            0 => Value::Bool(true),
            1 => alternatives.remove(0),
            _ => json!({ "anyOf": alternatives }),
        }
    }
}

impl Fields {
    fn join(self, other: Self) -> Self {
        let (mut mine, theirs) = match (self, other) {
            (Self::Named(mine), Self::Named(theirs)) => (mine, theirs),
            (one, other) => {
                let mut values = one.values();
                values.join(other.values());
                return Self::Map(Box::new(values));
            }
        };
        let shared = theirs
            .keys()
            .filter(|name| mine.contains_key(*name))
            .count();
        let have_nothing_in_common = shared == 0 && !mine.is_empty() && !theirs.is_empty();
        for (name, field) in &mut mine {
            field.optional |= !theirs.contains_key(name);
        }
        for (name, theirs) in theirs {
            if let Some(field) = mine.get_mut(&name) {
                field.optional |= theirs.optional;
                field.shape.join(theirs.shape);
            } else {
                let optional = true;
                mine.insert(name, Field { optional, ..theirs });
            }
        }
        let all = Self::Named(mine);
        if have_nothing_in_common {
            Self::Map(Box::new(all.values()))
        } else {
            all.settled()
        }
    }

    /// The same, as a map if the names are data.
    fn settled(self) -> Self {
        match &self {
            Self::Named(fields)
                if fields.len() > MAX_NAMES || !fields.keys().all(|name| is_plain(name)) =>
            {
                Self::Map(Box::new(self.values()))
            }
            _ => self,
        }
    }

    /// One shape for all values.
    fn values(self) -> Shape {
        match self {
            Self::Map(values) => *values,
            Self::Named(fields) => {
                let mut values = Shape::default();
                for field in fields.into_values() {
                    values.join(field.shape);
                }
                values
            }
        }
    }

    fn schema(&self) -> Value {
        match self {
            Self::Map(values) => {
                json!({ "type": "object", "additionalProperties": values.schema() })
            }
            Self::Named(fields) => {
                let properties: Map<String, Value> = fields
                    .iter()
                    .map(|(name, field)| (name.clone(), field.shape.schema()))
                    .collect();
                let required: Vec<&String> = fields
                    .iter()
                    .filter(|(_, field)| !field.optional)
                    .map(|(name, _)| name)
                    .collect();
                json!({ "type": "object", "properties": properties, "required": required })
            }
        }
    }
}

/// Whether a name is one that a program's author would give a field, and not an id, a date, an address or a path.
fn is_plain(name: &str) -> bool {
    let is_of_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '$');
    name.chars().count() <= MAX_NAME
        && name.starts_with(|first: char| first.is_alphabetic() || matches!(first, '_' | '$'))
        && name.chars().all(is_of_name)
        && name.chars().filter(char::is_ascii_digit).count() <= MAX_DIGITS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::McpCatalogue as _;

    fn learned(values: &[Value]) -> Shape {
        let mut shape = Shape::default();
        for value in values {
            shape.widen(Shape::of(value));
        }
        shape
    }

    #[test]
    fn a_shape_is_as_wide_as_what_was_seen() {
        let object = |properties: Value, required: Value| json!({ "type": "object", "properties": properties, "required": required });
        let number = json!({ "type": "number" });
        let cases = [
            (vec![json!([])], json!({ "type": "array", "items": true })),
            (
                vec![json!([]), json!([1, "a"])],
                json!({ "type": "array", "items": { "anyOf": [{ "type": "number" }, { "type": "string" }] } }),
            ),
            (
                vec![json!({ "a": 1 })],
                object(json!({ "a": number }), json!(["a"])),
            ),
            (
                vec![
                    json!({ "a": 1 }),
                    json!({ "a": 2, "b": null }),
                    json!({ "a": 3, "b": "x" }),
                ],
                object(
                    json!({ "a": number, "b": { "anyOf": [{ "type": "null" }, { "type": "string" }] } }),
                    json!(["a"]),
                ),
            ),
            (
                vec![json!([{ "a": 1, "b": 1 }, { "a": 1 }])],
                json!({ "type": "array", "items": object(json!({ "a": number, "b": number }), json!(["a"])) }),
            ),
            (
                vec![json!({ "a": 1 }), json!([1])],
                json!({ "anyOf": [object(json!({ "a": number }), json!(["a"])), { "type": "array", "items": number }] }),
            ),
            (
                vec![json!({}), json!({ "a": 1 })],
                object(json!({ "a": number }), json!([])),
            ),
        ];
        for (values, expected) in cases {
            assert_eq!(learned(&values).schema(), expected, "{values:?}");
        }
    }

    #[test]
    fn names_that_are_data_make_a_map() {
        let map = json!({ "type": "object", "additionalProperties": { "type": "number" } });
        let many: Map<String, Value> = (0..65)
            .map(|number| (format!("k{number}"), json!(1)))
            .collect();
        let maps = [
            vec![json!({ "2026-11-22": 1 })],
            vec![json!({ "7f3a9c12-0000": 1 })],
            vec![json!({ "user12345": 1 })],
            vec![json!({ "a@b.example": 1 })],
            vec![json!({ "/etc/passwd": 1, "name": 2 })],
            vec![json!({ "two words": 1 })],
            vec![json!({ "x".repeat(41): 1 })],
            vec![json!(many)],
            // Names that never come again.
            vec![json!({ "alice": 1, "bob": 2 }), json!({ "carol": 3 })],
            vec![
                json!({ "alice": 1 }),
                json!({ "carol": 3 }),
                json!({ "alice": 1 }),
            ],
        ];
        for values in maps {
            assert_eq!(learned(&values).schema(), map, "{values:?}");
        }
        for name in [
            "name",
            "sha256",
            "created_at",
            "content-type",
            "_id",
            "$ref",
            "größe",
        ] {
            assert!(is_plain(name), "{name}");
        }
    }

    #[test]
    fn what_is_deep_or_large_is_not_told_apart() {
        let deep = (0..100).fold(json!(1), |inner, _| json!({ "in": inner }));
        // The last part stands for all that lies deeper.
        assert_eq!(Shape::of(&deep).parts(), MAX_DEPTH + 1);
        let wide = |inner: &Value| {
            let fields =
                (b'a'..=b'z').map(|letter| (char::from(letter).to_string(), inner.clone()));
            Value::Object(fields.collect())
        };
        let large = wide(&wide(&wide(&json!(1))));
        let shape = Shape::of(&large);
        assert!(
            (26..=MAX_PARTS).contains(&shape.parts()),
            "{}",
            shape.parts()
        );
        let mut again = shape.clone();
        assert!(!again.widen(Shape::of(&large)));
    }

    #[test]
    fn every_value_that_was_seen_fits() {
        let mut rng = fastrand::Rng::with_seed(7);
        for round in 0..300 {
            let values: Vec<Value> = (0..=round % 5).map(|_| arbitrary(&mut rng, 4)).collect();
            let shape = learned(&values);
            let listed = json!([{ "name": "f", "outputSchema": shape.schema() }]);
            let catalogue = codemode_runtime::Catalogue::from_mcp("n", listed).unwrap();
            let ty = codemode_runtime::ResultType::of(&catalogue.tools()[0]).unwrap();
            for value in &values {
                assert_eq!(ty.check(value), Ok(()), "{values:?}");
                // What is known already widens nothing, in whatever order it comes.
                let mut again = shape.clone();
                assert!(!again.widen(Shape::of(value)), "{values:?}");
            }
        }
    }

    fn arbitrary(rng: &mut fastrand::Rng, levels: u8) -> Value {
        match rng.u8(0..if levels == 0 { 4 } else { 8 }) {
            0 => Value::Null,
            1 => json!(rng.bool()),
            2 => json!(rng.i16(..)),
            3 => json!("text"),
            4 | 5 => (0..rng.usize(0..4))
                .map(|_| arbitrary(rng, levels - 1))
                .collect(),
            _ => {
                let names = ["a", "b", "c", "d", "2026"];
                let fields = (0..rng.usize(0..4)).map(|_| {
                    let name = names[rng.usize(0..names.len())];
                    (name.to_owned(), arbitrary(rng, levels - 1))
                });
                Value::Object(fields.collect())
            }
        }
    }
}
