//! From the text of a file to its rules, or to its mistakes.

pub(super) mod condition;
pub(super) mod file;
mod reader;
pub(super) mod tree;
