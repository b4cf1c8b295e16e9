#![allow(unused)]

use codemode_runtime::tool;

#[tool]
fn first<const COUNT: usize>(text: String) -> String {
    text.chars().take(COUNT).collect()
}

fn main() {}
