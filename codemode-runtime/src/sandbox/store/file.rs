//! A store in a file: one line of JSON for each change, the last one counts.
//!
//! Lines are only added, so a process that is killed loses no more than what it was about to write. What has been replaced is left
//! out when the file is opened the next time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::StoreError;
use super::content::{Content, Entry, StoreLimits};

/// The first line of each file.
const FIRST: &str = "{\"codemode\":\"session\",\"version\":1}";

/// How much a file may have in it that counts no more.
const SLACK: usize = 1024 * 1024;

/// One change.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Line {
    Set {
        name: String,
        text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        run: Option<u64>,
    },
    Removed(String),
    /// A run has begun, of this number.
    Began(u64),
}

/// The file of a session, which is locked as long as it is open.
pub(super) struct StoreFile {
    file: File,
    path: PathBuf,
}

impl StoreFile {
    /// Opens a file, or makes one that only its owner can read.
    pub(super) fn open(path: &Path) -> Result<(Self, Content), StoreError> {
        let problem = |problem: String| StoreError::File {
            path: path.display().to_string(),
            problem,
        };
        let opened = private().truncate(false).open(path);
        let file = opened.map_err(|error| problem(error.to_string()))?;
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => problem("another process uses this session".to_owned()),
            TryLockError::Error(error) => problem(error.to_string()),
        })?;
        if !is_at(&file, path) {
            return Err(problem(
                "another process has just used this session".to_owned(),
            ));
        }
        let mut opened = Self {
            file,
            path: path.to_owned(),
        };
        let mut text = String::new();
        let read_all = opened.file.read_to_string(&mut text);
        read_all.map_err(|error| problem(error.to_string()))?;
        let Read { content, whole } = read(&text).map_err(problem)?;
        let live: usize = content.entries().map(|(_, entry)| entry.text.len()).sum();
        if whole == 0 || whole > 2 * live + SLACK {
            opened.write_anew(&content)?;
        } else {
            // Without the piece of a line that a killed process has left.
            let cut = opened.file.set_len(whole as u64);
            cut.map_err(|error| problem(error.to_string()))?;
        }
        Ok((opened, content))
    }

    pub(super) fn put(&mut self, name: &str, entry: &Entry) -> Result<(), StoreError> {
        self.add(&set(name, entry))
    }

    pub(super) fn removed(&mut self, name: &str) -> Result<(), StoreError> {
        self.add(&Line::Removed(name.to_owned()))
    }

    pub(super) fn began(&mut self, run: u64) -> Result<(), StoreError> {
        self.add(&Line::Began(run))
    }

    fn add(&mut self, line: &Line) -> Result<(), StoreError> {
        let mut text = serde_json::to_string(line).unwrap_or_default();
        text.push('\n');
        let added = self
            .file
            .seek(SeekFrom::End(0))
            .and_then(|_| self.file.write_all(text.as_bytes()));
        added.map_err(|error| self.problem(&error))
    }

    /// Leaves out what counts no more. The old file is there until the new one is whole.
    fn write_anew(&mut self, content: &Content) -> Result<(), StoreError> {
        let mut text = format!("{FIRST}\n");
        let began = std::iter::once(Line::Began(content.runs()));
        let entries = content.entries().map(|(name, entry)| set(name, entry));
        for line in began.chain(entries) {
            text += &serde_json::to_string(&line).unwrap_or_default();
            text.push('\n');
        }
        let draft = self.path.with_extension("draft");
        let written = || {
            let mut file = private().truncate(true).open(&draft)?;
            file.lock()?;
            file.write_all(text.as_bytes())?;
            std::fs::rename(&draft, &self.path)?;
            Ok(file)
        };
        self.file = written().map_err(|error| self.problem(&error))?;
        Ok(())
    }

    fn problem(&self, error: &std::io::Error) -> StoreError {
        StoreError::File {
            path: self.path.display().to_string(),
            problem: error.to_string(),
        }
    }
}

fn set(name: &str, entry: &Entry) -> Line {
    Line::Set {
        name: name.to_owned(),
        text: entry.text.to_string(),
        run: entry.run,
    }
}

/// How a file is opened that only its owner can read.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options
}

/// Whether an open file is still the one of this path: another process may have put a new one there before this one had the
/// lock.
fn is_at(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let is_same = |open: std::fs::Metadata, there: std::fs::Metadata| {
            (open.dev(), open.ino()) == (there.dev(), there.ino())
        };
        let (Ok(open), Ok(there)) = (file.metadata(), std::fs::metadata(path)) else {
            return false;
        };
        is_same(open, there)
    }
    #[cfg(not(unix))]
    {
        let _ = (file, path);
        true
    }
}

/// What was read.
struct Read {
    content: Content,
    /// How much of the text is whole lines.
    whole: usize,
}

/// What all lines come to.
fn read(text: &str) -> Result<Read, String> {
    let mut content = Content::new(StoreLimits::default());
    let mut whole = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if number == 0 && !FIRST.starts_with(line.trim_end()) {
            return Err("this is no file of a session".to_owned());
        }
        // Its writer was killed.
        if !line.ends_with('\n') {
            break;
        }
        let at = |problem: String| format!("line {}: {problem}", number + 1);
        if number > 0 {
            match serde_json::from_str(line).map_err(|error| at(error.to_string()))? {
                Line::Set { name, text, run } => {
                    let text = text.into();
                    let put = content.put(&name, Entry { text, run });
                    put.map_err(|error| at(error.to_string()))?;
                }
                Line::Removed(name) => drop(content.remove(&name)),
                Line::Began(run) => content.had_runs(run),
            }
        }
        whole += line.len();
    }
    Ok(Read { content, whole })
}
