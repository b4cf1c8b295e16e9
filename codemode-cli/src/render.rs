//! An outcome for people: the value on standard output, everything else on standard error.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use codemode_runtime::{Catalogue, Outcome, Report};

/// Prints an outcome. `name` is the script's file, `script` its text.
pub(crate) fn outcome(
    name: &str,
    script: &str,
    outcome: &Outcome,
    catalogue: &Catalogue,
) -> io::Result<()> {
    let report = Report::new(outcome, script, Some(catalogue));
    io::stderr().write_all(report.for_terminal(name).as_bytes())?;
    if let Some(value) = outcome.value() {
        let json = serde_json::to_string_pretty(value)?;
        writeln!(io::stdout(), "{}", without_controls(&json))?;
    }
    Ok(())
}

/// The same JSON with what a terminal would obey, or would show as something else, escaped. JSON itself asks for that only up
/// to the space.
pub(crate) fn without_controls(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for letter in json.chars() {
        if is_hidden(letter) {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                // Writing to a string doesn't fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(letter);
        }
    }
    out
}

fn is_hidden(letter: char) -> bool {
    let shown = letter.encode_utf8(&mut [0; 4]).to_owned();
    !(letter.is_ascii_graphic() || letter == ' ' || letter == '\n')
        && (letter == '\t' || codemode_runtime::visible(&shown) != shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_finds_nothing_to_obey_in_a_value_that_stays_the_same() {
        let value =
            serde_json::json!({ "a\u{9b}": ["\u{1b}[2J", "\u{7f}", "ä\n", "\u{202e}\u{e0041}"] });
        let shown = without_controls(&serde_json::to_string_pretty(&value).unwrap());
        assert!(!shown.contains(|letter: char| letter.is_control() && letter != '\n'));
        let read: serde_json::Value = serde_json::from_str(&shown).unwrap();
        assert_eq!(read, value);
    }
}
