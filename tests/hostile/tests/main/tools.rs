//! The tools that the scripts can call, and what is behind them for a script to steal. Each notes what it sees before it does
//! anything else.

use std::time::Duration;

use codemode_runtime::{CallContext, tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::record::Record;

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
fn add(#[state] record: &Record, a: i32, b: i32) -> i32 {
    record.note("desk.add", json!({ "a": a, "b": b }));
    a.wrapping_add(b)
}

/// Returns a text as it is.
#[tool(namespace = "desk")]
fn echo(#[state] record: &Record, text: String) -> String {
    record.note("desk.echo", json!({ "text": text }));
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
fn mirror(#[state] record: &Record, nest: Nest) -> Nest {
    record.note("desk.mirror", json!({ "nest": nest }));
    nest
}

/// Adds up a list, a whole number for each.
#[tool(namespace = "desk")]
fn sum(#[state] record: &Record, numbers: Vec<i64>) -> i64 {
    record.note("desk.sum", json!({ "numbers": numbers }));
    numbers.into_iter().fold(0, i64::wrapping_add)
}

/// How long the key is, which is all that anybody may know of it.
#[tool(namespace = "desk")]
fn key_length(#[state] record: &Record, #[state] vault: &Vault) -> usize {
    record.note("desk.keyLength", Value::Null);
    vault.key.len()
}

/// Fails with the given words.
#[tool(namespace = "desk")]
fn fail(#[state] record: &Record, message: String) -> Result<(), String> {
    record.note("desk.fail", json!({ "message": message }));
    Err(message)
}

/// Breaks, with the key in its last words.
#[tool(namespace = "desk")]
fn panic(#[state] record: &Record, #[state] vault: &Vault) {
    record.note("desk.panic", Value::Null);
    panic!("broken with {}", vault.key);
}

/// Breaks after a while, with the key in its last words.
#[tool(namespace = "desk")]
async fn panic_later(#[state] record: &Record, #[state] vault: &Vault) {
    record.note("desk.panicLater", Value::Null);
    tokio::time::sleep(Duration::from_millis(1)).await;
    panic!("broken later with {}", vault.key);
}

/// Takes some milliseconds.
#[tool(namespace = "desk")]
async fn rest(#[state] record: &Record, milliseconds: u64) -> u64 {
    record.note("desk.rest", json!({ "milliseconds": milliseconds }));
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    milliseconds
}

/// Never comes back by itself.
#[tool(namespace = "desk")]
async fn stay(#[state] record: &Record) {
    record.note("desk.stay", Value::Null);
    std::future::pending::<()>().await;
}

/// Never comes back by itself, and doesn't listen.
#[tool(namespace = "desk")]
async fn ignore(#[state] record: &Record, #[context] call: &CallContext) {
    record.note("desk.ignore", Value::Null);
    call.log("not listening");
    loop {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// A text of this many letters.
#[tool(namespace = "desk")]
fn letters(#[state] record: &Record, count: usize) -> String {
    record.note("desk.letters", json!({ "count": count }));
    "x".repeat(count.min(4 * 1024 * 1024))
}

/// Counts the bytes it is given.
#[tool(namespace = "desk")]
fn measure(#[state] record: &Record, text: String) -> usize {
    record.note("desk.measure", json!({ "text": text }));
    text.len()
}
