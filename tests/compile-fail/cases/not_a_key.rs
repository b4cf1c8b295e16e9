#![allow(unused)]

use codemode_runtime::tool;

#[tool("email")]
fn send() {}

fn main() {}
