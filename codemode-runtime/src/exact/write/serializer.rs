//! A result to JSON text that JavaScript reads as the same value.
//!
//! Wraps the serializer of `serde_json`: refuses what JavaScript would read as something else, marks what has opted in,
//! and tells where in the result the trouble is.

use std::fmt::{self, Display, Write as _};

use codemode_declarations::exact::{BYTES, FLAG, INTEGER, MARK, STRING};
use serde::ser::{Error, Serialize, Serializer};

use super::compound::Compound;
use super::part::{Exact, Inner, State, Step, problem};
use super::private::{Record, Text};
use crate::exact::integers::{MAX_SAFE, beyond};
use crate::exact::wrapped::{BIGINT_NAME, BYTES_NAME};

/// Deeper values are refused: `serde_json` reads no deeper ones, and writing them would need a stack without bound.
const MAX_DEPTH: usize = 127;

/// The text of a value, flagged if it has marked strings.
///
/// # Errors
///
/// If something in it would be another value in JavaScript; the error names the place.
pub fn to_text<T: Serialize + ?Sized>(value: &T) -> Result<String, String> {
    let state = State::default();
    let first = write(value, &state).or_else(|_| {
        // Only now is it worth while to keep the keys of maps, by which the place is told.
        state.keeps_keys.set(true);
        write(value, &state)
    })?;
    if !state.marks.get() {
        return Ok(first);
    }
    // Only now is it known that strings which look marked have to be told apart.
    state.escapes.set(true);
    write(value, &state).map(|text| format!("{FLAG}{text}"))
}

fn write<T: Serialize + ?Sized>(value: &T, state: &State) -> Result<String, String> {
    let mut text = Vec::with_capacity(128);
    let mut serializer = serde_json::Serializer::new(&mut text);
    value
        .serialize(Exact {
            inner: &mut serializer,
            state,
        })
        .map_err(|error| format!("result{error}"))?;
    String::from_utf8(text).map_err(|error| error.to_string())
}

impl<T: Serialize + ?Sized> Serialize for Inner<'_, '_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let depth = self.state.depth.get();
        if depth >= MAX_DEPTH {
            return Err(problem(format_args!(
                "nested deeper than {MAX_DEPTH} levels"
            )));
        }
        self.state.depth.set(depth + 1);
        let result = self.value.serialize(Exact {
            inner: serializer,
            state: self.state,
        });
        self.state.depth.set(depth);
        // The way is put together while the error comes up, so that it costs nothing where there is none.
        result.map_err(|error| match self.step {
            Step::None => error,
            Step::Field(name) => S::Error::custom(format_args!(".{name}{error}")),
            Step::Index(index) => S::Error::custom(format_args!("[{index}]{error}")),
        })
    }
}

impl<'s, S: Serializer> Exact<'s, S> {
    fn wrap<'v, T: ?Sized>(&self, value: &'v T, step: Step<'v>) -> Inner<'s, 'v, T> {
        Inner {
            value,
            state: self.state,
            step,
        }
    }

    fn integer<I: Display + Copy>(
        self,
        value: I,
        is_safe: bool,
        plain: impl FnOnce(S, I) -> Result<S::Ok, S::Error>,
    ) -> Result<S::Ok, S::Error> {
        if self.state.bigint.get() {
            self.state.marks.set(true);
            self.inner.serialize_str(&format!("{MARK}{INTEGER}{value}"))
        } else if is_safe {
            plain(self.inner, value)
        } else {
            Err(problem(beyond(value)))
        }
    }

    fn float(
        self,
        value: f64,
        plain: impl FnOnce(S) -> Result<S::Ok, S::Error>,
    ) -> Result<S::Ok, S::Error> {
        if value.is_finite() {
            plain(self.inner)
        } else {
            Err(problem(format_args!(
                "{value} has no JSON; return an `Option` that is `None` instead"
            )))
        }
    }
}

macro_rules! pass_on {
    ($($method:ident($type:ty);)*) => {$(
        fn $method(self, value: $type) -> Result<S::Ok, S::Error> {
            self.inner.$method(value)
        }
    )*};
}

impl<'s, S: Serializer> Serializer for Exact<'s, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Compound<'s, S::SerializeSeq>;
    type SerializeTuple = Compound<'s, S::SerializeTuple>;
    type SerializeTupleStruct = Compound<'s, S::SerializeTupleStruct>;
    type SerializeTupleVariant = Compound<'s, S::SerializeTupleVariant>;
    type SerializeMap = Compound<'s, S::SerializeMap>;
    type SerializeStruct = Record<'s, S>;
    type SerializeStructVariant = Compound<'s, S::SerializeStructVariant>;

    pass_on! {
        serialize_bool(bool);
        serialize_char(char);
        serialize_bytes(&[u8]);
        serialize_unit_struct(&'static str);
    }

    fn serialize_i8(self, value: i8) -> Result<S::Ok, S::Error> {
        self.integer(value, true, S::serialize_i8)
    }

    fn serialize_i16(self, value: i16) -> Result<S::Ok, S::Error> {
        self.integer(value, true, S::serialize_i16)
    }

    fn serialize_i32(self, value: i32) -> Result<S::Ok, S::Error> {
        self.integer(value, true, S::serialize_i32)
    }

    fn serialize_u8(self, value: u8) -> Result<S::Ok, S::Error> {
        self.integer(value, true, S::serialize_u8)
    }

    fn serialize_u16(self, value: u16) -> Result<S::Ok, S::Error> {
        self.integer(value, true, S::serialize_u16)
    }

    fn serialize_u32(self, value: u32) -> Result<S::Ok, S::Error> {
        self.integer(value, true, S::serialize_u32)
    }

    fn serialize_i64(self, value: i64) -> Result<S::Ok, S::Error> {
        self.integer(value, value.unsigned_abs() <= MAX_SAFE, S::serialize_i64)
    }

    fn serialize_u64(self, value: u64) -> Result<S::Ok, S::Error> {
        self.integer(value, value <= MAX_SAFE, S::serialize_u64)
    }

    fn serialize_i128(self, value: i128) -> Result<S::Ok, S::Error> {
        self.integer(
            value,
            value.unsigned_abs() <= u128::from(MAX_SAFE),
            S::serialize_i128,
        )
    }

    fn serialize_u128(self, value: u128) -> Result<S::Ok, S::Error> {
        self.integer(value, value <= u128::from(MAX_SAFE), S::serialize_u128)
    }

    fn serialize_f32(self, value: f32) -> Result<S::Ok, S::Error> {
        self.float(f64::from(value), |inner| inner.serialize_f32(value))
    }

    fn serialize_f64(self, value: f64) -> Result<S::Ok, S::Error> {
        self.float(value, |inner| inner.serialize_f64(value))
    }

    fn serialize_str(self, value: &str) -> Result<S::Ok, S::Error> {
        if self.state.escapes.get() && value.starts_with(MARK) {
            self.inner.serialize_str(&format!("{MARK}{STRING}{value}"))
        } else {
            self.inner.serialize_str(value)
        }
    }

    fn serialize_none(self) -> Result<S::Ok, S::Error> {
        self.inner.serialize_none()
    }

    fn serialize_unit(self) -> Result<S::Ok, S::Error> {
        self.inner.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        let value = self.wrap(value, Step::None);
        self.inner.serialize_some(&value)
    }

    fn serialize_unit_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
    ) -> Result<S::Ok, S::Error> {
        self.inner.serialize_unit_variant(name, index, variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        match name {
            BIGINT_NAME => {
                let outer = self.state.bigint.replace(true);
                let value = self.wrap(value, Step::None);
                let result = value.serialize(self.inner);
                value.state.bigint.set(outer);
                result
            }
            BYTES_NAME => {
                self.state.marks.set(true);
                self.inner.collect_str(&Marked(value))
            }
            _ => {
                let value = self.wrap(value, Step::None);
                self.inner.serialize_newtype_struct(name, &value)
            }
        }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        let value = self.wrap(value, Step::Field(variant));
        self.inner
            .serialize_newtype_variant(name, index, variant, &value)
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Self::SerializeSeq, S::Error> {
        Ok(Compound::new(self.inner.serialize_seq(length)?, self.state))
    }

    fn serialize_tuple(self, length: usize) -> Result<Self::SerializeTuple, S::Error> {
        Ok(Compound::new(
            self.inner.serialize_tuple(length)?,
            self.state,
        ))
    }

    fn serialize_tuple_struct(
        self,
        name: &'static str,
        length: usize,
    ) -> Result<Self::SerializeTupleStruct, S::Error> {
        Ok(Compound::new(
            self.inner.serialize_tuple_struct(name, length)?,
            self.state,
        ))
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Self::SerializeTupleVariant, S::Error> {
        let inner = self
            .inner
            .serialize_tuple_variant(name, index, variant, length)?;
        Ok(Compound::new(inner, self.state))
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Self::SerializeMap, S::Error> {
        let mut map = Compound::new(self.inner.serialize_map(length)?, self.state);
        // A map knows how many keys it has, and has each once. What doesn't is put together from several values, as by
        // `flatten`, and JavaScript would keep the last of two properties with one name.
        if length.is_none() {
            map.has_each_key_once();
        }
        Ok(map)
    }

    fn serialize_struct(
        self,
        name: &'static str,
        length: usize,
    ) -> Result<Self::SerializeStruct, S::Error> {
        Record::new(self, name, length)
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Self::SerializeStructVariant, S::Error> {
        let inner = self
            .inner
            .serialize_struct_variant(name, index, variant, length)?;
        Ok(Compound::new(inner, self.state))
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

/// The base64 text of a [`crate::exact::Bytes`], marked.
struct Marked<'v, T: ?Sized>(&'v T);

impl<T: Serialize + ?Sized> Display for Marked<'_, T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_char(MARK)?;
        formatter.write_char(BYTES)?;
        write!(formatter, "{}", Text(self.0))
    }
}
