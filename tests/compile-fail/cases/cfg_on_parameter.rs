#![allow(unused)]

use codemode_runtime::tool;

#[tool]
fn send(to: String, #[cfg(unix)] from: String) {}

fn main() {}
