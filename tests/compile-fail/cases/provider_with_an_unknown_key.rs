#![allow(unused)]

use codemode_runtime::provide_state;

struct Db;

#[provide_state(name = "db")]
fn open() -> Db {
    Db
}

fn main() {}
