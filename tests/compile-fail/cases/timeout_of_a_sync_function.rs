#![allow(unused)]

use codemode_runtime::tool;

#[tool(timeout = "5s")]
fn send() {}

fn main() {}
