//! Any text that could come from a script: it is read or refused, and what crosses comes through exactly.
#![no_main]

use std::collections::BTreeMap;

use codemode_runtime::__private::{finish, parse_input, parse_no_input};
use codemode_runtime::{BigInt, Bytes};
use libfuzzer_sys::fuzz_target;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Up to here a script's numbers are exact.
const MAX_SAFE: u64 = (1 << 53) - 1;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
struct Everything {
    big: BigInt<i128>,
    huge: BigInt<u128>,
    bytes: Bytes,
    text: String,
    number: Option<f64>,
    small: u32,
    nested: Vec<BTreeMap<String, Everything>>,
}

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let _ = parse_input::<Value>(text);
    let _ = parse_no_input(text);
    if let Ok(everything) = parse_input::<Everything>(text) {
        comes_back(&everything);
    }
    if let Ok(value) = serde_json::from_str::<Value>(text) {
        let read = read_inside(text);
        assert!(same(&value, &read), "{value} {read}");
        match finish(Ok::<_, String>(value.clone()), |_| None) {
            Ok(reply) => {
                let back = read_inside(&reply);
                assert!(same(&value, &back) && !has_unsafe(&value), "{value} {back}");
            }
            Err(error) => assert!(has_unsafe(&value), "{value}: {error}"),
        }
    }
    comes_back(&choose(text, 0));
});

/// What is read of a JSON text; input is always an object, so it is a property's value.
fn read_inside(text: &str) -> Value {
    let read = parse_input::<BTreeMap<String, Value>>(&format!("{{\"value\":{text}}}"));
    let mut read = read.unwrap_or_else(|error| panic!("JSON was refused: {error}"));
    read.remove("value").expect("it was there")
}

/// What is sent and read again is what it was.
fn comes_back(everything: &Everything) {
    // A number that isn't finite has no JSON, and is refused.
    if let Ok(reply) = finish(Ok::<_, String>(everything.clone()), |_| None) {
        let back: Everything = parse_input(&reply).unwrap_or_else(|error| panic!("{reply}: {error}"));
        assert_eq!(&back, everything, "{reply}");
    }
}

/// A value made of the text's own parts.
fn choose(text: &str, depth: usize) -> Everything {
    let bytes = text.as_bytes();
    let mut first = [0; 16];
    let length = bytes.len().min(16);
    first[..length].copy_from_slice(&bytes[..length]);
    let huge = u128::from_le_bytes(first);
    let middle = (bytes.len() / 2..=bytes.len()).find(|position| text.is_char_boundary(*position));
    let (front, back) = text.split_at(middle.unwrap_or(0));
    let inside = depth < 3 && !front.is_empty() && !back.is_empty();
    Everything {
        big: BigInt(huge.cast_signed()),
        huge: BigInt(huge),
        bytes: Bytes(back.as_bytes().to_vec()),
        text: front.to_owned(),
        number: (length == 16).then_some(f64::from(first[3]) / 8.0),
        small: u32::from(first[0]) << 24,
        nested: inside.then(|| BTreeMap::from([(back.to_owned(), choose(front, depth + 1))])).into_iter().collect(),
    }
}

fn is_unsafe(number: &serde_json::Number) -> bool {
    let magnitude = number.as_u64().or_else(|| number.as_i64().map(i64::unsigned_abs));
    magnitude.is_some_and(|magnitude| magnitude > MAX_SAFE)
}

fn has_unsafe(value: &Value) -> bool {
    match value {
        Value::Number(number) => is_unsafe(number),
        Value::Array(values) => values.iter().any(has_unsafe),
        Value::Object(fields) => fields.values().any(has_unsafe),
        _ => false,
    }
}

/// Whether two values are the same; of integers that no script could hold, whether they are as near as a script comes.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one == other || is_unsafe(one) && one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other)),
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len() && one.iter().all(|(key, one)| other.get(key).is_some_and(|other| same(one, other)))
        }
        _ => one == other,
    }
}
