#![allow(unused)]

use codemode_runtime::tool;

#[tool]
fn send(__proto__: String) {}

fn main() {}
