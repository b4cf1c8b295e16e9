#![allow(unused)]

use codemode_runtime::tool;

#[derive(serde::Serialize)]
struct Views {
    count: u32,
}

#[tool]
fn views() -> Vec<Views> {
    Vec::new()
}

fn main() {}
