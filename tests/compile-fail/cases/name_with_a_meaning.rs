#![allow(unused)]

use codemode_runtime::tool;

/// What comes next.
#[tool(namespace = "steps")]
fn then() {}

/// The steps as a text.
#[tool(namespace = "steps")]
fn to_string() -> String {
    String::new()
}

fn main() {}
