#![allow(unused)]

use codemode_runtime::tool;

#[tool]
mod email {}

fn main() {}
