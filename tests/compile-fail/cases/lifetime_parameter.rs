#![allow(unused)]

use codemode_runtime::tool;

struct Db;

#[tool]
fn count<'a>(#[state] db: &Db) {}

fn main() {}
