#![allow(unused)]

use codemode_runtime::tool;

#[tool(namespace)]
fn send() {}

fn main() {}
