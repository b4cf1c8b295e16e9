//! What a script passes, with values that JSON has no name for.
//!
//! Within this crate every string that begins with the mark is marked, whether its text had a flag or not.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use codemode_declarations::exact::{BYTES, INTEGER, MARK, STRING, without_flag};
use serde_json::{Map, Value};

use super::InputError;

/// Reads the text of the one object that a script passes; an empty one stands for none.
pub(super) fn read(input: &str) -> Result<Map<String, Value>, InputError> {
    if input.is_empty() {
        return Ok(Map::new());
    }
    let (text, is_marked) = without_flag(input);
    match serde_json::from_str(text) {
        Ok(Value::Object(mut fields)) => {
            if !is_marked {
                fields.values_mut().for_each(mark);
            }
            Ok(fields)
        }
        _ => Err(InputError::NotAnObject),
    }
}

/// Marks the strings of a text without a flag that only look marked.
fn mark(value: &mut Value) {
    match value {
        Value::String(text) if text.starts_with(MARK) => *text = format!("{MARK}{STRING}{text}"),
        Value::Array(values) => values.iter_mut().for_each(mark),
        Value::Object(fields) => fields.values_mut().for_each(mark),
        _ => {}
    }
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind<'a> {
    /// It has a text: a string, a number or a boolean.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A list.
    List(&'a [Value]),
    /// An object.
    Object(&'a Map<String, Value>),
    /// Nothing.
    Null,
}

/// What a value is.
///
/// # Errors
///
/// If it is marked as something that it isn't.
pub(super) fn kind(value: &Value) -> Result<Kind<'_>, String> {
    Ok(match value {
        Value::Null => Kind::Null,
        Value::Bool(is_true) => Kind::Text(is_true.to_string()),
        Value::Number(number) => Kind::Text(number.to_string()),
        Value::Array(values) => Kind::List(values),
        Value::Object(fields) => Kind::Object(fields),
        Value::String(text) => match text.strip_prefix(MARK) {
            None => Kind::Text(text.clone()),
            Some(marked) => unmarked(marked)?,
        },
    })
}

fn unmarked(marked: &str) -> Result<Kind<'static>, String> {
    if let Some(text) = marked.strip_prefix(STRING) {
        return Ok(Kind::Text(text.to_owned()));
    }
    if let Some(digits) = marked.strip_prefix(INTEGER) {
        let plain = digits.strip_prefix('-').unwrap_or(digits);
        if !plain.is_empty() && plain.bytes().all(|digit| digit.is_ascii_digit()) {
            return Ok(Kind::Text(digits.to_owned()));
        }
    }
    let bytes = marked
        .strip_prefix(BYTES)
        .and_then(|bytes| STANDARD.decode(bytes).ok());
    bytes
        .map(Kind::Bytes)
        .ok_or_else(|| "isn't a value".to_owned())
}

/// The value as plain JSON, in which bytes are base64.
///
/// # Errors
///
/// If JSON can't say it.
pub(super) fn plain(value: &Value) -> Result<Value, String> {
    Ok(match value {
        Value::String(text) if text.starts_with(MARK) => match kind(value)? {
            Kind::Bytes(bytes) => STANDARD.encode(bytes).into(),
            Kind::Text(text)
                if value
                    .as_str()
                    .is_some_and(|marked| marked[1..].starts_with(INTEGER)) =>
            {
                let integer = text.parse::<i64>().map(Value::from);
                integer
                    .or_else(|_| text.parse::<u64>().map(Value::from))
                    .map_err(|_| format!("is an integer that is too large: {text}"))?
            }
            Kind::Text(text) => text.into(),
            Kind::List(_) | Kind::Object(_) | Kind::Null => Value::Null,
        },
        Value::Array(values) => values
            .iter()
            .map(plain)
            .collect::<Result<Vec<_>, _>>()?
            .into(),
        Value::Object(fields) => {
            let fields = fields
                .iter()
                .map(|(name, value)| Ok((name.clone(), plain(value)?)));
            fields.collect::<Result<Map<_, _>, String>>()?.into()
        }
        other => other.clone(),
    })
}
