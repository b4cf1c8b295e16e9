#![allow(unused)]

use codemode_runtime::tool;

struct Refused;

#[tool]
fn views() -> Result<u32, Refused> {
    Err(Refused)
}

fn main() {}
