#![allow(unused)]

use codemode_runtime::tool;

#[tool(namespace = email)]
fn send() {}

fn main() {}
