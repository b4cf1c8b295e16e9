#![allow(unused)]

use codemode_runtime::provide_state;

#[provide_state]
fn open<T: Default>() -> T {
    T::default()
}

fn main() {}
