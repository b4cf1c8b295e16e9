#![allow(unused)]

use codemode_runtime::tool;

#[tool]
fn delete(path: String) {}

fn main() {}
