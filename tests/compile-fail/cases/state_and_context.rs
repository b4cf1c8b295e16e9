#![allow(unused)]

use codemode_runtime::{CallContext, tool};

#[tool]
fn count(#[state] #[context] call: &CallContext) {}

fn main() {}
