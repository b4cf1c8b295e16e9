//! Where shapes are kept: in memory, and in a file from one session to the next.

use std::collections::{BTreeMap, HashMap};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};

use super::example::Example;
use super::{Learned, structured_in};
use crate::client::answer::Answer;
use crate::lock::lock;

/// What is remembered of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remembered {
    /// How they look, without any value: for sessions of several clients, none of which is to see what another one was told.
    Shapes,
    /// That, and of each tool one result, cut short.
    ShapesAndExamples,
}

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
    server: String,
    pub(in crate::client) store: Arc<Store>,
    /// Whether scripts get what was learned as their types.
    pub(in crate::client) declares: bool,
    /// A result of each tool, cut short; `None` if none is kept.
    examples: Option<Mutex<HashMap<String, Example>>>,
}

impl Learning {
    /// What is to be learned of a server by what its entry says, and by what is remembered of all whose entry says nothing.
    pub(in crate::client) fn of(
        server: &str,
        learn: Option<bool>,
        remembered: Option<Remembered>,
        store: &Arc<Store>,
    ) -> Option<Self> {
        if learn == Some(false) || learn.is_none() && remembered.is_none() {
            return None;
        }
        let keeps_examples = remembered == Some(Remembered::ShapesAndExamples);
        Some(Self {
            server: server.to_owned(),
            store: Arc::clone(store),
            declares: learn == Some(true),
            examples: keeps_examples.then(Mutex::default),
        })
    }

    /// What is known of a tool's results.
    pub(in crate::client) fn known(&self, tool: &str) -> Option<Learned> {
        let known = lock(&self.store.servers);
        known.servers.get(&self.server)?.get(tool).cloned()
    }

    /// Learns from a result. Returns whether there is more to declare now.
    pub(in crate::client) fn learn(&self, tool: &str, answer: &Answer) -> bool {
        let value = structured_in(answer);
        if let Some(examples) = &self.examples {
            let new = Example::of(answer, value.as_ref());
            let mut examples = lock(examples);
            // The text of a tool that gives JSON else says what has gone wrong.
            if examples
                .get(tool)
                .is_none_or(|old| old.is_structured <= new.is_structured)
            {
                examples.insert(tool.to_owned(), new);
            }
        }
        let new = Learned::of(answer, value.as_ref());
        let mut known = lock(&self.store.servers);
        let tools = known.servers.entry(self.server.clone()).or_default();
        let learned = tools.entry(tool.to_owned()).or_default();
        learned.results = learned.results.saturating_add(1);
        learned.widen(new)
    }

    /// What a tool's results have been like, in lines for whoever reads its declaration. `path` is what scripts call it.
    pub(in crate::client) fn told(&self, tool: &str, path: &str) -> Option<String> {
        let mut told = self.known(tool)?.told(path, self.declares);
        if let Some(examples) = &self.examples
            && let Some(example) = lock(examples).get(tool)
        {
            told.push_str("\nseen: ");
            told.push_str(&example.text);
        }
        Some(told)
    }
}
