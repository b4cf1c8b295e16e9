//! An outcome for people: the value on standard output, everything else on standard error.

use std::io::{self, Write};

use codemode_runtime::{ErrorKind, LogLevel, Outcome, RunError};

/// Prints an outcome. `name` is the script's file, `script` its text.
pub(crate) fn outcome(name: &str, script: &str, outcome: &Outcome) -> io::Result<()> {
    let mut notes = io::stderr().lock();
    for line in &outcome.logs {
        match line.level {
            LogLevel::Log | LogLevel::Info => writeln!(notes, "{}", line.text)?,
            level => writeln!(notes, "{}: {}", level.as_str(), line.text)?,
        }
    }
    if outcome.stats.truncated {
        writeln!(notes, "… (the log was cut here)")?;
    }
    calls(&mut notes, outcome)?;
    if let Some(error) = outcome.error() {
        self::error(&mut notes, name, script, error)?;
    }
    if let Some(value) = outcome.value() {
        let mut out = io::stdout().lock();
        serde_json::to_writer_pretty(&mut out, value)?;
        writeln!(out)?;
    }
    Ok(())
}

fn calls(notes: &mut impl Write, outcome: &Outcome) -> io::Result<()> {
    let width = outcome.calls.iter().map(|call| call.tool.len()).max();
    for call in &outcome.calls {
        let state = if call.ok { "ok" } else { "failed" };
        let width = width.unwrap_or_default();
        writeln!(
            notes,
            "call  {:width$}  {:>9.3} ms  {state}",
            call.tool, call.ms
        )?;
    }
    if !outcome.calls.is_empty() {
        writeln!(
            notes,
            "{} calls, {:.1} ms in all",
            outcome.calls.len(),
            outcome.stats.wall_ms
        )?;
    }
    Ok(())
}

fn error(notes: &mut impl Write, name: &str, script: &str, error: &RunError) -> io::Result<()> {
    let thrown = error
        .name
        .as_ref()
        .map(|name| format!("{name}: "))
        .unwrap_or_default();
    let kind = match error.kind {
        ErrorKind::Exception => String::new(),
        kind => format!("[{}]", kind.as_str()),
    };
    writeln!(notes, "error{kind}: {thrown}{}", error.message)?;
    for problem in &error.diagnostics {
        place(
            notes,
            name,
            script,
            problem.line,
            problem.column,
            Some(&problem.message),
        )?;
    }
    for (position, frame) in error.frames.iter().enumerate() {
        if position == 0 {
            place(notes, name, script, frame.line, frame.column, None)?;
        } else {
            let function = frame.function.as_deref().unwrap_or("the script");
            writeln!(
                notes,
                "  called from {function} at {name}:{}:{}",
                frame.line, frame.column
            )?;
        }
    }
    Ok(())
}

/// A line of the script with a mark under one column.
fn place(
    notes: &mut impl Write,
    name: &str,
    script: &str,
    line: u32,
    column: u32,
    message: Option<&str>,
) -> io::Result<()> {
    writeln!(notes, "  at {name}:{line}:{column}")?;
    let Some(text) = script.lines().nth(line.saturating_sub(1) as usize) else {
        return Ok(());
    };
    let number = line.to_string();
    let margin = " ".repeat(number.len());
    // Tabs stay tabs, or the mark would stand elsewhere than what it marks.
    let before: String = text
        .encode_utf16()
        .take(column.saturating_sub(1) as usize)
        .map(|unit| if unit == u16::from(b'\t') { '\t' } else { ' ' })
        .collect();
    writeln!(notes, "  {number} | {text}")?;
    writeln!(
        notes,
        "  {margin} | {before}^ {}",
        message.unwrap_or_default()
    )
}
