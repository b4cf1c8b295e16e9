//! A script's text before its run, and its result's text after it.

use codemode_script::{Script, syntax_error};
use serde_json::Value;

use crate::outcome::{ErrorKind, RunError};
use crate::sandbox::options::limits::Limits;

/// Makes a script of its text.
///
/// # Errors
///
/// If it is larger than its limit, or no TypeScript.
pub(crate) fn compile(text: &str, limits: &Limits) -> Result<Script, RunError> {
    if text.len() > limits.source_bytes {
        return Err(RunError::new(
            ErrorKind::Limit,
            format!(
                "the script has {} bytes, more than the {} that it may have",
                text.len(),
                limits.source_bytes
            ),
        ));
    }
    Script::compile(text).map_err(syntax_error)
}

/// The value behind the JSON text that a script returned.
///
/// # Errors
///
/// If it isn't what the bootstrap writes.
pub(crate) fn parse(text: &str) -> Result<Value, RunError> {
    serde_json::from_str(text).map_err(|error| {
        RunError::new(
            ErrorKind::Exception,
            format!("the script's result can't be read as JSON: {error}"),
        )
    })
}
