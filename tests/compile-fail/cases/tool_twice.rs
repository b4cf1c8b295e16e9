#![allow(unused)]

use codemode_runtime::tool;

#[tool]
#[tool(name = "again")]
fn send() {}

fn main() {}
