#![allow(unused)]

use codemode_runtime::{CallContext, tool};

#[tool]
fn count(#[context] call: &CallContext, #[context] again: &CallContext) {}

fn main() {}
