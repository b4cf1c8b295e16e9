//! Tasks as they are in `tasks`, a file a session.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

/// The tasks that are worked on with the same servers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// What the servers are together; the file's name.
    #[serde(skip)]
    pub name: String,
    /// Names of `tests/mcp-servers/servers.json`.
    #[serde(default)]
    pub servers: Vec<String>,
    /// Whether the tools of the example crates are there, too.
    #[serde(default)]
    pub examples: bool,
    /// The namespaces that all this makes.
    pub namespaces: Vec<String>,
    /// What there is to do.
    pub task: Vec<Task>,
}

/// Something that a person wants done.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// A short name.
    pub name: String,
    /// What the person says.
    pub request: String,
    /// The files that are there before.
    #[serde(default)]
    pub files: BTreeMap<String, String>,
    /// The lines of the memory that is there before.
    #[serde(default)]
    pub memory: Vec<String>,
    /// What has to be so in the end.
    pub end: End,
    /// What a model writes in the profile `scripts`.
    pub scripts: Vec<Turn>,
    /// What it writes in the profile `direct`: names of tools, and their arguments as JSON.
    pub direct: Vec<(String, String)>,
}

/// A state of the world. What isn't said may be as it likes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    /// What the last script returns, as JSON.
    pub value: Option<String>,
    /// What a model has to have read to say the same, in the profile `direct`.
    #[serde(default)]
    pub shown: Vec<String>,
    /// Files with these contents.
    #[serde(default)]
    pub files: BTreeMap<String, String>,
    /// Files that aren't there.
    #[serde(default)]
    pub gone: Vec<String>,
    /// The lines of the memory, in any order.
    pub memory: Option<Vec<String>>,
    /// Messages in the outbox, one for each; all parts are in it, which `…` is between.
    pub outbox: Option<Vec<String>>,
    /// What the tools themselves say when they are asked afterwards.
    pub after: Option<After>,
}

/// A question that the harness asks when the task is over.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct After {
    /// The expression of a script.
    pub script: String,
    /// The tool that says the same.
    pub tool: String,
    /// What the answer is, as JSON.
    pub value: String,
}

/// What a model writes in one turn.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Turn {
    /// Looks for functions.
    Search(String),
    /// Reads declarations.
    Describe(Vec<String>),
    /// Runs a script.
    Run(String),
}

/// All tables, by name.
#[must_use]
pub fn tables() -> Vec<Table> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tasks");
    let mut tables: Vec<Table> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let table: Table =
                toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            Table { name, ..table }
        })
        .collect();
    tables.sort_by(|a, b| a.name.cmp(&b.name));
    tables
}
