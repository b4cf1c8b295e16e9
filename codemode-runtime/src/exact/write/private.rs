//! What `serde_json` hands on in disguise: with its features `arbitrary_precision` and `raw_value`, which anybody's crate can
//! turn on for all, a number and JSON that was written before are structs of private names with a text in them.

use std::fmt::{self, Display};

use serde::ser::{Error as _, Serialize, SerializeStruct, Serializer};

use super::compound::Compound;
use super::part::Exact;
use crate::exact::read::json::{Json, PRIVATE_NAMES};

/// A struct, or what only looks like one.
pub(crate) enum Record<'s, S: Serializer> {
    Struct(Compound<'s, S::SerializeStruct>),
    /// JSON text, which is looked at as any other value before it crosses.
    Text {
        inner: Exact<'s, S>,
        text: String,
    },
}

impl<'s, S: Serializer> Record<'s, S> {
    pub(crate) fn new(
        inner: Exact<'s, S>,
        name: &'static str,
        length: usize,
    ) -> Result<Self, S::Error> {
        if name.starts_with(PRIVATE_NAMES) {
            let text = String::new();
            return Ok(Self::Text { inner, text });
        }
        inner.record(name, length).map(Self::Struct)
    }
}

impl<S: Serializer> SerializeStruct for Record<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), S::Error> {
        match self {
            Self::Struct(fields) => fields.serialize_field(name, value),
            Self::Text { text, .. } => {
                *text = Text(value).to_string();
                Ok(())
            }
        }
    }

    fn skip_field(&mut self, name: &'static str) -> Result<(), S::Error> {
        match self {
            Self::Struct(fields) => fields.skip_field(name),
            Self::Text { .. } => Ok(()),
        }
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        match self {
            Self::Struct(fields) => fields.end(),
            Self::Text { inner, text } => {
                let value = Json::parse_exactly(&text);
                let value = value.map_err(|error| S::Error::custom(error.placed()))?;
                value.serialize(inner)
            }
        }
    }
}

/// A text as it is written.
pub(crate) struct Text<'v, T: ?Sized>(pub(crate) &'v T);

impl<T: Serialize + ?Sized> Display for Text<'_, T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A formatter is a serializer of strings.
        self.0.serialize(formatter)
    }
}
