#![allow(unused)]

use codemode_runtime::tool;

#[tool]
fn later() -> impl Future<Output = u32> {
    async { 42 }
}

fn main() {}
