#![allow(unused)]

use codemode_runtime::tool;

#[tool(name = "send", name = "post")]
fn send() {}

fn main() {}
