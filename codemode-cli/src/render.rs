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

/// The same JSON with what a terminal would obey escaped. JSON itself asks for that only up to the space.
pub(crate) fn without_controls(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for letter in json.chars() {
        if letter.is_control() && letter != '\n' {
            // Writing to a string doesn't fail.
            let _ = write!(out, "\\u{:04x}", u32::from(letter));
        } else {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_finds_nothing_to_obey_in_a_value_that_stays_the_same() {
        let value = serde_json::json!({ "a\u{9b}": ["\u{1b}[2J", "\u{7f}", "ä\n"] });
        let shown = without_controls(&serde_json::to_string_pretty(&value).unwrap());
        assert!(!shown.contains(|letter: char| letter.is_control() && letter != '\n'));
        let read: serde_json::Value = serde_json::from_str(&shown).unwrap();
        assert_eq!(read, value);
    }
}
