//! Scripts with the mistakes of language models, and what is told of each.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that can't go on fails"
)]

mod elsewhere;
mod fields;
mod mistakes;
mod office;
mod style;
