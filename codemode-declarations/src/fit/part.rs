//! What a comparison asks of a value, whether it is in memory or still text.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde_json::Value;

/// What a value is, as far as it can be seen without looking further.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    Boolean,
    Number,
    String,
    BigInt,
    Bytes,
    List,
    Object,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::BigInt => "a bigint",
            Self::Bytes => "a `Uint8Array`",
            Self::List => "a list",
            Self::Object => "an object",
        }
    }
}

/// A value, or a part of one.
pub(super) trait Part<'v>: Copy {
    fn kind(self) -> Kind;

    /// Whether it is what a literal type stands for, to JavaScript, which has one kind of numbers.
    fn is(self, literal: &Value) -> bool;

    /// The items of a list.
    fn items(self) -> impl Iterator<Item = Self>;

    /// The properties of an object.
    fn fields(self) -> impl Iterator<Item = (Cow<'v, str>, Self)>;

    /// How many values it is made of, with itself.
    fn count(self) -> usize;
}

impl<'v> Part<'v> for &'v Value {
    fn kind(self) -> Kind {
        match self {
            Value::Null => Kind::Null,
            Value::Bool(_) => Kind::Boolean,
            Value::Number(_) => Kind::Number,
            Value::String(_) => Kind::String,
            Value::Array(_) => Kind::List,
            Value::Object(_) => Kind::Object,
        }
    }

    fn is(self, literal: &Value) -> bool {
        match self.as_f64() {
            Some(number) => is_number(literal, number),
            None => literal == self,
        }
    }

    fn items(self) -> impl Iterator<Item = Self> {
        self.as_array().into_iter().flatten()
    }

    fn fields(self) -> impl Iterator<Item = (Cow<'v, str>, Self)> {
        let fields = self.as_object().into_iter().flatten();
        fields.map(|(name, value)| (Cow::Borrowed(name.as_str()), value))
    }

    fn count(self) -> usize {
        match self {
            Value::Array(values) => 1 + values.iter().map(Part::count).sum::<usize>(),
            Value::Object(fields) => 1 + fields.values().map(Part::count).sum::<usize>(),
            _ => 1,
        }
    }
}

pub(super) fn is_number(literal: &Value, number: f64) -> bool {
    let literal = literal.as_f64();
    literal.and_then(|literal| literal.partial_cmp(&number)) == Some(Ordering::Equal)
}
