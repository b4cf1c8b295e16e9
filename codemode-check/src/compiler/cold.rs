//! The slow way: the compiler as a command, for one script.

use std::io::{self, Read as _};
use std::path::Path;
use std::process::Stdio;
use std::{fs, str};

use super::ending::Said;
use super::program::{bound, command};
use super::watchdog::Watchdog;
use crate::error::CheckError;
use crate::limits::CheckLimits;
use crate::project::{
    CONFIG_FILE, Project, SCRIPT_FILE, WITNESS, WITNESS_CODE, WITNESS_FILE, WORLD, WORLD_FILE,
};
use crate::verdict::found::{Found, Verdict};
use crate::verdict::places::Place;

/// As much as is read of what the compiler prints.
const MAX_OUTPUT: usize = 4 * 1024 * 1024;

pub(crate) fn check(
    program: &Path,
    limits: &CheckLimits,
    project: &Project,
) -> Result<Verdict, CheckError> {
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
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    bound(&child, limits);
    let complaints = Said::by(&mut child);
    let output = child.stdout.take();
    let watchdog = Watchdog::new(child).map_err(failed)?;
    let mut output = output.ok_or_else(|| failed(io::ErrorKind::BrokenPipe.into()))?;
    let mut said = Vec::new();
    watchdog
        .within(limits.time, || {
            output
                .by_ref()
                .take(MAX_OUTPUT as u64)
                .read_to_end(&mut said)
        })
        .ok_or(CheckError::TooLong(limits.time))?
        .map_err(failed)?;
    drop(output);
    let status = watchdog.ended(limits.time);
    let said = String::from_utf8_lossy(&said);
    let Printed { found, seen, other } = read(&said)?;
    // There is something wrong with the witness, so a compiler that has looked says so with 1 or 2. What is cut may have had
    // anything at its end.
    let has_looked = seen
        && said.len() < MAX_OUTPUT
        && matches!(status.and_then(|status| status.code()), Some(1 | 2));
    Ok(Verdict {
        found,
        doubt: (!has_looked).then(|| complaints.why(status, other.unwrap_or_default(), limits)),
    })
}

fn write(folder: &Path, project: &Project) -> io::Result<()> {
    fs::write(folder.join(CONFIG_FILE), project.config(""))?;
    fs::write(folder.join(WORLD_FILE), WORLD)?;
    fs::write(folder.join(WITNESS_FILE), WITNESS)?;
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

/// What the compiler has printed.
struct Printed<'a> {
    found: Vec<Found>,
    /// Whether it has told of the witness.
    seen: bool,
    /// The first line that is no diagnostic.
    other: Option<&'a str>,
}

/// Reads `script.ts(1,2): error TS1: text`, with details in indented lines behind it.
fn read(said: &str) -> Result<Printed<'_>, CheckError> {
    let mut found: Vec<Found> = Vec::new();
    let mut seen = false;
    let mut other = None;
    for line in said.lines() {
        if let Some(place) = line.strip_prefix(SCRIPT_FILE) {
            found.extend(diagnostic(place));
        } else if let Some(place) = line.strip_prefix(WITNESS_FILE) {
            seen |= diagnostic(place).is_some_and(|found| found.code == WITNESS_CODE);
        } else if let (Some(detail), Some(last)) = (line.strip_prefix("  "), found.last_mut()) {
            last.details.push(detail.trim_start().to_owned());
        } else if line.starts_with("error ") {
            // About the options, and so about this crate or another version of the compiler.
            return Err(CheckError::Failed(line.to_owned()));
        } else {
            other = other.or(Some(line));
        }
    }
    Ok(Printed { found, seen, other })
}

/// What the compiler says of a module that it has seen on the disk and may not read. It names the file.
const UNTYPED_MODULE: u32 = 7016;
const NO_MODULE: u32 = 2307;

fn diagnostic(text: &str) -> Option<Found> {
    let (place, problem) = text.strip_prefix('(')?.split_once("): error TS")?;
    let (line, column) = place.split_once(',')?;
    let (code, text) = problem.split_once(": ")?;
    let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
    let code = code.parse().ok()?;
    let place = Place::LineAndUnit(line.checked_sub(1)?, column.checked_sub(1)?);
    // Whether there is such a file is none of a script's business.
    let (code, text) = if code == UNTYPED_MODULE {
        let name = text.split('\'').nth(1).unwrap_or_default();
        let said = format!("Cannot find module '{name}' or its corresponding type declarations.");
        (NO_MODULE, said)
    } else {
        (code, text.to_owned())
    };
    Some(Found {
        place,
        code,
        text,
        details: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::places::Places;

    #[test]
    fn what_the_command_prints_is_read_with_its_places() {
        let said = "script.ts(2,5): error TS2345: Argument: of type.\n  Types differ.\n    Deeply.\nscript.ts(1,1): error TS1: a\n";
        let Printed { found, seen, .. } = read(said).unwrap();
        assert!(!seen);
        let offset = |place| Places::of("ab\n'😀'c").offset(place);
        assert_eq!((offset(&found[0].place), found[0].code), (9, 2345));
        assert_eq!(found[0].text, "Argument: of type.");
        assert_eq!(found[0].details, ["Types differ.", "Deeply."]);
        assert_eq!(offset(&found[1].place), 0);
        assert!(read("witness.ts(1,14): error TS2322: a").unwrap().seen);
        assert_eq!(read("a\nb").unwrap().other, Some("a"));
        assert!(read("error TS5023: Unknown compiler option 'x'.").is_err());
    }

    #[cfg(unix)]
    fn doubt(script: &str) -> Option<String> {
        let (_folder, program) = super::super::fake::program(script);
        let project = super::super::fake::project("let a");
        check(&program, &CheckLimits::default(), &project)
            .unwrap()
            .doubt
    }

    #[cfg(unix)]
    #[test]
    fn a_verdict_counts_if_the_compiler_has_told_of_the_witness_and_of_mistakes() {
        use super::super::fake::WITNESSED;

        for (script, counts) in [
            (format!("{WITNESSED}; exit 1"), true),
            (format!("{WITNESSED}; exit 2"), true),
            (format!("{WITNESSED}; exit 0"), false),
            (format!("{WITNESSED}; exit 3"), false),
            (format!("{WITNESSED}; kill -9 $$"), false),
            ("exit 2".to_owned(), false),
            (
                "echo 'witness.ts(1,14): error TS1: a'; exit 2".to_owned(),
                false,
            ),
        ] {
            let doubt = doubt(&script);
            assert_eq!(doubt.is_none(), counts, "{script}: {doubt:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_verdict_counts_if_all_of_it_was_read() {
        use super::super::fake::WITNESSED;

        for (bytes, counts) in [(3 << 20, true), (4 << 20, false), (5 << 20, false)] {
            let much = format!("{WITNESSED}; head -c {bytes} /dev/zero | tr '\\0' a; exit 2");
            assert_eq!(doubt(&much).is_none(), counts, "{bytes}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_compiler_finds_the_script_its_world_and_the_witness_in_its_folder() {
        use super::super::fake::WITNESSED;

        let files = "tsconfig.json script.ts world.d.ts witness.ts";
        let script =
            format!("for file in {files}; do [ -s $file ] || exit 0; done; {WITNESSED}; exit 2");
        assert_eq!(doubt(&script), None);
    }
}
