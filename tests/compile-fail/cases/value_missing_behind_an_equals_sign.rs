#![allow(unused)]

use codemode_runtime::tool;

#[tool]
fn send(#[tool(default =)] count: u32) {}

fn main() {}
