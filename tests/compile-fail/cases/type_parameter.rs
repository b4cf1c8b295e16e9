#![allow(unused)]

use codemode_runtime::tool;

#[tool]
fn echo<T>(text: String) -> String {
    text
}

fn main() {}
