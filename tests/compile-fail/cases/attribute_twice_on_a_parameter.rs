#![allow(unused)]

use codemode_runtime::tool;

#[tool]
fn send(
    #[tool(default)]
    #[tool(rename = "n")]
    count: u32,
) {
}

fn main() {}
