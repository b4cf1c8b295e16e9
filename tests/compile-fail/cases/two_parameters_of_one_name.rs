#![allow(unused)]

use codemode_runtime::tool;

#[tool(rename_all = "camelCase")]
fn send(reply_to: String, #[tool(rename = "replyTo")] answer_to: String) {}

fn main() {}
