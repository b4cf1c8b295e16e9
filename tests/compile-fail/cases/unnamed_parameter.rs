#![allow(unused)]

use codemode_runtime::tool;

#[tool]
fn send(_: String) {}

fn main() {}
