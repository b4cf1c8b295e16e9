#![allow(unused)]

use codemode_runtime::tool;

#[tool(read_only = "yes")]
fn send() {}

fn main() {}
