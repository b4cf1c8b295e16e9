//! What scripts keep for each other: the store behind `$store`, in memory or in a file.

mod content;
mod file;
pub(crate) mod kept;

use std::path::Path;
use std::sync::{Arc, Mutex};

use serde_json::Value;

pub use self::content::StoreLimits;
use self::content::{Content, Entry};
use self::file::StoreFile;
use super::lock::lock;
use crate::exact;
#[cfg(feature = "policy")]
use crate::policy::Tally;

/// What the scripts of one session keep for each other by name: JSON, with bytes and bigints.
///
/// Scripts reach it as `$store`. What doesn't fit into an outcome is kept here as well, and so is what the calls of a script that
/// failed had returned. Clones are the same store.
///
/// ```
/// use codemode_runtime::Store;
/// use serde_json::json;
///
/// let store = Store::new();
/// store.set("seen", &json!([1, 2]))?;
/// assert_eq!(store.get("seen"), Some(json!([1, 2])));
/// assert_eq!(store.names(), ["seen"]);
/// # Ok::<_, codemode_runtime::StoreError>(())
/// ```
#[derive(Clone, Default)]
pub struct Store(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    content: Content,
    file: Option<StoreFile>,
    /// What policies have counted in the session.
    #[cfg(feature = "policy")]
    calls: Arc<Tally>,
}

/// Why something can't be kept.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// A name that none can have.
    #[error(
        "a name has 1 to {} bytes, and this one has {bytes}",
        content::MAX_NAME
    )]
    Name {
        /// Its length.
        bytes: usize,
    },
    /// One value is too large.
    #[error("the value has {bytes} bytes of JSON, more than the {limit} that one may have")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The limit for one value.
        limit: usize,
    },
    /// There is no room left.
    #[error(
        "the store is full: it has {entries} values with {bytes} bytes, and may have {} with {}; delete what isn't needed",
        limits.entries, limits.bytes
    )]
    Full {
        /// How many values there are.
        entries: usize,
        /// What they take.
        bytes: usize,
        /// What there may be.
        limits: StoreLimits,
    },
    /// The file of a session can't be used.
    #[error("{path}: {problem}")]
    File {
        /// The file.
        path: String,
        /// Why.
        problem: String,
    },
}

impl Store {
    /// An empty one in memory.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty one in memory, with bounds of its own.
    #[must_use]
    pub fn with_limits(limits: StoreLimits) -> Self {
        let content = Content::new(limits);
        Self(Arc::new(Mutex::new(Inner {
            content,
            file: None,
            #[cfg(feature = "policy")]
            calls: Arc::default(),
        })))
    }

    /// One in a file, which need not exist, for sessions that outlive this process. Nobody else can use the file meanwhile.
    ///
    /// # Errors
    ///
    /// If the file can't be read or written, has something else in it, or is used by another process.
    pub fn in_file(path: &Path) -> Result<Self, StoreError> {
        let (file, content) = StoreFile::open(path)?;
        Ok(Self(Arc::new(Mutex::new(Inner {
            content,
            file: Some(file),
            #[cfg(feature = "policy")]
            calls: Arc::default(),
        }))))
    }

    /// What policies count in the session.
    #[cfg(feature = "policy")]
    pub(crate) fn tally(&self) -> Arc<Tally> {
        Arc::clone(&lock(&self.0).calls)
    }

    /// The value of a name. Bigints are numbers in it, and bytes are objects with base64.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Value> {
        let text = self.text(name)?;
        serde_json::from_str(&exact::unmark(&text)).ok()
    }

    /// Keeps a value under a name, in the place of an earlier one.
    ///
    /// # Errors
    ///
    /// If there is no room for it, or the name can't be one.
    pub fn set(&self, name: &str, value: &Value) -> Result<(), StoreError> {
        self.put(name, &Entry::of_script(value.to_string()))
    }

    /// Takes a value away. Returns whether there was one.
    ///
    /// # Errors
    ///
    /// If the file can't be written.
    pub fn remove(&self, name: &str) -> Result<bool, StoreError> {
        let mut inner = lock(&self.0);
        let there = inner.content.remove(name);
        if there && let Some(file) = &mut inner.file {
            file.removed(name)?;
        }
        Ok(there)
    }

    /// All names, in alphabetical order.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        lock(&self.0).content.names().map(str::to_owned).collect()
    }

    /// What there may be in it.
    #[must_use]
    pub fn limits(&self) -> StoreLimits {
        lock(&self.0).content.limits()
    }

    /// The text of a value, as a script's side reads it.
    pub(crate) fn text(&self, name: &str) -> Option<Arc<str>> {
        lock(&self.0).content.text(name)
    }

    /// Keeps what a script's side wrote.
    pub(crate) fn set_text(&self, name: &str, text: String) -> Result<(), StoreError> {
        self.put(name, &Entry::of_script(text))
    }

    /// A number for a run, higher than that of any before it.
    pub(crate) fn begin_run(&self) -> u64 {
        let mut inner = lock(&self.0);
        let run = inner.content.begin_run();
        // A run isn't kept from running by a disk that is full; its number may be given again then.
        if let Some(file) = &mut inner.file
            && let Err(error) = file.began(run)
        {
            tracing::warn!("the number of a run isn't kept: {error}");
        }
        run
    }

    /// Keeps something of a run, in the place of what was kept of earlier ones if need be.
    pub(crate) fn keep(&self, run: u64, what: &str, text: String) -> Result<String, StoreError> {
        let name = format!("run{run}.{what}");
        self.put(&name, &Entry::of_run(text, run))?;
        Ok(name)
    }

    fn put(&self, name: &str, entry: &Entry) -> Result<(), StoreError> {
        let mut inner = lock(&self.0);
        let evicted = inner.content.put(name, entry.clone())?;
        if let Some(file) = &mut inner.file {
            for name in &evicted {
                file.removed(name)?;
            }
            file.put(name, entry)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
