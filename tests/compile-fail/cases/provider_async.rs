#![allow(unused)]

use codemode_runtime::provide_state;

struct Db;

#[provide_state]
async fn open() -> Db {
    Db
}

fn main() {}
