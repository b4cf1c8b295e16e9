//! The key of an object, which is text in JSON and can be more in Rust.

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{Deserializer, Error as _, Unexpected, Visitor};

use super::error::Misread;
use super::json::{Keys, Scalar};
use super::marked;

/// A key about to be read.
#[derive(Clone, Copy)]
pub(crate) struct Key<'de> {
    text: &'de str,
    shown_as: Keys,
}

impl<'de> Key<'de> {
    pub(crate) fn new(text: &'de str, shown_as: Keys) -> Self {
        Self { text, shown_as }
    }

    fn text<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        visitor.visit_borrowed_str(self.text)
    }

    fn integer<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        match Scalar::of(self.text) {
            Some(Scalar::Integer(_)) => marked::visit_integer(self.text, visitor),
            _ => Err(Misread::invalid_type(Unexpected::Str(self.text), &visitor)),
        }
    }

    fn float<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        match (Scalar::of(self.text), self.text.parse()) {
            (Some(Scalar::Integer(_) | Scalar::Number(_)), Ok(number)) => visitor.visit_f64(number),
            _ => Err(Misread::invalid_type(Unexpected::Str(self.text), &visitor)),
        }
    }

    /// Where nobody says what is wanted: mostly serde's buffer, or the names of a struct's fields.
    fn any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        let scalar = match self.shown_as {
            Keys::Scalars => Scalar::of(self.text),
            Keys::Text | Keys::Settled => None,
        };
        match scalar {
            Some(Scalar::Bool(value)) => visitor.visit_bool(value),
            // Signed wherever it can be: an unsigned one could be taken for the number of a field.
            Some(Scalar::Integer(integer)) => {
                match (i64::try_from(integer), u64::try_from(integer)) {
                    (Ok(integer), _) => visitor.visit_i64(integer),
                    (_, Ok(integer)) => visitor.visit_u64(integer),
                    _ => self.text(visitor),
                }
            }
            Some(Scalar::Number(number)) => visitor.visit_f64(number),
            None => self.text(visitor),
        }
    }
}

impl<'de> Deserializer<'de> for Key<'de> {
    type Error = Misread;

    read_as! {
        any: deserialize_any deserialize_identifier;
        integer: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128 deserialize_u8
            deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128;
        float: deserialize_f32 deserialize_f64;
        text: deserialize_char deserialize_str deserialize_string deserialize_unit deserialize_seq deserialize_map;
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        match Scalar::of(self.text) {
            Some(Scalar::Bool(value)) => visitor.visit_bool(value),
            _ => Err(Misread::invalid_type(Unexpected::Str(self.text), &visitor)),
        }
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        visitor.visit_borrowed_bytes(self.text.as_bytes())
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misread> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misread> {
        BorrowedStrDeserializer::new(self.text).deserialize_enum(name, variants, visitor)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misread> {
        self.text(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Misread> {
        self.text(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Misread> {
        self.text(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misread> {
        self.text(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
        visitor.visit_unit()
    }
}
