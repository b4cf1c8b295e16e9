//! Where shapes are kept: in memory, and in a file from one session to the next.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};

use super::Learned;
use crate::client::answer::Answer;
use crate::lock::lock;

/// The shapes of all servers.
#[derive(Default)]
pub(in crate::client) struct Store {
    servers: Mutex<Servers>,
    file: Option<PathBuf>,
}

/// By server, and by tool as the server calls it.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Servers {
    servers: BTreeMap<String, BTreeMap<String, Learned>>,
}

impl Store {
    /// What is in a file, which is written when there is more to know. A file that isn't there is an empty one.
    pub(in crate::client) fn in_file(path: &Path) -> Result<Self, String> {
        Ok(Self {
            servers: Mutex::new(read(path)?),
            file: Some(path.to_owned()),
        })
    }

    /// Writes the file, if there is one, with what others have written into it meanwhile.
    pub(in crate::client) fn keep(&self) -> Result<(), String> {
        let Some(path) = &self.file else {
            return Ok(());
        };
        let mut known = lock(&self.servers);
        if known.servers.is_empty() {
            return Ok(());
        }
        for (server, tools) in read(path)?.servers {
            let mine = known.servers.entry(server).or_default();
            for (tool, theirs) in tools {
                let mine = mine.entry(tool).or_default();
                mine.results = mine.results.max(theirs.results);
                mine.widen(theirs);
            }
        }
        write(path, &known).map_err(|error| format!("{}: {error}", path.display()))
    }
}

fn read(path: &Path) -> Result<Servers, String> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Servers::default()),
        Err(error) => return Err(format!("{}: {error}", path.display())),
    };
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}

/// A reader finds the old text or the new one, and never a part.
fn write(path: &Path, known: &Servers) -> std::io::Result<()> {
    let mut text = serde_json::to_string_pretty(known)?;
    text.push('\n');
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(format!(".{}", std::process::id()));
    let written = std::fs::File::create(&unfinished)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .and_then(|()| std::fs::rename(&unfinished, path));
    if written.is_err() {
        let _ = std::fs::remove_file(&unfinished);
    }
    written
}

/// What is learned of one server.
pub(in crate::client) struct Learning {
    pub(in crate::client) server: String,
    pub(in crate::client) store: Arc<Store>,
}

impl Learning {
    /// What is known of a tool's results.
    pub(in crate::client) fn known(&self, tool: &str) -> Option<Learned> {
        let known = lock(&self.store.servers);
        known.servers.get(&self.server)?.get(tool).cloned()
    }

    /// Learns from a result. Returns whether there is more to declare now.
    pub(in crate::client) fn learn(&self, tool: &str, answer: &Answer) -> bool {
        let new = Learned::of(answer);
        let mut known = lock(&self.store.servers);
        let tools = known.servers.entry(self.server.clone()).or_default();
        let learned = tools.entry(tool.to_owned()).or_default();
        learned.results = learned.results.saturating_add(1);
        learned.widen(new)
    }
}
