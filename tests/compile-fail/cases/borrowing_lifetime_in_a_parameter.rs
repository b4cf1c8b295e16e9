#![allow(unused)]

use codemode_runtime::tool;

use std::borrow::Cow;

#[tool]
fn send(to: Cow<'_, str>) {}

fn main() {}
