#![allow(unused)]

use codemode_runtime::tool;

#[tool(read_only, destructive)]
fn send() {}

fn main() {}
