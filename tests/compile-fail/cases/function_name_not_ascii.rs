#![allow(unused)]

use codemode_runtime::tool;

#[tool]
fn größe() -> u32 {
    1
}

fn main() {}
