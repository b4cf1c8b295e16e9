#![allow(unused)]

use codemode_runtime::tool;

#[tool]
fn send(
    #[serde(default)]
    #[tool(default = 3)]
    count: u32,
) {
}

fn main() {}
