//! What the tests of several kinds need: the command line, crates and servers.

mod server;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use codemode_test_support::program::{self, finish};
use codemode_test_support::project::{self, DEPENDENCIES, lone_manifest, share_lock_file};
use serde_json::Value;

pub(crate) use codemode_test_support::program::Done;
pub(crate) use server::{HttpServer, configuration, stdio};

/// The target folder that these tests themselves are built into.
fn target() -> PathBuf {
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    temporary.parent().unwrap().to_owned()
}

/// A folder for the files of one test, which other runs of it find again.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("field")
        .join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// `codemode-cli`, ready to be started.
pub(crate) fn cli(arguments: &[&str]) -> Command {
    let mut command = program::command(env!("CARGO_BIN_EXE_codemode-field-cli"), &target());
    command.args(arguments);
    command
}

/// Runs `codemode-cli` with a text on its standard input.
pub(crate) fn run_cli(arguments: &[&str], input: &str) -> Done {
    finish(cli(arguments), input)
}

/// Runs a script without tools, with more arguments. Returns what `--json` prints.
pub(crate) fn run_script(arguments: &[&str], script: &str) -> Value {
    let arguments = [&["run", "-", "--json", "--no-tools"], arguments].concat();
    outcome(&run_cli(&arguments, script))
}

/// The outcome that `run --json` has printed.
#[track_caller]
pub(crate) fn outcome(done: &Done) -> Value {
    serde_json::from_str(&done.stdout)
        .unwrap_or_else(|error| panic!("{error}\n{}\n{}", done.stdout, done.stderr))
}

/// A crate of tools, which is a workspace of its own.
pub(crate) struct ToolCrate(PathBuf);

impl ToolCrate {
    /// Writes a crate whose library is `source`, with more lines for its dependencies.
    pub(crate) fn new(name: &str, dependencies: &str, source: &str) -> Self {
        let manifest = lone_manifest(name, &format!("{DEPENDENCIES}\n{dependencies}"));
        Self::of_files(name, &[("Cargo.toml", &manifest), ("src/lib.rs", source)])
    }

    /// Writes a project; `ROOT` in a file stands for the repository.
    pub(crate) fn of_files(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = folder(&format!("crates/{name}"));
        let changed = project::write_all(&folder, files);
        if changed || !folder.join("Cargo.lock").is_file() {
            share_lock_file(&folder, &target());
        }
        Self(folder)
    }

    /// The folder of the crate.
    pub(crate) fn folder(&self) -> &Path {
        &self.0
    }

    /// Runs `codemode-cli` on the crate.
    pub(crate) fn cli(&self, arguments: &[&str], input: &str) -> Done {
        let mut command = cli(arguments);
        command.current_dir(&self.0);
        finish(command, input)
    }

    /// Runs a script against the crate's tools. Returns what `--json` prints.
    pub(crate) fn run(&self, arguments: &[&str], script: &str) -> Value {
        let arguments = [&["run", "-", "--json"], arguments].concat();
        outcome(&self.cli(&arguments, script))
    }

    /// Runs cargo on the crate.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Done {
        let mut cargo = program::cargo(&target());
        cargo.args(arguments).current_dir(&self.0);
        finish(cargo, "")
    }
}
