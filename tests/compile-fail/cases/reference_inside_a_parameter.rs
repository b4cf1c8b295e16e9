#![allow(unused)]

use codemode_runtime::tool;

#[tool]
fn send(to: Vec<Option<&str>>) {}

fn main() {}
