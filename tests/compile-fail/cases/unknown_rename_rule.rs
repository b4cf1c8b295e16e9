#![allow(unused)]

use codemode_runtime::tool;

#[tool(rename_all = "camel_case")]
fn send(reply_to: String) {}

fn main() {}
