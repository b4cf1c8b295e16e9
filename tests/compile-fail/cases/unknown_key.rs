#![allow(unused)]

use codemode_runtime::tool;

#[tool(description = "Sends a mail.")]
fn send() {}

fn main() {}
