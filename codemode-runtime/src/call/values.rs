//! The steps around a tool's function: input from JSON text, result to JSON text.
//!
//! The code that `#[tool]` generates is a thin shell over these functions, so that what is generic is compiled once.

use std::convert::Infallible;
use std::error::Error;
use std::fmt::Display;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned};

use super::properties::Properties;
use crate::exact;
use crate::tool::context::CallContext;
use crate::tool::error::ToolError;
use crate::tool::failure;

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

/// What a script can pass. Stands in for the two traits, so that what a type lacks is said once and with what to do.
#[diagnostic::on_unimplemented(
    message = "a script can't pass `{Self}`: it lacks `Deserialize` or `JsonSchema`",
    label = "not readable from a script",
    note = "for a type of your own, write `#[derive(serde::Deserialize, schemars::JsonSchema)]` above it",
    note = "for a type of another crate, turn on that crate's feature `serde` and schemars' feature for it, such as `chrono04`, \
            `uuid1` or `url2`",
    note = "for a value of the host's, mark the parameter `#[state]`"
)]
pub trait Input: Deserialize<'static> + JsonSchema {}

#[diagnostic::do_not_recommend]
impl<T: Deserialize<'static> + JsonSchema> Input for T {}

/// Compiles for what a script can pass.
pub const fn accept<T: Input>() {}

/// What a tool can return: see [`Input`].
#[diagnostic::on_unimplemented(
    message = "a tool can't return `{Self}`: it lacks `Serialize` or `JsonSchema`",
    label = "not readable by a script",
    note = "for a type of your own, write `#[derive(serde::Serialize, schemars::JsonSchema)]` above it",
    note = "for a type of another crate, turn on that crate's feature `serde` and schemars' feature for it, such as `chrono04`, \
            `uuid1` or `url2`"
)]
pub trait Output: Serialize + JsonSchema {}

#[diagnostic::do_not_recommend]
impl<T: Serialize + JsonSchema> Output for T {}

/// Adds a result type to a generator.
pub fn output_schema<T: Output>(_: PhantomData<T>, generator: &mut SchemaGenerator) -> Schema {
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
    exact::from_text(json)
        .map_err(|error| ToolError::input(format!("input{}", error.placed())).refusing(json))
}

/// Reads the input of a tool some of whose parameters are flattened.
///
/// # Errors
///
/// As [`parse_input`], and for a property that nobody would read.
pub fn parse_flattened_input<T: DeserializeOwned>(
    json: &str,
    properties: &Properties,
) -> Result<T, ToolError> {
    let input = parse_input(json)?;
    for name in exact::names(json).unwrap_or_default() {
        if let Some(problem) = properties.refuse(&name) {
            return Err(ToolError::input(format!("input.{name}: {problem}")));
        }
    }
    Ok(input)
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
    call.state::<T>().ok_or_else(no_state::<T>)
}

/// Borrows what a `Box` or an `Arc` of a host value holds.
///
/// # Errors
///
/// As [`state`].
pub fn unsized_state<T: ?Sized + 'static>(call: &CallContext) -> Result<&T, ToolError> {
    call.unsized_state::<T>().ok_or_else(no_state::<T>)
}

fn no_state<T: ?Sized>() -> ToolError {
    ToolError::failed(format!(
        "the host has no `{}` for this tool",
        std::any::type_name::<T>()
    ))
}

/// Reads a value that is there, so that an `Option` that `null` is read as differs from one for what isn't there.
///
/// # Errors
///
/// As the value's own type decides.
pub fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// Turns what the function returned into JSON text.
///
/// `cause` tells what is behind an error: only where the error's type is known can be seen whether it has a source.
///
/// # Errors
///
/// The tool's own error as its `Display` text with those of its causes, or why the result can't be JSON.
pub fn finish<T: Output, E: Display>(
    returned: Result<T, E>,
    cause: impl FnOnce(&E) -> Option<&(dyn Error + 'static)>,
) -> Result<String, ToolError> {
    let value =
        returned.map_err(|error| ToolError::failed(failure::told(&error, cause(&error))))?;
    exact::to_text(&value).map_err(|problem| ToolError::failed(exact::advise(problem)))
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
