//! Numbers as rules compare them: by what they are worth, however they are written.

use std::cmp::Ordering;

use serde_json::{Number, Value};

/// Which of two numbers is greater; nothing of an integer is lost on the way.
pub(super) fn compare(one: &Number, other: &Number) -> Option<Ordering> {
    match (integer(one), integer(other)) {
        (Some(one), Some(other)) => Some(one.cmp(&other)),
        (Some(one), None) => with_fraction(one, other.as_f64()?),
        (None, Some(other)) => with_fraction(other, one.as_f64()?).map(Ordering::reverse),
        (None, None) => one.as_f64()?.partial_cmp(&other.as_f64()?),
    }
}

/// Whether two values are the same, in which `1` and `1.0` are one number, as they are in a script.
pub(super) fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => compare(one, other) == Some(Ordering::Equal),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(name, one)| other.get(name).is_some_and(|other| same(one, other)))
        }
        (one, other) => one == other,
    }
}

fn integer(number: &Number) -> Option<i128> {
    let small = number.as_i64().map(i128::from);
    small.or_else(|| number.as_u64().map(i128::from))
}

fn with_fraction(integer: i128, other: f64) -> Option<Ordering> {
    if other.is_nan() {
        return None;
    }
    // What is cut off decides only between neighbours, and a cast stops at the ends of what there is.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "that it stops at the ends is what is wanted"
    )]
    let whole = other.trunc() as i128;
    let rest = || {
        0.0_f64
            .partial_cmp(&other.fract())
            .unwrap_or(Ordering::Equal)
    };
    Some(integer.cmp(&whole).then_with(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_by_what_they_are_worth() {
        for (smaller, greater) in [
            ("1", "2"),
            ("-1.5", "-1"),
            ("1", "1.5"),
            ("0.5", "1"),
            ("9007199254740992", "9007199254740993"),
            ("9007199254740993", "9007199254740994.0"),
            ("18446744073709551615", "1e300"),
            ("-1e300", "-9223372036854775808"),
            ("18446744073709551615", "36893488147419103232"),
        ] {
            let number = |text: &str| serde_json::from_str::<Number>(text).unwrap();
            let (one, other) = (number(smaller), number(greater));
            assert_eq!(
                compare(&one, &other),
                Some(Ordering::Less),
                "{smaller} {greater}"
            );
            assert_eq!(
                compare(&other, &one),
                Some(Ordering::Greater),
                "{smaller} {greater}"
            );
        }
    }

    #[test]
    fn one_number_is_the_same_however_it_is_written() {
        let value = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        for (one, other, is_same) in [
            ("1", "1.0", true),
            ("[1,{\"a\":2.0}]", "[1.0,{\"a\":2}]", true),
            ("1", "\"1\"", false),
            ("[1]", "[1,2]", false),
            ("{\"a\":1}", "{\"b\":1}", false),
            ("null", "false", false),
        ] {
            assert_eq!(same(&value(one), &value(other)), is_same, "{one} {other}");
        }
    }
}
