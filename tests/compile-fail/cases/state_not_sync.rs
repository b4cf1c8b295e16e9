#![allow(unused)]

use codemode_runtime::tool;

use std::cell::Cell;

#[tool]
fn views(#[state] counter: &Cell<u32>) -> u32 {
    counter.get()
}

fn main() {}
