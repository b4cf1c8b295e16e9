//! Values that cross between Rust and JavaScript: exactly, or not at all.
//!
//! Both sides speak JSON text, which has no 64-bit integers that JavaScript could read, no bytes, and no `NaN`. What
//! doesn't fit is refused; what a type opts into is carried as a *marked string*: one that starts with [`MARK`], then a
//! letter for its kind. A text with marked strings starts with a [`FLAG`], so that texts without any, nearly all, need no
//! second look. In a flagged text, an ordinary string that starts with the mark is itself marked as a string.

mod bigint;
mod bytes;
mod serializer;
mod text;

pub use self::bigint::BigInt;
pub use self::bytes::Bytes;

pub(crate) use self::serializer::to_text;
pub(crate) use self::text::unmark;

/// The largest integer up to which JavaScript's numbers are exact: `Number.MAX_SAFE_INTEGER`.
const MAX_SAFE: u64 = (1 << 53) - 1;

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

/// The names under which wrapped values pass through serializers. Only this module's own looks at them; any other one
/// takes the value as it is.
const BIGINT_NAME: &str = "$codemode::BigInt";
const BYTES_NAME: &str = "$codemode::Bytes";

/// The keyword by which a schema tells the printer of a type that JSON has no name for.
pub(crate) const TYPE_KEYWORD: &str = "x-codemode-type";

/// Takes the keyword out of a schema of values that come as plain JSON, such as another host's, in which the types are what
/// JSON has in their places.
#[cfg(feature = "mcp")]
pub(crate) fn without_type_keyword(schema: &mut serde_json::Value) {
    match schema {
        serde_json::Value::Object(keywords) => {
            keywords.shift_remove(TYPE_KEYWORD);
            keywords.values_mut().for_each(without_type_keyword);
        }
        serde_json::Value::Array(schemas) => schemas.iter_mut().for_each(without_type_keyword),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
