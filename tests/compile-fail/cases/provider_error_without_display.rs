#![allow(unused)]

use codemode_runtime::provide_state;

struct Db;

struct Refused;

#[provide_state]
fn open() -> Result<Db, Refused> {
    Ok(Db)
}

fn main() {}
