//! A parameter of a type that has neither of the two derives.

use codemode_runtime::tool;

/// Two days.
struct Range {
    since: String,
}

#[tool]
fn count(range: Range) -> u32 {
    range.since.len() as u32
}

fn main() {}
