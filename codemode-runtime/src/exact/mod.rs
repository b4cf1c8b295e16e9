//! Values that cross between Rust and JavaScript: exactly, or not at all.
//!
//! Both sides speak JSON text, which has no 64-bit integers that JavaScript could read, no bytes, and no `NaN`. What
//! doesn't fit is refused; what a type opts into is carried as a *marked string*: one that starts with a mark, then a
//! letter for its kind; [`codemode_declarations::exact`] has the rules.
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
mod integers;
mod json;
mod key;
mod maps;
mod marked;
mod part;
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
mod wrapped;

pub use self::bigint::BigInt;
pub use self::bytes::Bytes;

pub(crate) use self::integers::advise;
pub use self::read::from_text;
pub(crate) use self::read::names;
pub use self::serializer::to_text;
#[cfg(any(test, feature = "engine"))]
pub(crate) use self::text::unmark;

#[cfg(test)]
mod reading_tests;
#[cfg(test)]
mod tests;
