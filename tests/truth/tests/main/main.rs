//! The proof that declarations are true.
//!
//! `CODEMODE_TRUTH_SEED` repeats a run, `CODEMODE_TRUTH_SCALE` makes it larger.

mod documentation;
mod exceptions;
mod regressions;
mod rust_types;
mod schemas;
mod seed;
mod shrinking;
