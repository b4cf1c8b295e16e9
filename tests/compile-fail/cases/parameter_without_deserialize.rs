#![allow(unused)]

use codemode_runtime::tool;

#[derive(schemars::JsonSchema)]
struct Range {
    days: u32,
}

#[tool]
fn count(range: Vec<Range>) -> u32 {
    1
}

fn main() {}
