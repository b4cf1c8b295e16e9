//! Values that JSON has no name for, on their way through serde.
//!
//! What is marked is shown as a map of one entry whose key is a unit. serde's buffer takes that in and hands it on, and
//! nothing but this crate's own wrappers reads it: no other map has such keys, and a struct no such field.

use std::any::type_name;

use codemode_declarations::exact::INTEGER;
use serde::de::value::{BorrowedStrDeserializer, UnitDeserializer};
use serde::de::{DeserializeSeed, Error as _, MapAccess, Unexpected, Visitor};

use super::error::Misread;
use crate::exact::integers::MAX_SAFE;

/// The digits of a marked integer.
pub(crate) fn integer(body: &str) -> Option<&str> {
    body.strip_prefix(INTEGER)
}

/// Whether a `number` would have held the integer.
pub(crate) fn is_safe(digits: &str) -> bool {
    let number = digits.parse::<i64>();
    number.is_ok_and(|number| number.unsigned_abs() <= MAX_SAFE)
}

/// Whether an integer type of Rust's of 64 bits holds it.
pub(crate) fn is_of_64_bits(digits: &str) -> bool {
    digits.parse::<i64>().is_ok() || digits.parse::<u64>().is_ok()
}

/// Shows an integer in the narrowest form that all integer types read.
pub(crate) fn visit_integer<'de, V: Visitor<'de>, E: serde::de::Error>(
    digits: &str,
    visitor: V,
) -> Result<V::Value, E> {
    if let Ok(integer) = digits.parse::<u64>() {
        visitor.visit_u64(integer)
    } else if let Ok(integer) = digits.parse::<i64>() {
        visitor.visit_i64(integer)
    } else if let Ok(integer) = digits.parse::<u128>() {
        visitor.visit_u128(integer)
    } else if let Ok(integer) = digits.parse::<i128>() {
        visitor.visit_i128(integer)
    } else {
        Err(E::invalid_value(
            Unexpected::Other(&format!("integer `{digits}`")),
            &visitor,
        ))
    }
}

/// The double that is the integer.
pub(crate) fn exact_double(digits: &str) -> Result<f64, Misread> {
    match digits.parse::<f64>() {
        Ok(number) if number.is_finite() && format!("{number:.0}") == digits => Ok(number),
        _ => Err(Misread::new(format!(
            "the bigint {digits}n, which a floating-point number can't hold exactly"
        ))),
    }
}

/// A marked value as serde's buffer takes it in.
pub(crate) struct Shown<'de> {
    body: &'de str,
    was_shown: bool,
}

impl<'de> Shown<'de> {
    pub(crate) fn new(body: &'de str) -> Self {
        Self {
            body,
            was_shown: false,
        }
    }
}

impl<'de> MapAccess<'de> for Shown<'de> {
    type Error = Misread;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Misread> {
        if self.was_shown {
            return Ok(None);
        }
        self.was_shown = true;
        let unit = UnitDeserializer::<Misread>::new();
        let key = seed.deserialize(unit);
        // What the reader has against a unit as a key says nothing about the value.
        key.map(Some).map_err(|_| match integer(self.body) {
            Some(digits) => Misread::new(format!(
                "the bigint {digits}n can't be read here; write String(value)"
            )),
            None => Misread::new("a Uint8Array can't be read here; write bytes.toBase64()"),
        })
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misread> {
        seed.deserialize(BorrowedStrDeserializer::new(self.body))
    }
}

/// What was marked, if a map is the form in which it is shown.
pub(crate) fn read<'de, A: MapAccess<'de>>(map: &mut A) -> Result<String, A::Error> {
    match map.next_key::<()>()? {
        Some(()) => map.next_value(),
        None => Err(A::Error::custom("an empty object")),
    }
}

/// Whether an error is this module's own, and so what is read comes from a script, be it by way of serde's buffer.
pub(crate) fn comes_from_a_script<E>() -> bool {
    type_name::<E>() == type_name::<Misread>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_integer_is_safe_as_far_as_a_number_is_exact() {
        for (digits, expected) in [
            ("9007199254740991", true),
            ("-9007199254740991", true),
            ("9007199254740992", false),
            ("-9007199254740992", false),
            ("99999999999999999999", false),
        ] {
            assert_eq!(is_safe(digits), expected, "{digits}");
        }
    }

    #[test]
    fn only_errors_of_this_module_come_from_a_script() {
        assert!(comes_from_a_script::<Misread>());
        assert!(!comes_from_a_script::<serde_json::Error>());
    }
}
