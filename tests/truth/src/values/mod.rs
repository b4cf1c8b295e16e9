//! Values to try types with: by construction, from schemas, changed, and arbitrary.

mod arbitrary;
mod from_schema;
mod json;
mod mutate;
mod shrink;

pub use self::arbitrary::arbitrary;
pub use self::from_schema::FromSchema;
pub use self::json::{as_a_script_sends, held, literal, text};
pub use self::mutate::{joined, mutate};
pub use self::shrink::smaller;

use fastrand::Rng;

/// One of several; `None` of none.
fn one_of<'a, T>(rng: &mut Rng, options: &'a [T]) -> Option<&'a T> {
    rng.choice(options)
}
