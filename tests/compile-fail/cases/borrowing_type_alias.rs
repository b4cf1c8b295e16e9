#![allow(unused)]

use codemode_runtime::tool;

type Text = &'static str;

#[tool]
fn send(to: Text) {}

fn main() {}
