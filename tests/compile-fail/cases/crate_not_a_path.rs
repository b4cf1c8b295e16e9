#![allow(unused)]

use codemode_runtime::tool;

#[tool(crate = "not a path")]
fn send() {}

fn main() {}
