#![allow(unused)]

use codemode_runtime::provide_state;

struct Db;

#[provide_state]
fn open(path: String) -> Db {
    Db
}

fn main() {}
