//! The scripts and what has to come of them, as they stand in `scripts/`.
//!
//! A file is a group. In it, each script follows a header of comment lines:
//!
//! ```text
//! // # A sentence that names the script
//! // expect: timeout
//! // in-process: goes on
//! while (true) {}
//! ```
//!
//! [`Header`] lists what may stand there.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::header::Header;

/// A file of scripts.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) name: String,
    pub(crate) cases: Vec<Case>,
}

/// A script, and what has to come of it.
#[derive(Debug)]
pub(crate) struct Case {
    /// Says in a sentence what the script does.
    pub(crate) title: String,
    pub(crate) header: Header,
    pub(crate) script: String,
}

const TITLE: &str = "// # ";

/// Reads all groups, sorted by name.
///
/// # Panics
///
/// If a file can't be read, or says something that nobody would understand.
pub(crate) fn read_groups() -> Vec<Arc<Group>> {
    let mut files: Vec<PathBuf> = fs::read_dir(scripts())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "ts"))
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| Arc::new(read_group(file)))
        .collect()
}

fn scripts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts")
}

fn read_group(file: &Path) -> Group {
    let text = fs::read_to_string(file).unwrap().replace("\r\n", "\n");
    let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
    let (introduction, rest) = text
        .split_once(TITLE)
        .unwrap_or_else(|| panic!("{name}: no script begins with `{TITLE}`"));
    assert!(
        introduction
            .lines()
            .all(|line| line.is_empty() || line.starts_with("//")),
        "{name}: there is code before the first script"
    );
    let cases = rest
        .split(&format!("\n{TITLE}"))
        .map(|text| read_case(&name, text))
        .collect();
    Group { name, cases }
}

fn read_case(group: &str, text: &str) -> Case {
    let (title, rest) = text.split_once('\n').unwrap_or((text, ""));
    let mut header = Header::default();
    let mut script = rest;
    while let Some((line, after)) = script.split_once('\n') {
        let Some((key, value)) = line
            .strip_prefix("// ")
            .and_then(|line| line.split_once(": "))
        else {
            break;
        };
        match header.read(key, value) {
            Ok(true) => script = after,
            Ok(false) => break,
            Err(problem) => panic!("{group}, `{title}`: {problem}: {line}"),
        }
    }
    if let Err(problem) = header.is_complete() {
        panic!("{group}, `{title}`: {problem}");
    }
    Case {
        title: title.to_owned(),
        header,
        script: script.trim_end().to_owned(),
    }
}
