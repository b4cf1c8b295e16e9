#![allow(unused)]

use codemode_runtime::provide_state;

#[provide_state]
fn clock() -> impl Fn() -> u64 {
    || 0
}

fn main() {}
