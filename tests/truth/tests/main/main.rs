//! The proof that declarations are true.
//!
//! It tries the same values each time. `CODEMODE_TRUTH_SEED` has others: those of a number, or `random` ones.
//! `CODEMODE_TRUTH_SCALE` makes it larger.

mod documentation;
mod exceptions;
mod regressions;
mod rust_types;
mod schemas;
mod seed;
mod shrinking;
