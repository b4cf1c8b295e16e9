//! Policy files: what scripts may call, with which arguments, and what a person is asked about.
//!
//! [`read`] makes the [`model`] of a file, [`decide`] tells which rule a call meets, [`standing`] what can become of a
//! function's calls at all. Nothing here needs an engine; what asks and counts is the sandbox's.

mod condition;
mod decide;
mod explain;
mod mistake;
mod model;
mod number;
mod pattern;
mod policy_file;
mod read;
mod schema;
mod standing;
#[cfg(any(test, feature = "engine"))]
mod tally;

#[cfg(test)]
mod docs_tests;
#[cfg(test)]
mod tests;

#[cfg(feature = "engine")]
pub(crate) use self::decide::{Action, Call, decide};
pub use self::mistake::{Mistake, PolicyFileError};
#[cfg(feature = "engine")]
pub(crate) use self::policy_file::arguments;
pub use self::policy_file::{PolicyFile, PolicyQuestion};
#[cfg(feature = "engine")]
pub(crate) use self::tally::{Tallies, Tally};
