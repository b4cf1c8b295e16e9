#![allow(unused)]

use codemode_runtime::tool;

#[tool]
const SEND: u32 = 1;

fn main() {}
