#![allow(unused)]

use codemode_runtime::tool;

#[tool]
fn names() -> Vec<impl Into<String>> {
    vec!["a"]
}

fn main() {}
