//! Values changed in one place.

use fastrand::Rng;
use serde_json::Value;

use super::arbitrary::{self, arbitrary};
use super::{one_of, text};

/// The value with one place changed. `names` are those that mean something to the type.
pub fn mutate(rng: &mut Rng, value: &Value, names: &[String]) -> Value {
    let mut value = value.clone();
    let place = rng.usize(..count(&value));
    let chosen = nth(&mut value, place);
    if let Some(chosen) = chosen {
        change(rng, chosen, names);
    }
    value
}

/// Two values as one: of two objects the properties of both, of others the first. Where a type has several forms, it is
/// more than one of them.
pub fn joined(one: &Value, other: &Value) -> Value {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let mut both = one.clone();
            for (name, value) in other {
                let joined = match both.get(name) {
                    Some(known) => joined(known, value),
                    None => value.clone(),
                };
                both.insert(name.clone(), joined);
            }
            both.into()
        }
        (Value::Array(one), Value::Array(other)) => one
            .iter()
            .zip(other)
            .map(|(one, other)| joined(one, other))
            .collect(),
        (one, _) => one.clone(),
    }
}

/// How many values there are in a value, itself included.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(values) => values.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum(),
        _ => 0,
    }
}

fn nth(value: &mut Value, place: usize) -> Option<&mut Value> {
    if place == 0 {
        return Some(value);
    }
    let mut before = 1;
    let inner: Vec<&mut Value> = match value {
        Value::Array(values) => values.iter_mut().collect(),
        Value::Object(fields) => fields.values_mut().collect(),
        _ => Vec::new(),
    };
    for value in inner {
        let size = count(value);
        if place < before + size {
            return nth(value, place - before);
        }
        before += size;
    }
    None
}

fn change(rng: &mut Rng, value: &mut Value, names: &[String]) {
    match rng.usize(..6) {
        0 => *value = Value::Null,
        1 => *value = arbitrary(rng, 1),
        2 => *value = Value::Array(vec![value.clone()]),
        _ => match value {
            Value::Null => *value = arbitrary(rng, 2),
            Value::Bool(flag) => {
                *value = if rng.bool() {
                    (!*flag).into()
                } else {
                    u8::from(*flag).into()
                }
            }
            Value::Number(_) => {
                *value = match rng.usize(..4) {
                    0 => text(value).into(),
                    1 => (value.as_f64().unwrap_or_default() + 0.5).into(),
                    _ => arbitrary::number(rng),
                }
            }
            Value::String(old) => {
                *value = match rng.usize(..5) {
                    0 => old.to_uppercase().into(),
                    // A variant may be read by its number.
                    3 => rng.u8(..3).into(),
                    1 => arbitrary::text(rng).into(),
                    2 => Value::Object([(old.clone(), Value::Null)].into_iter().collect()),
                    _ => name(rng, names).into(),
                }
            }
            Value::Array(values) => match rng.usize(..4) {
                0 => drop(values.pop()),
                1 => values.extend(values.last().cloned()),
                2 if !values.is_empty() => drop(values.remove(0)),
                _ => values.push(arbitrary(rng, 1)),
            },
            Value::Object(fields) => {
                let known: Vec<String> = fields.keys().cloned().collect();
                let one = one_of(rng, &known).cloned().unwrap_or_default();
                match rng.usize(..6) {
                    0 => drop(fields.shift_remove(&one)),
                    // A name that every object inherits.
                    4 => {
                        if let Some(moved) = fields.shift_remove(&one) {
                            fields.insert("constructor".to_owned(), moved);
                        }
                    }
                    1 => drop(fields.insert(name(rng, names), arbitrary(rng, 1))),
                    2 => drop(fields.insert("zz".to_owned(), arbitrary(rng, 1))),
                    3 => {
                        if let Some(moved) = fields.shift_remove(&one) {
                            fields.insert(name(rng, names), moved);
                        }
                    }
                    // A struct as the array of its fields, which serde reads, too.
                    _ => *value = fields.values().cloned().collect(),
                }
            }
        },
    }
}

fn name(rng: &mut Rng, names: &[String]) -> String {
    match one_of(rng, names) {
        Some(name) if rng.usize(..5) > 0 => name.clone(),
        _ => arbitrary::text(rng),
    }
}
