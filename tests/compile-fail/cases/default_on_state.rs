#![allow(unused)]

use codemode_runtime::tool;

struct Db;

#[tool]
fn count(#[state] #[tool(default)] db: &Db) {}

fn main() {}
