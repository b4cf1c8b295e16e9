#![allow(unused)]

use codemode_runtime::tool;

#[tool]
fn send(to: &str) {}

fn main() {}
