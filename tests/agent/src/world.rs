//! The servers of a table, with the files that they work on.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use codemode_test_support::program;
use codemode_test_support::project::{
    self, DEPENDENCIES, lone_manifest, repository, share_lock_file,
};
use serde_json::{Value, json};

use crate::client::Client;
use crate::play::Profile;
use crate::task::{Table, Task};

/// What stands for the folder of files in tasks, and in what is counted.
pub const FOLDER: &str = "/project";

/// Folders and servers, which end with this value.
pub struct World {
    root: PathBuf,
    table: Table,
}

impl World {
    /// Makes the folders.
    #[must_use]
    pub fn new(table: &Table) -> Self {
        static LAST: AtomicUsize = AtomicUsize::new(0);
        let number = LAST.fetch_add(1, Ordering::Relaxed);
        // Always as long, since some texts are cut at a length.
        let name = format!("codemode-agent-{:08x}-{number:04}", std::process::id());
        let root = std::env::temp_dir().canonicalize().unwrap().join(name);
        let world = Self {
            root,
            table: table.clone(),
        };
        for folder in [world.files(), world.outbox()] {
            fs::create_dir_all(folder).unwrap();
        }
        world
    }

    /// The folder that `/project` stands for.
    #[must_use]
    pub fn files(&self) -> PathBuf {
        self.root.join("project")
    }

    /// Where the memory is.
    #[must_use]
    pub fn memory(&self) -> PathBuf {
        self.files().join("memory.jsonl")
    }

    /// Where messages go.
    #[must_use]
    pub fn outbox(&self) -> PathBuf {
        self.root.join("outbox")
    }

    /// A text as this world has it.
    #[must_use]
    pub fn inside(&self, text: &str) -> String {
        text.replace(FOLDER, &self.files().to_string_lossy())
    }

    /// A text as it would be in any world.
    #[must_use]
    pub fn anywhere(&self, text: &str) -> String {
        // The longer path first: the other one is its beginning.
        let text = text.replace(&*self.files().to_string_lossy(), FOLDER);
        text.replace(&*self.root.to_string_lossy(), "/world")
    }

    /// Puts the world into the state that a task begins with.
    pub fn begin(&self, task: &Task) {
        for folder in [self.files(), self.outbox()] {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    fs::remove_dir_all(path)
                } else {
                    fs::remove_file(path)
                }
                .unwrap();
            }
        }
        for (name, text) in &task.files {
            let path = self.files().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        if !task.memory.is_empty() {
            fs::write(self.memory(), task.memory.join("\n")).unwrap();
        }
    }

    /// Starts `serve` over this world with all that the table wants.
    ///
    /// A server that is slow to start is left out of what a client is told at first, so it may take more than one attempt.
    #[must_use]
    pub fn serve(&self, program: &Path, profile: Profile, more: &[&str]) -> (Client, Value) {
        let mut missing = Vec::new();
        for attempt in 0..10 {
            let pause = Duration::from_secs(2 * attempt);
            let mut client = Client::start(self.command(program, profile, more), pause);
            let tools = client.tools();
            let told = match profile {
                Profile::Scripts => client.instructions.clone(),
                Profile::Direct => tools.to_string(),
            };
            let names = self.table.namespaces.iter();
            missing = names
                .filter(|name| !is_told(name, profile, &told))
                .cloned()
                .collect();
            if missing.is_empty() {
                return (client, tools);
            }
        }
        panic!("{missing:?} of {} didn't start in time", self.table.name);
    }

    fn command(&self, program: &Path, profile: Profile, more: &[&str]) -> Command {
        let mut command = program::command(program, &target(program));
        command
            .args(["serve", "--profile", profile.name()])
            .args(more)
            .env("OUTBOX", self.outbox());
        if self.table.examples {
            command
                .arg("--manifest-path")
                .arg(examples(program).join("Cargo.toml"));
        } else {
            command.arg("--no-tools");
        }
        if !self.table.servers.is_empty() {
            let config = self.root.join("servers.json");
            fs::write(&config, self.configuration().to_string()).unwrap();
            command.arg("--mcp-config").arg(config);
        }
        command
    }

    fn configuration(&self) -> Value {
        let folder = repository().join("tests/mcp-servers");
        let known = fs::read_to_string(folder.join("servers.json")).unwrap();
        let known: Vec<Value> = serde_json::from_str(&known).unwrap();
        let own = |text: &str| text.replace("{folder}", &self.files().to_string_lossy());
        let entry = |name: &String| {
            let server = known
                .iter()
                .find(|server| server["name"] == **name)
                .unwrap();
            let package = folder
                .join("node_modules")
                .join(server["package"].as_str().unwrap());
            let mut arguments = vec![json!(script(&package))];
            let more = server["arguments"]
                .as_array()
                .map(Vec::as_slice)
                .unwrap_or_default();
            arguments.extend(more.iter().map(|text| json!(own(text.as_str().unwrap()))));
            let environment: BTreeMap<_, _> = server["environment"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(name, text)| (name.clone(), own(text.as_str().unwrap())))
                .collect();
            (
                name.clone(),
                json!({ "command": "node", "args": arguments, "env": environment }),
            )
        };
        json!({ "mcpServers": self.table.servers.iter().map(entry).collect::<BTreeMap<_, _>>() })
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

/// Whether a client is told of a namespace.
fn is_told(name: &str, profile: Profile, told: &str) -> bool {
    match profile {
        Profile::Scripts => told.lines().any(|line| {
            let line = ["declare namespace ", "- "]
                .iter()
                .find_map(|head| line.strip_prefix(head))
                .unwrap_or(line);
            line.strip_prefix(name)
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        }),
        Profile::Direct => told.contains(&format!("\"{name}__")),
    }
}

/// The script that a package names first under `bin`.
fn script(package: &Path) -> PathBuf {
    let manifest = package.join("package.json");
    let text = fs::read_to_string(&manifest).unwrap_or_else(|error| {
        panic!(
            "{}: {error}: run `npm ci` in tests/mcp-servers, or `cargo xtask test`, which does it",
            manifest.display()
        )
    });
    let manifest: Value = serde_json::from_str(&text).unwrap();
    let bin = &manifest["bin"];
    let path = bin
        .as_str()
        .or_else(|| bin.as_object()?.values().next()?.as_str());
    package.join(path.unwrap())
}

/// The target folder that a program was built into.
fn target(program: &Path) -> PathBuf {
    program.ancestors().nth(2).unwrap().to_owned()
}

/// A crate with the tools of the examples, and with the state that one of them has its host bring.
fn examples(program: &Path) -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let target = target(program);
        let folder = target.join("tmp/agent/examples");
        let manifest = lone_manifest(
            "examples",
            &format!("{DEPENDENCIES}\nsite-report = {{ path = \"ROOT/examples/site-report\" }}"),
        );
        // The crate of the pantry brings an engine, which the program with the tools has no use for.
        let pantry = fs::read_to_string(repository().join("examples/agent/src/pantry.rs")).unwrap();
        let files = [
            ("Cargo.toml", &*manifest),
            ("src/lib.rs", EXAMPLES),
            ("src/pantry.rs", &*pantry),
        ];
        let changed = project::write_all(&folder, &files);
        if changed || !folder.join("Cargo.lock").is_file() {
            share_lock_file(&folder, &target);
        }
        folder
    })
}

const EXAMPLES: &str = "\
//! The tools of the examples.

pub mod pantry;

use site_report as _;

#[codemode_runtime::provide_state]
fn stock() -> pantry::Pantry {
    pantry::Pantry::with([(\"flour\", 900), (\"sugar\", 400), (\"salt\", 50)])
}
";
