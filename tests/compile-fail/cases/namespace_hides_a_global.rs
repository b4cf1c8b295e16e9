#![allow(unused)]

use codemode_runtime::tool;

#[tool(namespace = "console")]
fn send() {}

fn main() {}
