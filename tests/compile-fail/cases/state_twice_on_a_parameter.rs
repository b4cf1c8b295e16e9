#![allow(unused)]

use codemode_runtime::tool;

struct Db;

#[tool]
fn count(
    #[state]
    #[state]
    db: &Db,
) {
}

fn main() {}
