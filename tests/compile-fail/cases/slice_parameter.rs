#![allow(unused)]

use codemode_runtime::tool;

#[tool]
fn sum(numbers: &[u32]) -> u32 {
    numbers.iter().sum()
}

fn main() {}
