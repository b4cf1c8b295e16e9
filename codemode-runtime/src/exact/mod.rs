//! Values that cross between Rust and JavaScript: exactly, or not at all.
//!
//! Both sides speak JSON text, which has no 64-bit integers that JavaScript could read, no bytes, and no `NaN`. What
//! doesn't fit is refused; what a type opts into is carried as a *marked string*: one that starts with [`MARK`], then a
//! letter for its kind. A text with marked strings starts with a [`FLAG`], so that texts without any, nearly all, need no
//! second look. In a flagged text, an ordinary string that starts with the mark is itself marked as a string.
//!
//! Results are written by [`serializer`], around that of `serde_json`. Inputs are read by [`read`], which leaves plain ones to
//! `serde_json` and all others to [`reader`].

/// Methods of serde's `Deserializer` that do what one method of the type's own does.
macro_rules! read_as {
    ($($how:ident: $($method:ident)*;)*) => {$($(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misread> {
            self.$how(visitor)
        }
    )*)*};
}

mod bigint;
mod bytes;
mod compound;
mod error;
mod explain;
mod json;
mod key;
mod maps;
mod marked;
mod plain;
mod private;
mod read;
mod reader;
mod serializer;
#[cfg_attr(
    not(feature = "engine"),
    allow(dead_code, reason = "only a sandbox's policy sees the text as JSON")
)]
mod text;
mod way;

use std::fmt::Display;

use serde_json::Value;

pub use self::bigint::BigInt;
pub use self::bytes::Bytes;

pub(crate) use self::read::{from_text, names};
pub(crate) use self::serializer::to_text;
#[cfg(any(test, feature = "engine"))]
pub(crate) use self::text::unmark;

/// The largest integer up to which JavaScript's numbers are exact: `Number.MAX_SAFE_INTEGER`.
const MAX_SAFE: u64 = (1 << 53) - 1;

/// The digits that the largest safe integer has. No shorter integer can be unsafe.
const SAFE_DIGITS: usize = 16;

/// What is wrong with an integer that is beyond JavaScript's.
const INEXACT: &str = "so JavaScript's number can't hold it exactly";

/// Why an integer isn't JavaScript's.
fn beyond(integer: impl Display) -> String {
    format!("{integer} is beyond ±{MAX_SAFE}, {INEXACT}")
}

/// Why a result can't be sent, with what the tool's author can do about it. Nobody who reads of a server's result is that.
pub(crate) fn advise(problem: String) -> String {
    if problem.ends_with(INEXACT) {
        problem + "; return a string, or a `codemode_runtime::BigInt`"
    } else {
        problem
    }
}

/// The first character of a marked string.
const MARK: char = '\0';
/// After the mark: the digits of an integer.
const INTEGER: char = 'n';
/// After the mark: bytes in base64.
const BYTES: char = 'b';
/// After the mark: a string that starts with the mark by itself.
const STRING: char = 's';

/// The first byte of a text with marked strings. No JSON text starts with it.
const FLAG: char = '~';

/// What a string of a flagged text stands for.
pub(crate) enum Marked<'t> {
    /// Itself.
    Not,
    /// A string that starts with the mark by itself, as it is escaped.
    String(&'t str),
    BigInt,
    Bytes,
}

/// A text without its flag, and whether it had one.
pub(crate) fn without_flag(text: &str) -> (&str, bool) {
    match text.strip_prefix(FLAG) {
        Some(marked) => (marked, true),
        None => (text, false),
    }
}

/// What a string of a flagged text stands for, from what is between its quotes.
pub(crate) fn mark_of(escaped: &str) -> Marked<'_> {
    let Some(marked) = escaped.strip_prefix("\\u0000") else {
        return Marked::Not;
    };
    match marked.chars().next() {
        Some(INTEGER) => Marked::BigInt,
        Some(BYTES) => Marked::Bytes,
        Some(STRING) => Marked::String(&marked[STRING.len_utf8()..]),
        _ => Marked::Not,
    }
}

/// The names under which wrapped values pass through serializers. Only this module's own looks at them; any other one
/// takes the value as it is.
const BIGINT_NAME: &str = "$codemode::BigInt";
const BYTES_NAME: &str = "$codemode::Bytes";

/// The keyword by which a schema tells the printer of a type that JSON has no name for.
pub(crate) const TYPE_KEYWORD: &str = "x-codemode-type";

/// Takes the keyword out of a schema of values that come as plain JSON, such as another host's, in which the types are what
/// JSON has in their places.
pub(crate) fn without_type_keyword(schema: &mut Value) {
    for_each_type_keyword(schema, &mut |_, _| {});
}

/// Makes a schema of values with bytes and bigints one of the same values in JSON, in which both are strings.
#[cfg(feature = "mcp")]
pub(crate) fn described_as_json(schema: &mut Value) {
    for_each_type_keyword(schema, &mut |keywords, kind| {
        if kind != "bigint" {
            return;
        }
        for of_numbers in ["format", "maximum", "minimum"] {
            keywords.shift_remove(of_numbers);
        }
        let kinds = match keywords.get_mut("type") {
            Some(Value::Array(kinds)) => kinds.as_mut_slice(),
            Some(kind) => std::slice::from_mut(kind),
            None => &mut [],
        };
        for kind in kinds.iter_mut().filter(|kind| *kind == "integer") {
            *kind = "string".into();
        }
    });
}

/// Removes the keyword wherever it stands, and calls `visit` with its neighbours and what it says.
fn for_each_type_keyword(
    schema: &mut Value,
    visit: &mut impl FnMut(&mut serde_json::Map<String, Value>, &str),
) {
    match schema {
        Value::Object(keywords) => {
            // Among the names of properties it isn't a keyword, and has a schema.
            if keywords.get(TYPE_KEYWORD).is_some_and(Value::is_string)
                && let Some(Value::String(kind)) = keywords.shift_remove(TYPE_KEYWORD)
            {
                visit(keywords, &kind);
            }
            for inner in keywords.values_mut() {
                for_each_type_keyword(inner, visit);
            }
        }
        Value::Array(schemas) => {
            for inner in schemas {
                for_each_type_keyword(inner, visit);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod reading_tests;
#[cfg(test)]
mod tests;
