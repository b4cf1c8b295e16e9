#![allow(unused)]

use codemode_runtime::tool;

#[tool]
const fn answer() -> u32 {
    42
}

fn main() {}
