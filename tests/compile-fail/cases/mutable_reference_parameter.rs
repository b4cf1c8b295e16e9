#![allow(unused)]

use codemode_runtime::tool;

#[tool]
fn send(to: &mut String) {}

fn main() {}
