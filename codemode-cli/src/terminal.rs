//! What people and programs read.

use std::io::{self, Write as _};

use crate::error::CliError;

/// Writes to standard output, whose reader may have gone: an error then, and no panic.
pub(crate) fn print(text: &str) -> Result<(), CliError> {
    io::stdout()
        .write_all(text.as_bytes())
        .map_err(|error| CliError::Write {
            path: "standard output".into(),
            error,
        })
}

/// Writes a line to standard error. Where nobody reads that, nothing can be told. What a script or a server has put into it
/// isn't obeyed by a terminal.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "{}", codemode_runtime::visible(text));
}
