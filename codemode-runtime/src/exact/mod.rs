//! Values that cross between Rust and JavaScript: exactly, or not at all.
//!
//! Both sides speak JSON text, which has no 64-bit integers that JavaScript could read, no bytes, and no `NaN`. What
//! doesn't fit is refused; what a type opts into is carried as a *marked string*: one that starts with a mark, then a
//! letter for its kind; [`codemode_declarations::exact`] has the rules.
//!
//! Results are written by [`write`], around the serializer of `serde_json`. Inputs are read by [`mod@read`], which leaves plain ones to
//! `serde_json`.

mod bigint;
mod bytes;
mod integers;
mod read;
#[cfg_attr(
    not(feature = "engine"),
    allow(dead_code, reason = "only a sandbox's policy sees the text as JSON")
)]
mod text;
mod wrapped;
mod write;

pub use self::bigint::BigInt;
pub use self::bytes::Bytes;

pub(crate) use self::integers::advise;
pub use self::read::input::from_text;
pub(crate) use self::read::input::names;
#[cfg(feature = "engine")]
pub(crate) use self::read::json::string_length;
#[cfg(any(test, feature = "engine"))]
pub(crate) use self::text::{unmark, within_marked};
pub use self::write::serializer::to_text;

#[cfg(test)]
mod reading_tests;
#[cfg(test)]
mod tests;
