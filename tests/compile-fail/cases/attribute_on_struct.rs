#![allow(unused)]

use codemode_runtime::tool;

#[tool]
struct Send;

fn main() {}
