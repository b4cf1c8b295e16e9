#![allow(unused)]

use codemode_runtime::tool;

struct Db;

#[tool]
fn count(#[state] db: Db) {}

fn main() {}
