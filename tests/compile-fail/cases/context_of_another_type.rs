#![allow(unused)]

use codemode_runtime::tool;

struct Db;

#[tool]
fn count(#[context] call: &Db) {}

fn main() {}
