#![allow(unused)]

use codemode_runtime::tool;

#[derive(serde::Deserialize, schemars::JsonSchema)]
enum Unit {
    Day,
    Week,
}

#[tool]
fn views(#[tool(default)] unit: Unit) -> u32 {
    1
}

fn main() {}
