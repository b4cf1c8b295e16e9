//! What the commands that take a script have in common.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::{fs, io};

use codemode_runtime::{Catalogue, ErrorKind, Outcome, RunError};

use crate::error::CliError;
use crate::render;

/// The text of a script, from its file or from standard input.
pub(super) fn read(path: &Path) -> Result<String, CliError> {
    let mut script = String::new();
    let read = if path == Path::new("-") {
        io::stdin().read_to_string(&mut script).map(|_| script)
    } else {
        fs::read_to_string(path)
    };
    read.map_err(|error| CliError::Read {
        path: path.to_owned(),
        error,
    })
}

/// Prints as JSON that nothing came of a script, through no fault of its own.
pub(super) fn report_failure(error: &CliError) -> io::Result<()> {
    let error = RunError::new(ErrorKind::Host, error.to_string());
    let outcome = Outcome {
        checked: false,
        ..Outcome::of_check(Some(error))
    };
    let json = serde_json::to_string_pretty(&outcome)?;
    writeln!(io::stdout(), "{}", render::without_controls(&json))
}

/// Prints what came of a script, for a person or as JSON, and makes the exit status of it.
pub(super) fn report(
    path: &Path,
    json: bool,
    script: &str,
    outcome: &Outcome,
    catalogue: &Catalogue,
) -> Result<ExitCode, CliError> {
    let written = if json {
        let json = serde_json::to_string_pretty(outcome)?;
        writeln!(io::stdout(), "{}", render::without_controls(&json))
    } else {
        render::outcome(&path.display().to_string(), script, outcome, catalogue)
    };
    written.map_err(|error| CliError::Write {
        path: "standard output".into(),
        error,
    })?;
    Ok(match outcome.error().map(|error| error.kind) {
        None => ExitCode::SUCCESS,
        Some(ErrorKind::Host | ErrorKind::Busy) => ExitCode::from(2),
        Some(_) => ExitCode::FAILURE,
    })
}
