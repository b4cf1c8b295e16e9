//! What the engine reports to what the outcome says.

use deno_core::error::{CoreError, CoreErrorKind, JsError};

use crate::outcome::{Diagnostic, ErrorKind, Frame, RunError};
use crate::sandbox::cut::cut;
use crate::sandbox::run::state::Run;
use crate::sandbox::saved::program::Program;

/// An error that ended the event loop.
pub(crate) fn from_core(error: CoreError, program: &Program, run: &Run) -> RunError {
    match error.into_kind() {
        CoreErrorKind::Js(error) => from_js(&error, program, run),
        CoreErrorKind::PendingPromiseResolution => RunError::new(
            ErrorKind::Deadlock,
            "the script waits for a promise that nothing can settle any more",
        ),
        other => RunError::new(ErrorKind::Host, format!("the engine failed: {other}")),
    }
}

/// What the engine, being stricter than the parser, doesn't like about the script's text.
pub(crate) fn from_compiling(error: &JsError, program: &Program, run: &Run) -> RunError {
    let error = from_js(error, program, run);
    let diagnostics = error.frames.first().map(|frame| Diagnostic {
        line: frame.line,
        column: frame.column,
        code: None,
        message: error.message.clone(),
    });
    RunError {
        kind: ErrorKind::Syntax,
        frames: Vec::new(),
        diagnostics: diagnostics.into_iter().collect(),
        ..error
    }
}

/// What the script threw.
pub(crate) fn from_js(error: &JsError, program: &Program, run: &Run) -> RunError {
    let cut = |text: &str| {
        if text.len() > run.limits.error_bytes {
            run.cut_something();
        }
        cut(text, run.limits.error_bytes)
    };
    RunError {
        kind: ErrorKind::Exception,
        name: error.name.as_deref().map(cut),
        message: cut(&message(error)),
        frames: frames(error, program),
        diagnostics: Vec::new(),
    }
}

/// How many places an error may name, so that an endless recursion doesn't fill the outcome with one line.
pub(crate) const MAX_FRAMES: usize = 50;

/// The error's own message, or for a thrown value that is no error, the value.
fn message(error: &JsError) -> String {
    if let Some(message) = &error.message {
        return message.clone();
    }
    let text = error.exception_message.as_str();
    let text = text.strip_prefix("Uncaught ").unwrap_or(text);
    let text = text.strip_prefix("(in promise) ").unwrap_or(text);
    text.to_owned()
}

/// The frames of the script, at their places in the text that was given. Those of the engine and of this crate tell the
/// script's author nothing.
fn frames(error: &JsError, program: &Program) -> Vec<Frame> {
    error
        .frames
        .iter()
        // A script can raise the engine's own limit of ten.
        .take(MAX_FRAMES)
        .filter_map(|frame| {
            let name = frame.file_name.as_deref()?;
            let line = u32::try_from(frame.line_number?).ok()?;
            let column = u32::try_from(frame.column_number?).ok()?;
            program.place(name, frame.function_name.clone(), line, column)
        })
        .collect()
}

/// What the engine can't do that it has to.
pub(crate) fn host_error(what: &str, error: impl std::fmt::Display) -> RunError {
    RunError::new(ErrorKind::Host, format!("{what}: {error}"))
}
