//! Any JSON at all.

use fastrand::Rng;
use serde_json::{Map, Value};

const TEXTS: &[&str] = &[
    "",
    "a",
    "b",
    "x",
    "0",
    "1",
    "-1",
    "Red",
    "name",
    "null",
    "true",
    "2024-02-29",
    "__proto__",
    "constructor",
    "toString",
    "valueOf",
    "a b",
    "\"",
    "\\",
    "\n",
    "é",
    "日本",
    "🙂",
    "\u{2028}",
    "*/",
    "${x}",
];

const NUMBERS: &[f64] = &[
    0.0,
    1.0,
    -1.0,
    2.0,
    3.0,
    0.5,
    -0.5,
    127.0,
    128.0,
    255.0,
    256.0,
    -129.0,
    65536.0,
    4_294_967_296.0,
    9_007_199_254_740_991.0,
    9_007_199_254_740_992.0,
    1e19,
    -1e19,
    1e21,
    1e29,
    -1e29,
    1e300,
    -1e300,
    5e-324,
];

/// A value, at most `depth` deep.
pub fn arbitrary(rng: &mut Rng, depth: usize) -> Value {
    match rng.usize(..if depth == 0 { 5 } else { 8 }) {
        0 => Value::Null,
        1 => Value::Bool(rng.bool()),
        2 | 3 => number(rng),
        4 => text(rng).into(),
        5 | 6 => (0..rng.usize(..4))
            .map(|_| arbitrary(rng, depth - 1))
            .collect(),
        _ => (0..rng.usize(..4))
            .map(|_| (text(rng), arbitrary(rng, depth - 1)))
            .collect::<Map<_, _>>()
            .into(),
    }
}

pub(super) fn number(rng: &mut Rng) -> Value {
    super::one_of(rng, NUMBERS)
        .copied()
        .unwrap_or_default()
        .into()
}

pub(super) fn text(rng: &mut Rng) -> String {
    super::one_of(rng, TEXTS)
        .copied()
        .unwrap_or_default()
        .to_owned()
}
