#![allow(unused)]

use codemode_runtime::tool;

#[tool(namespce = "email")]
fn send() {}

fn main() {}
