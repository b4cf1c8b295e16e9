#![allow(unused)]

use codemode_runtime::tool;

#[tool(name = "send-mail")]
fn send() {}

fn main() {}
