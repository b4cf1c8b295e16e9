#![allow(unused)]

use codemode_runtime::tool;

#[tool(rename_all = "camelCase")]
fn send(__: String) {}

fn main() {}
