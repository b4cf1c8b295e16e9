//! A result as its server sent it, taken apart entry by entry.

use serde_json::{Map, Value};

/// What stands in a result beside its content and says nothing about the matter.
const ENVELOPE: [&str; 5] = ["_meta", "content", "isError", "is_error", "resultType"];

/// Where a failure is told, in the words of either kind of language.
const FAILED: [&str; 2] = ["isError", "is_error"];

/// A result, whatever of it is as the protocol has it.
pub(super) struct Received {
    pub(super) content: Vec<Value>,
    /// `null` is what some servers send where they have none.
    pub(super) structured: Option<Value>,
    pub(super) failed: bool,
    /// Whether the server wants something from a person before it goes on.
    pub(super) asks: bool,
}

impl Received {
    pub(super) fn of(result: Value) -> Self {
        let Value::Object(mut fields) = result else {
            return Self {
                content: entries(result),
                structured: None,
                failed: false,
                asks: false,
            };
        };
        let says = |name: &str, expected: &str| matches!(fields.get(name), Some(Value::String(text)) if text == expected);
        let asks = says("resultType", "input_required");
        let failed = FAILED
            .iter()
            .any(|name| fields.get(*name).is_some_and(is_yes));
        let content = fields
            .get_mut("content")
            .map(Value::take)
            .map_or_else(Vec::new, entries);
        let structured = fields
            .get_mut("structuredContent")
            .map(Value::take)
            .or_else(|| content.is_empty().then(|| outside(fields)).flatten());
        Self {
            content,
            structured,
            failed,
            asks,
        }
    }

    /// The structured content, if there is any.
    pub(super) fn data(&self) -> Option<&Value> {
        self.structured.as_ref().filter(|value| !value.is_null())
    }
}

/// A yes in any of the ways of languages whose yes isn't `true`.
fn is_yes(value: &Value) -> bool {
    match value {
        Value::Bool(yes) => *yes,
        Value::Number(number) => number.as_f64() == Some(1.0),
        Value::String(text) => text.eq_ignore_ascii_case("true") || text == "1",
        _ => false,
    }
}

/// A list, or the one entry that somebody didn't put into one.
fn entries(content: Value) -> Vec<Value> {
    match content {
        Value::Null => Vec::new(),
        Value::Array(entries) => entries,
        entry => vec![entry],
    }
}

/// What a server has put where nobody looks: the fields of its result, with nothing around them.
fn outside(mut fields: Map<String, Value>) -> Option<Value> {
    fields.retain(|name, _| !ENVELOPE.contains(&name.as_str()));
    match fields.len() {
        0 => None,
        // The place of results before there was `content`.
        1 if fields.contains_key("toolResult") => fields.remove("toolResult"),
        _ => Some(Value::Object(fields)),
    }
}
