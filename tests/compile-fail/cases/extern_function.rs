#![allow(unused)]

use codemode_runtime::tool;

#[tool]
extern "C" fn answer() -> u32 {
    42
}

fn main() {}
