#![allow(unused)]

use codemode_runtime::provide_state;

#[provide_state]
struct Db;

fn main() {}
