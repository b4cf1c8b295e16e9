//! Text as people and models read it: sentences, words and tokens.

pub(super) mod sentence;
pub(super) mod tokens;
pub(super) mod words;
