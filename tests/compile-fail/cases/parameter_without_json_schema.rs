#![allow(unused)]

use codemode_runtime::tool;

#[derive(serde::Deserialize)]
struct Range {
    days: u32,
}

#[tool]
fn count(range: Vec<Range>) -> u32 {
    1
}

fn main() {}
