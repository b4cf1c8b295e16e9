#![allow(unused)]

use codemode_runtime::tool;

#[tool(timeout = "5")]
async fn send() {}

fn main() {}
