//! What is in a store, within its bounds.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::StoreError;

/// How long a name may be, in bytes.
pub(super) const MAX_NAME: usize = 200;

/// What an entry takes beside its name and its text, about: without it, many empty ones would never reach a limit.
const ENTRY: usize = 64;

/// What there may be in a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoreLimits {
    /// How large one value may be as JSON text, in bytes. Default: 4 MiB.
    pub entry_bytes: usize,
    /// How large all may be together, in bytes, with their names. Default: 64 MiB.
    pub bytes: usize,
    /// How many there may be. Default: 10,000.
    pub entries: usize,
}

impl StoreLimits {
    /// For a run without a session, whose store nobody reads again.
    pub(crate) fn of_one_run() -> Self {
        Self {
            bytes: 16 * 1024 * 1024,
            ..Self::default()
        }
    }
}

impl Default for StoreLimits {
    fn default() -> Self {
        Self {
            entry_bytes: 4 * 1024 * 1024,
            bytes: 64 * 1024 * 1024,
            entries: 10_000,
        }
    }
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    /// As the script's side writes and reads it.
    pub(super) text: Arc<str>,
    /// The run that the host has kept it of; nobody has asked for it to be there.
    pub(super) run: Option<u64>,
}

impl Entry {
    pub(super) fn of_script(text: String) -> Self {
        Self {
            text: text.into(),
            run: None,
        }
    }

    pub(super) fn of_run(text: String, run: u64) -> Self {
        Self {
            text: text.into(),
            run: Some(run),
        }
    }

    fn size(&self, name: &str) -> usize {
        ENTRY + name.len() + self.text.len()
    }
}

/// The values of a store.
#[derive(Default)]
pub(super) struct Content {
    limits: StoreLimits,
    entries: BTreeMap<String, Entry>,
    bytes: usize,
    runs: u64,
}

impl Content {
    pub(super) fn new(limits: StoreLimits) -> Self {
        Self {
            limits,
            ..Self::default()
        }
    }

    pub(super) fn limits(&self) -> StoreLimits {
        self.limits
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.entries
            .iter()
            .map(|(name, entry)| (name.as_str(), entry))
    }

    pub(super) fn text(&self, name: &str) -> Option<Arc<str>> {
        self.entries.get(name).map(|entry| Arc::clone(&entry.text))
    }

    pub(super) fn runs(&self) -> u64 {
        self.runs
    }

    pub(super) fn begin_run(&mut self) -> u64 {
        self.runs += 1;
        self.runs
    }

    /// There were so many runs at least.
    pub(super) fn had_runs(&mut self, runs: u64) {
        self.runs = self.runs.max(runs);
    }

    /// Puts a value in the place of an earlier one. Returns the names of those that had to make room: what was kept of the
    /// oldest runs, and never what a script has asked for.
    pub(super) fn put(&mut self, name: &str, entry: Entry) -> Result<Vec<String>, StoreError> {
        if name.is_empty() || name.len() > MAX_NAME {
            return Err(StoreError::Name { bytes: name.len() });
        }
        if entry.text.len() > self.limits.entry_bytes {
            return Err(StoreError::TooLarge {
                bytes: entry.text.len(),
                limit: self.limits.entry_bytes,
            });
        }
        let replaced = self.entries.get(name).map_or(0, |old| old.size(name));
        let mut bytes = self.bytes - replaced + entry.size(name);
        let mut entries = self.entries.len() + usize::from(replaced == 0);
        let mut evicted = Vec::new();
        if bytes > self.limits.bytes || entries > self.limits.entries {
            let mut kept: Vec<_> = self
                .entries
                .iter()
                .filter(|(other, _)| *other != name)
                .filter_map(|(name, entry)| Some((entry.run?, name, entry.size(name))))
                .collect();
            kept.sort_unstable();
            for (_, name, size) in kept {
                if bytes <= self.limits.bytes && entries <= self.limits.entries {
                    break;
                }
                bytes -= size;
                entries -= 1;
                evicted.push(name.clone());
            }
        }
        if bytes > self.limits.bytes || entries > self.limits.entries {
            return Err(StoreError::Full {
                entries: self.entries.len(),
                bytes: self.bytes,
                limits: self.limits,
            });
        }
        for name in &evicted {
            self.entries.remove(name);
        }
        self.entries.insert(name.to_owned(), entry);
        self.bytes = bytes;
        Ok(evicted)
    }

    /// Takes a value away. Returns whether there was one.
    pub(super) fn remove(&mut self, name: &str) -> bool {
        let Some(entry) = self.entries.remove(name) else {
            return false;
        };
        self.bytes -= entry.size(name);
        true
    }
}
