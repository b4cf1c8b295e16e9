#![allow(unused)]

use codemode_runtime::provide_state;

use std::cell::Cell;

#[provide_state]
fn counter() -> Cell<u32> {
    Cell::new(0)
}

fn main() {}
