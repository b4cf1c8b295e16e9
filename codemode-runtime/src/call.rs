//! The steps around a tool's function: input from JSON text, result to JSON text.
//!
//! The code that `#[tool]` generates is a thin shell over these functions, so that what is generic is compiled once.

use std::convert::Infallible;
use std::fmt::Display;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, de::DeserializeOwned};

use crate::context::CallContext;
use crate::error::ToolError;
use crate::exact;

/// Tells a `Result` from any other return type, whatever name it goes by.
///
/// The inherent functions exist for `Result<T, E>` only and take precedence; [`PlainReturn`] offers the same functions
/// for every type. Looking at the type's name instead would take `io::Result<T>` for granted and miss an alias.
pub struct Returns<R>(PhantomData<fn() -> R>);

impl<T, E> Returns<Result<T, E>> {
    /// The type that reaches the script.
    pub fn ok_type() -> PhantomData<T> {
        PhantomData
    }

    /// The returned value as a result.
    ///
    /// # Errors
    ///
    /// The function's own.
    pub fn into_result(returned: Result<T, E>) -> Result<T, E> {
        returned
    }
}

/// [`Returns`] for functions that can't fail.
pub trait PlainReturn<R> {
    /// The type that reaches the script.
    fn ok_type() -> PhantomData<R> {
        PhantomData
    }

    /// The returned value as a result.
    ///
    /// # Errors
    ///
    /// None.
    fn into_result(returned: R) -> Result<R, Infallible> {
        Ok(returned)
    }
}

impl<R> PlainReturn<R> for Returns<R> {}

/// Adds a result type to a generator.
pub fn output_schema<T: JsonSchema + Serialize>(
    _: PhantomData<T>,
    generator: &mut SchemaGenerator,
) -> Schema {
    generator.subschema_for::<T>()
}

/// Reads the input of a tool that has parameters.
///
/// # Errors
///
/// A [`ToolError`] that names the place within the input and what serde found wrong there.
pub fn parse_input<T: DeserializeOwned>(json: &str) -> Result<T, ToolError> {
    let json = if json.is_empty() { "{}" } else { json };
    // A derived struct also takes its fields from an array, which the declaration doesn't offer.
    if !json.trim_start_matches(['~', ' ']).starts_with('{') {
        return Err(ToolError::input(format!(
            "the input must be one object, such as {{ … }}, but it is {}",
            json_kind(json)
        )));
    }
    let plain = exact::unmark(json);
    serde_json::from_str(&plain).map_err(|error| misfit::<T>(&plain, &error))
}

/// Says where the input isn't what the tool takes. Keeping track of that costs more than reading, so it's done only once
/// something is wrong.
#[cold]
fn misfit<T: DeserializeOwned>(json: &str, error: &serde_json::Error) -> ToolError {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let read: Result<T, _> = serde_path_to_error::deserialize(&mut deserializer);
    let path = read.err().map(|error| error.path().to_string());
    let place = match path.as_deref() {
        None | Some(".") => String::new(),
        Some(path) => format!(".{path}"),
    };
    ToolError::input(format!("input{place}: {}", without_position(error)))
}

/// Accepts the input of a tool without parameters: nothing, or an object without fields.
///
/// # Errors
///
/// A [`ToolError`] if something was passed, since it would be ignored.
pub fn parse_no_input(json: &str) -> Result<(), ToolError> {
    let trimmed = json.trim();
    let inner = trimmed
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    if trimmed.is_empty() || inner.is_some_and(|inner| inner.trim().is_empty()) {
        Ok(())
    } else {
        Err(ToolError::input(
            "this tool takes no input; call it with nothing between the parentheses",
        ))
    }
}

/// Borrows a host value.
///
/// # Errors
///
/// A [`ToolError`] if the sandbox was built without one. Building a sandbox checks that first.
pub fn state<T: Send + Sync + 'static>(call: &CallContext) -> Result<&T, ToolError> {
    call.state::<T>().ok_or_else(|| {
        ToolError::failed(format!(
            "the host has no `{}` for this tool",
            std::any::type_name::<T>()
        ))
    })
}

/// Turns what the function returned into JSON text.
///
/// # Errors
///
/// The tool's own error as its `Display` text, or why the result can't be JSON.
pub fn finish<T: Serialize, E: Display>(returned: Result<T, E>) -> Result<String, ToolError> {
    let value = returned.map_err(ToolError::failed)?;
    exact::to_text(&value).map_err(ToolError::failed)
}

/// The message of `serde_json` without its position, which counts columns in a text that nobody has seen.
fn without_position(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(position) if error.line() > 0 => text[..position].to_owned(),
        _ => text,
    }
}

fn json_kind(json: &str) -> &'static str {
    match json.trim_start().bytes().next() {
        Some(b'[') => "an array",
        Some(b'"') => "a string",
        Some(b't' | b'f') => "a boolean",
        Some(b'n') => "null",
        _ => "a number",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Aliased = std::io::Result<u8>;

    #[test]
    fn a_result_is_recognised_by_type_and_not_by_name() {
        let _: PhantomData<u8> = Returns::<Aliased>::ok_type();
        let _: PhantomData<String> = Returns::<String>::ok_type();
        assert_eq!(Returns::<u8>::into_result(3), Ok(3));
        assert!(Returns::<Aliased>::into_result(Err(std::io::Error::other("no"))).is_err());
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Input {
        #[serde(rename = "since")]
        _since: u8,
    }

    #[test]
    fn an_input_error_names_the_place_and_the_problem() {
        let cases = [
            (
                r#"{"since":300}"#,
                "input.since: invalid value: integer `300`, expected u8",
            ),
            (r"{}", "input: missing field `since`"),
            ("", "input: missing field `since`"),
            (
                r#"{"since":1,"till":2}"#,
                "input.till: unknown field `till`, expected `since`",
            ),
            (
                "[3]",
                "the input must be one object, such as { … }, but it is an array",
            ),
            (
                "null",
                "the input must be one object, such as { … }, but it is null",
            ),
        ];
        for (json, expected) in cases {
            let error = parse_input::<Input>(json).unwrap_err();
            assert_eq!(error.message(), expected, "{json}");
        }
    }

    #[test]
    fn a_tool_without_parameters_refuses_what_it_would_ignore() {
        for nothing in ["", "{}", " { } "] {
            assert!(parse_no_input(nothing).is_ok(), "{nothing:?}");
        }
        for something in [r#"{"a":1}"#, "null", "[]", "3"] {
            assert!(parse_no_input(something).is_err(), "{something:?}");
        }
    }
}
