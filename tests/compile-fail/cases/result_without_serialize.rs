#![allow(unused)]

use codemode_runtime::tool;

#[derive(schemars::JsonSchema)]
struct Views {
    count: u32,
}

#[tool]
fn views() -> Result<Vec<Views>, String> {
    Ok(Vec::new())
}

fn main() {}
