#![allow(unused)]

use codemode_runtime::tool;

#[tool]
fn send(
    #[serde(rename = "n")]
    #[tool(rename = "m")]
    count: u32,
) {
}

fn main() {}
