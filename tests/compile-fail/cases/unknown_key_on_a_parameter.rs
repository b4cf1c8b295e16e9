#![allow(unused)]

use codemode_runtime::tool;

#[tool]
fn send(#[tool(defalt = 3)] count: u32) {}

fn main() {}
