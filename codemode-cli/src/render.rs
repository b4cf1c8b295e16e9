//! An outcome for people: the value on standard output, everything else on standard error.

use std::io::{self, Write};

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
        let mut out = io::stdout().lock();
        serde_json::to_writer_pretty(&mut out, value)?;
        writeln!(out)?;
    }
    Ok(())
}
