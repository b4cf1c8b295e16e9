#![allow(unused)]

use codemode_runtime::{CallContext, tool};

#[tool]
fn count(#[context] #[serde(rename = "cx")] call: &CallContext) {}

fn main() {}
