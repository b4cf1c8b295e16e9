#![allow(unused)]

use codemode_runtime::{provide_state, tool};

struct Db;

#[tool]
#[provide_state]
fn open() -> Db {
    Db
}

fn main() {}
