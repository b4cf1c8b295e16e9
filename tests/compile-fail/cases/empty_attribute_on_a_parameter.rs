#![allow(unused)]

use codemode_runtime::tool;

#[tool]
fn send(#[tool] to: String) {}

fn main() {}
