#![allow(unused)]

use codemode_runtime::tool;

struct Db;

#[tool]
fn count(#[state(Db)] db: &Db) {}

fn main() {}
