#![allow(unused)]

use codemode_runtime::tool;

#[tool(crate = "missing_runtime")]
fn send() {}

fn main() {}
