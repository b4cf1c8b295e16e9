//! Text that goes to standard output or into a file, or is compared with one.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use similar::TextDiff;

use crate::arguments::Destination;
use crate::error::CliError;
use crate::terminal::{complain, print};

/// Puts a command's text where its arguments want it.
pub(super) fn put(text: &str, destination: &Destination) -> Result<ExitCode, CliError> {
    let write_error = |path: &Path, error| CliError::Write {
        path: path.to_owned(),
        error,
    };
    match &destination.output {
        None => print(text)?,
        Some(path) if destination.check => return check(path, text),
        Some(path) => fs::write(path, text).map_err(|error| write_error(path, error))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn check(path: &Path, text: &str) -> Result<ExitCode, CliError> {
    let known = fs::read_to_string(path).map_err(|error| CliError::Read {
        path: path.to_owned(),
        error,
    })?;
    if known == text {
        return Ok(ExitCode::SUCCESS);
    }
    let name = path.display().to_string();
    let difference = TextDiff::from_lines(known.as_str(), text);
    let difference = difference
        .unified_diff()
        .header(&name, "the tools as they are now")
        .to_string();
    complain(&format!(
        "{difference}error: {name} is out of date; the same command without --check writes it anew"
    ));
    Ok(ExitCode::FAILURE)
}
