//! The TypeScript compiler as the judge.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Command;
use std::{fs, io};

use codemode_test_support::typescript;

use crate::subject::Declarations;

/// Assignments a file: small enough that a compiler with several threads has work for each.
const PER_FILE: usize = 3_000;

/// Makes a file a module, so that its names are its own.
const HEAD: &str = "export {};\n";

/// What an answer starts with if it depends on the style of the declarations.
pub const DIFFERENT: &str = "the compact style says otherwise";

/// The native `tsc` of `typescript@7`.
#[derive(Clone, Debug)]
pub struct Compiler {
    program: PathBuf,
}

/// One question: may the expression stand where the type is asked for?
#[derive(Clone, Debug)]
pub struct Assignment {
    /// The type.
    pub ty: String,
    /// The expression, on one line.
    pub expression: String,
}

impl Compiler {
    /// The compiler that `CODEMODE_TSC` names, else the one that npm installed for the tests.
    ///
    /// # Errors
    ///
    /// If there is none; says how to get it.
    pub fn find() -> Result<Self, String> {
        typescript::compiler().map(|program| Self { program })
    }

    /// Answers all questions by both styles of the declarations. Where they differ, the answer says so.
    ///
    /// # Errors
    ///
    /// As for [`Compiler::judge`].
    pub fn judge_both(
        &self,
        declarations: &Declarations,
        assignments: &[Assignment],
    ) -> io::Result<Vec<Option<String>>> {
        let readable = self.judge(&declarations.readable, assignments)?;
        let compact = self.judge(&declarations.compact, assignments)?;
        let both = readable.into_iter().zip(compact);
        Ok(both
            .map(|answers| match answers {
                (Some(_), None) => Some(format!("{DIFFERENT}: it accepts this")),
                (None, Some(problem)) => Some(format!("{DIFFERENT}: {problem}")),
                (answer, _) => answer,
            })
            .collect())
    }

    /// Answers all questions with one run: for each, `None` if the assignment is right, else what is wrong with it.
    ///
    /// # Errors
    ///
    /// If the compiler can't be run, or if it finds something wrong elsewhere, such as in the declarations.
    pub fn judge(
        &self,
        declarations: &str,
        assignments: &[Assignment],
    ) -> io::Result<Vec<Option<String>>> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("declarations.d.ts"), declarations)?;
        let mut files = vec!["declarations.d.ts".to_owned()];
        let head_lines = HEAD.lines().count();
        for (number, part) in assignments.chunks(PER_FILE).enumerate() {
            let mut text = HEAD.to_owned();
            for (line, Assignment { ty, expression }) in part.iter().enumerate() {
                writeln!(text, "const v{line}: {ty} = {expression};").map_err(io::Error::other)?;
            }
            let name = format!("{number}.ts");
            fs::write(folder.path().join(&name), text)?;
            files.push(name);
        }
        let options = [
            "--strict", "--noEmit", "--pretty", "false", "--target", "esnext", "--lib", "esnext",
            "--types", "",
        ];
        let output = Command::new(&self.program)
            .current_dir(folder.path())
            .args(options)
            .args(&files)
            .output()?;
        let mut answers: Vec<Option<String>> = vec![None; assignments.len()];
        let mut last = None;
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let Some((file, line_number, problem)) = diagnostic(line) else {
                // More about the last problem.
                if let Some(answer) = last.and_then(|last: usize| answers[last].as_mut())
                    && line.starts_with(' ')
                {
                    answer.push_str(line);
                    continue;
                }
                return Err(io::Error::other(format!("tsc: {line}")));
            };
            let position = file
                .strip_suffix(".ts")
                .and_then(|number| number.parse::<usize>().ok())
                .and_then(|number| {
                    Some(number * PER_FILE + line_number.checked_sub(head_lines + 1)?)
                });
            let Some(position) = position.filter(|position| *position < answers.len()) else {
                let before = declarations.lines().skip(line_number.saturating_sub(4));
                let around = before.take(5).collect::<Vec<_>>().join("\n");
                return Err(io::Error::other(format!("tsc: {line}\n{around}")));
            };
            answers[position].get_or_insert_default().push_str(problem);
            last = Some(position);
        }
        // 1 and 2 are for programs with mistakes.
        if !matches!(output.status.code(), Some(0..=2)) {
            return Err(io::Error::other(format!(
                "tsc ended with {}: {}",
                output.status,
                String::from_utf8_lossy(&output.stderr)
            )));
        }
        Ok(answers)
    }
}

/// File, line and text of `file(line,column): error TS1: text`.
fn diagnostic(line: &str) -> Option<(&str, usize, &str)> {
    let (place, problem) = line.split_once("): error ")?;
    let (file, position) = place.rsplit_once('(')?;
    Some((file, position.split(',').next()?.parse().ok()?, problem))
}
