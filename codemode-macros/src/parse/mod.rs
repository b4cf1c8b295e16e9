//! First stage: tokens to syntax. Knows what is written, not yet whether it makes sense.

mod arguments;
mod attributes;
mod docs;
mod function;

pub(crate) use arguments::{Arguments, Key, Value, string};
pub(crate) use attributes::{SerdeNames, deprecation, serde_names};
pub(crate) use docs::{DocLine, docs};
pub(crate) use function::{Function, Parameter, function};
