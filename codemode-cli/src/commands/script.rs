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
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(path)
    };
    let bytes = read.map_err(|error| CliError::Read {
        path: path.to_owned(),
        error,
    })?;
    text_of(bytes).map_err(|line| CliError::NotText {
        path: path.to_owned(),
        line,
    })
}

/// The text in the encodings that editors and shells write: UTF-8, or UTF-16 behind its mark.
///
/// # Errors
///
/// The line in which something else stands. A guess would change the texts in a script without a word.
fn text_of(bytes: Vec<u8>) -> Result<String, usize> {
    let line_after = |text: &str| text.matches('\n').count() + 1;
    let utf_16 = |unit: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.as_chunks();
        let units = pairs.iter().skip(1).map(|pair| unit(*pair));
        let mut text = String::new();
        for letter in char::decode_utf16(units) {
            text.push(letter.map_err(|_| line_after(&text))?);
        }
        if rest.is_empty() {
            Ok(text)
        } else {
            Err(line_after(&text))
        }
    };
    match bytes.as_slice() {
        [0xff, 0xfe, ..] => utf_16(u16::from_le_bytes),
        [0xfe, 0xff, ..] => utf_16(u16::from_be_bytes),
        _ => String::from_utf8(bytes).map_err(|error| {
            let read = error.utf8_error().valid_up_to();
            let before = String::from_utf8_lossy(&error.as_bytes()[..read]);
            line_after(&before)
        }),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_read_in_the_encodings_that_are_marked() {
        let script = "return 'ä😀'\n";
        let units: Vec<u16> = script.encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        for (mark, bytes) in [
            (&[][..], script.as_bytes()),
            (&[0xff, 0xfe], &little),
            (&[0xfe, 0xff], &big),
        ] {
            assert_eq!(text_of([mark, bytes].concat()).as_deref(), Ok(script));
        }
    }

    #[test]
    fn what_is_not_in_such_an_encoding_is_refused_with_its_line() {
        for (bytes, line) in [
            (&b"let a = 1\n\nreturn '\xe4'"[..], 3),
            (b"\xff\xfea\0\n\0\x00\xd8b\0", 2),
            (b"\xff\xfea\0\n\0b", 2),
        ] {
            assert_eq!(text_of(bytes.to_vec()), Err(line), "{bytes:?}");
        }
    }
}
