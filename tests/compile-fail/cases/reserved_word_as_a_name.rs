#![allow(unused)]

use codemode_runtime::tool;

#[tool(name = "import")]
fn load(path: String) {}

fn main() {}
