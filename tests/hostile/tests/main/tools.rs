//! The tools that the scripts can call, and what is behind them for a script to steal.

use std::time::Duration;

use codemode_runtime::{CallContext, tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Known to the host and its tools. No script may ever see it.
pub(crate) const SECRET: &str = "sk-3f9c-the-key-of-the-host";

/// What the host keeps for its tools.
pub(crate) struct Vault {
    key: String,
}

impl Vault {
    pub(crate) fn new() -> Self {
        Self {
            key: SECRET.to_owned(),
        }
    }
}

/// Adds two numbers.
#[tool(namespace = "desk")]
fn add(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}

/// Returns a text as it is.
#[tool(namespace = "desk")]
fn echo(text: String) -> String {
    text
}

/// A value of any depth.
#[derive(Serialize, Deserialize, JsonSchema)]
struct Nest {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    inside: Vec<Nest>,
}

/// Returns a nest as it is.
#[tool(namespace = "desk")]
fn mirror(nest: Nest) -> Nest {
    nest
}

/// Adds up a list, a whole number for each.
#[tool(namespace = "desk")]
fn sum(numbers: Vec<i64>) -> i64 {
    numbers.into_iter().fold(0, i64::wrapping_add)
}

/// How long the key is, which is all that anybody may know of it.
#[tool(namespace = "desk")]
fn key_length(#[state] vault: &Vault) -> usize {
    vault.key.len()
}

/// Fails with the given words.
#[tool(namespace = "desk")]
fn fail(message: String) -> Result<(), String> {
    Err(message)
}

/// Breaks, with the key in its last words.
#[tool(namespace = "desk")]
fn panic(#[state] vault: &Vault) {
    panic!("broken with {}", vault.key);
}

/// Breaks after a while, with the key in its last words.
#[tool(namespace = "desk")]
async fn panic_later(#[state] vault: &Vault) {
    tokio::time::sleep(Duration::from_millis(1)).await;
    panic!("broken later with {}", vault.key);
}

/// Takes some milliseconds.
#[tool(namespace = "desk")]
async fn rest(milliseconds: u64) -> u64 {
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    milliseconds
}

/// Never comes back by itself.
#[tool(namespace = "desk")]
async fn stay() {
    std::future::pending::<()>().await;
}

/// Never comes back by itself, and doesn't listen.
#[tool(namespace = "desk")]
async fn ignore(#[context] call: &CallContext) {
    call.log("not listening");
    loop {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// A text of this many letters.
#[tool(namespace = "desk")]
fn letters(count: usize) -> String {
    "x".repeat(count.min(4 * 1024 * 1024))
}

/// Counts the bytes it is given.
#[tool(namespace = "desk")]
fn measure(text: String) -> usize {
    text.len()
}
