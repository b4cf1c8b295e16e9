//! The proof that declarations are true.
//!
//! It tries the same values each time, and beside them fewer that nobody has tried. `CODEMODE_TRUTH_SEED` has others for
//! both: those of a number, or `random` ones. `CODEMODE_TRUTH_SCALE` makes it larger. What fails is printed as `regressions.rs`
//! keeps it.
//!
//! With `--features features-of-others`, `serde_json` has the features that any crate of a user's graph can turn on for all.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod documentation;
mod exceptions;
mod judge;
mod lists;
mod regressions;
mod results;
mod rust_types;
mod schemas;
mod seed;
mod shrinking;
mod tally;
