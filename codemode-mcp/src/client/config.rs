//! Which MCP servers there are, in the form that MCP clients keep such lists in.

mod choice;
mod entry;
mod expand;
mod fields;
mod file;
mod jsonc;
mod transport;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

pub(super) use self::choice::ToolChoice;
use self::file::Listed;
use super::learned::{Remembered, Store};
use super::secrets::Secrets;
use crate::names;

/// The servers of a configuration file: an object with `mcpServers`, as other MCP clients have it, or one of the forms in
/// which they keep it else. Comments and commas before an end are read.
///
/// A server is started with `command`, `args`, `env` and `cwd`, or is at a `url`, with `headers`. `${NAME}` in any of these
/// stands for an environment variable, and `${NAME:-text}` has a text for when there is none. A server with `disabled`
/// is left out, and a script that names it is told so. `timeout`, such as `"45s"`, is how long a call may take without a sign of progress. With `learn`, the shape of
/// results that the server doesn't describe is learned from them. `secrets` and `public` are lists of names in `env` and
/// `headers` whose values are credentials, or aren't, whatever they look like.
///
/// What is odd in an entry costs itself, or the server if there is no way to it left, and never another one.
///
/// A started server gets the variables of its `env`, and of this process only those that programs need to run at all, such as
/// `PATH`, and to reach others: proxies, certificates, and where packages come from.
///
/// ```
/// use codemode_mcp::McpConfig;
///
/// let config: McpConfig = r#"{ "mcpServers": {
///     "files": { "command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem", "/tmp"] },
///     "tickets": { "url": "https://tickets.example/mcp", "headers": { "Authorization": "Bearer ${TICKETS_TOKEN}" } }
/// } }"#.parse()?;
/// assert_eq!(config.servers().collect::<Vec<_>>(), ["files", "tickets"]);
/// # Ok::<_, codemode_mcp::McpConfigError>(())
/// ```
#[derive(Clone, Default)]
pub struct McpConfig {
    servers: BTreeMap<String, Result<ServerConfig, String>>,
    /// The names of those that are switched off.
    off: BTreeSet<String>,
    store: Arc<Store>,
    remembered: Option<Remembered>,
}

/// Why a configuration can't be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum McpConfigError {
    /// The file can't be read.
    #[error("can't read {path}: {error}")]
    Read {
        /// The file.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// The file of learned shapes can't be used.
    #[error("can't use the file of learned shapes, {0}")]
    Learned(String),
    /// The text isn't such an object.
    #[error(
        "this is no list of MCP servers, which is a JSON object with `mcpServers`, and in that an object with `command` or \
         `url` for each server: {problem} ({place})"
    )]
    Form {
        /// The file, where there is one, the line and the column.
        place: String,
        /// What is wrong.
        problem: String,
    },
}

/// How one server is reached.
#[derive(Clone)]
pub(super) struct ServerConfig {
    /// What it is in scripts.
    pub(super) namespace: String,
    pub(super) way: Way,
    pub(super) timeout: Option<Duration>,
    /// Whether shapes of results are learned and declared; `None` if nobody says.
    pub(super) learn: Option<bool>,
    pub(super) tools: ToolChoice,
    pub(super) secrets: Secrets,
    /// What is odd in its entry, and where.
    pub(super) notes: Vec<String>,
}

#[derive(Clone)]
pub(super) enum Way {
    Command {
        program: String,
        arguments: Vec<String>,
        environment: BTreeMap<String, String>,
        folder: Option<String>,
    },
    Http {
        url: String,
        headers: BTreeMap<String, String>,
    },
}

impl std::str::FromStr for McpConfig {
    type Err = McpConfigError;

    fn from_str(text: &str) -> Result<Self, McpConfigError> {
        Self::parse(text, None, &environment)
    }
}

fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

impl McpConfig {
    /// Reads a configuration file.
    ///
    /// # Errors
    ///
    /// If the file can't be read or isn't such a list, with the line. What is wrong with a single server is reported by
    /// [`McpServers::problems`](super::McpServers::problems), so that the others can be used.
    pub fn read(path: &Path) -> Result<Self, McpConfigError> {
        let bytes = std::fs::read(path).map_err(|error| McpConfigError::Read {
            path: path.display().to_string(),
            error,
        })?;
        Self::parse(&text_of(&bytes), Some(path), &environment)
    }

    /// Keeps the shapes that are learned in a file, from one session to the next. Without it they are forgotten with the
    /// servers.
    ///
    /// The file has names of fields in it and how values look, and no values. It need not exist.
    ///
    /// # Errors
    ///
    /// If there is a file that can't be read or has something else in it.
    pub fn learned_in(self, path: &Path) -> Result<Self, McpConfigError> {
        let store = Store::in_file(path).map_err(McpConfigError::Learned)?;
        Ok(Self {
            store: Arc::new(store),
            ..self
        })
    }

    pub(super) fn store(&self) -> Arc<Store> {
        Arc::clone(&self.store)
    }

    /// Remembers, as long as the servers are there, what results are like that nobody describes, and tells it where declarations are
    /// looked up. No type changes by that, and no result. A server with `"learn": false` is left out.
    #[must_use]
    pub fn remembering(self, remembered: Remembered) -> Self {
        Self {
            remembered: Some(remembered),
            ..self
        }
    }

    pub(super) fn remembered(&self) -> Option<Remembered> {
        self.remembered
    }

    /// The names of the servers, in alphabetical order.
    pub fn servers(&self) -> impl Iterator<Item = &str> {
        self.servers.keys().map(String::as_str)
    }

    /// The servers that are switched off, in alphabetical order.
    pub(super) fn off(&self) -> impl Iterator<Item = &str> {
        self.off.iter().map(String::as_str)
    }

    pub(super) fn into_servers(
        self,
    ) -> impl Iterator<Item = (String, Result<ServerConfig, String>)> {
        self.servers.into_iter()
    }

    fn parse(
        text: &str,
        path: Option<&Path>,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, McpConfigError> {
        let file = path.map(|path| path.display().to_string());
        let at = |line: usize| match &file {
            Some(file) => format!("{file}, line {line}"),
            None => format!("line {line}"),
        };
        let root = jsonc::read(text).map_err(|fault| McpConfigError::Form {
            place: format!("{}, column {}", at(fault.line), fault.column),
            problem: fault.problem,
        })?;
        let listed = file::servers(&root).map_err(|problem| McpConfigError::Form {
            place: at(root.line),
            problem,
        })?;
        let mut servers = BTreeMap::new();
        let mut off = BTreeSet::new();
        for Listed { name, entry } in listed {
            let mut notes = Vec::new();
            let Some(read) = entry::read(&entry, variable, &mut notes) else {
                off.insert(name);
                continue;
            };
            let twice = servers.contains_key(&name);
            if twice {
                let note = "there is another entry of this name before it; the last one counts";
                notes.push((entry.line, note.to_owned()));
            }
            let told = |(line, text): (usize, String)| {
                let line = if line == 0 { entry.line } else { line };
                format!("{text} ({})", at(line))
            };
            let server = read.map_err(told).map(|server| ServerConfig {
                notes: notes.into_iter().map(told).collect(),
                ..server
            });
            servers.insert(name, server);
        }
        let namespaces = names::distinct(servers.keys().map(String::as_str), names::namespace);
        for ((name, server), namespace) in servers.iter_mut().zip(namespaces) {
            if let Ok(server) = server {
                if namespace != names::namespace(name) {
                    let note = format!(
                        "another server has its name in scripts, so it is called `{namespace}` there"
                    );
                    server.notes.push(note);
                }
                server.namespace = namespace;
            }
        }
        off.retain(|name| !servers.contains_key(name));
        Ok(Self {
            servers,
            off,
            store: Arc::default(),
            remembered: None,
        })
    }
}

/// The text of a file in the encodings that editors write. What isn't text is marked, and found where it is read.
fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    let utf_16 = |unit: fn([u8; 2]) -> u16| {
        let units = bytes.as_chunks().0.iter().skip(1).map(|pair| unit(*pair));
        let letters = char::decode_utf16(units);
        letters
            .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    };
    match bytes {
        [0xff, 0xfe, ..] => utf_16(u16::from_le_bytes),
        [0xfe, 0xff, ..] => utf_16(u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes),
    }
}

#[cfg(test)]
mod tests;
