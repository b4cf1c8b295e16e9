//! The slow way: the compiler as a command, for one script.

use std::io::{self, Read as _};
use std::path::Path;
use std::process::Stdio;
use std::{fs, str};

use super::compiler::{bound, command};
use super::project::{CONFIG_FILE, Project, SCRIPT_FILE, WORLD, WORLD_FILE};
use super::watchdog::Watchdog;
use super::{CheckError, CheckLimits, Found};

/// As much as is read of what the compiler prints.
const MAX_OUTPUT: u64 = 4 * 1024 * 1024;

pub(super) fn check(
    program: &Path,
    limits: &CheckLimits,
    project: &Project,
) -> Result<Vec<Found>, CheckError> {
    let folder = tempfile::tempdir().and_then(|folder| {
        write(folder.path(), project)?;
        Ok(folder)
    });
    let folder = folder.map_err(|error| CheckError::Failed(format!("a folder for it: {error}")))?;
    let failed = |error| CheckError::Start {
        program: program.to_owned(),
        error,
    };
    let mut child = command(program, limits)
        .args(["--project", CONFIG_FILE, "--pretty", "false"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    bound(&child, limits);
    let output = child.stdout.take();
    let watchdog = Watchdog::new(child).map_err(failed)?;
    let mut output = output.ok_or_else(|| failed(io::ErrorKind::BrokenPipe.into()))?;
    let mut said = Vec::new();
    watchdog
        .within(limits.time, || {
            output.by_ref().take(MAX_OUTPUT).read_to_end(&mut said)
        })
        .ok_or(CheckError::TooLong(limits.time))?
        .map_err(failed)?;
    drop(output);
    // It says with 1 or 2 that there is something wrong with the script; anything else is about itself.
    match watchdog.ended(limits.time).and_then(|status| status.code()) {
        Some(0..=2) => read(&project.script, &String::from_utf8_lossy(&said)),
        _ => Err(CheckError::Failed("it ended by itself".to_owned())),
    }
}

fn write(folder: &Path, project: &Project) -> io::Result<()> {
    fs::write(folder.join(CONFIG_FILE), project.config(""))?;
    fs::write(folder.join(WORLD_FILE), WORLD)?;
    fs::write(folder.join(SCRIPT_FILE), project.script.as_ref())?;
    for file in &project.types {
        let path = folder.join(&file.name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, file.text.as_ref())?;
    }
    Ok(())
}

/// Reads `script.ts(1,2): error TS1: text`, with details in indented lines behind it.
fn read(script: &str, said: &str) -> Result<Vec<Found>, CheckError> {
    let mut found: Vec<Found> = Vec::new();
    for line in said.lines() {
        if let Some(place) = line.strip_prefix(SCRIPT_FILE) {
            found.extend(diagnostic(script, place));
        } else if let (Some(detail), Some(last)) = (line.strip_prefix("  "), found.last_mut()) {
            last.details.push(detail.trim_start().to_owned());
        } else if line.starts_with("error ") {
            // About the options, and so about this crate or another version of the compiler.
            return Err(CheckError::Failed(line.to_owned()));
        }
    }
    Ok(found)
}

fn diagnostic(script: &str, text: &str) -> Option<Found> {
    let (place, problem) = text.strip_prefix('(')?.split_once("): error TS")?;
    let (line, column) = place.split_once(',')?;
    let (code, text) = problem.split_once(": ")?;
    let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
    let start: usize = script
        .split_inclusive('\n')
        .take(line.checked_sub(1)?)
        .map(str::len)
        .sum();
    let mut units = column.checked_sub(1)?;
    let rest = &script[start..];
    let reached = rest.char_indices().find(|(_, character)| {
        let reached = units < character.len_utf16();
        units = units.saturating_sub(character.len_utf16());
        reached
    });
    Some(Found {
        offset: start + reached.map_or(rest.len(), |(offset, _)| offset),
        code: code.parse().ok()?,
        text: text.to_owned(),
        details: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_command_prints_is_read_with_its_places() {
        let said = "script.ts(2,5): error TS2345: Argument: of type.\n  Types differ.\n    Deeply.\nscript.ts(1,1): error TS1: a\n";
        let found = read("ab\n'😀'c", said).unwrap();
        assert_eq!((found[0].offset, found[0].code), (9, 2345));
        assert_eq!(found[0].text, "Argument: of type.");
        assert_eq!(found[0].details, ["Types differ.", "Deeply."]);
        assert_eq!(found[1].offset, 0);
        assert!(read("", "error TS5023: Unknown compiler option 'x'.").is_err());
    }
}
