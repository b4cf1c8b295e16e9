//! A parameter that is marked as one, as other crates want it.

use codemode_runtime::tool;

#[tool]
fn add(#[tool(param)] a: u32, #[tool(aggr)] b: u32) -> u32 {
    a + b
}

fn main() {}
