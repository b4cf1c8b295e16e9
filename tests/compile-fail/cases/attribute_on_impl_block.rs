#![allow(unused)]

use codemode_runtime::tool;

struct Db;

#[tool]
impl Db {
    fn count(&self) -> u32 {
        1
    }
}

fn main() {}
