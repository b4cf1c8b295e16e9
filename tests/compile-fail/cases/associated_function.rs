#![allow(unused)]

use codemode_runtime::tool;

struct Db;

impl Db {
    #[tool]
    fn count(table: String) -> usize {
        table.len()
    }
}

fn main() {}
