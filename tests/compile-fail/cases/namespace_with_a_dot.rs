#![allow(unused)]

use codemode_runtime::tool;

#[tool(namespace = "email.drafts")]
fn send() {}

fn main() {}
