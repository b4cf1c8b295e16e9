#![allow(unused)]

use codemode_runtime::tool;

#[tool]
fn views(#[tool(default = "week")] days: u32) -> u32 {
    days
}

fn main() {}
