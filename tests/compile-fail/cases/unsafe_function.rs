#![allow(unused)]

use codemode_runtime::tool;

#[tool]
unsafe fn answer() -> u32 {
    42
}

fn main() {}
