#![allow(unused)]

use codemode_runtime::tool;

#[tool]
fn echo(text: String) -> String
where
    String: Clone,
{
    text
}

fn main() {}
