//! What the tests of several kinds need: the command line, crates and servers.

mod client;
mod server;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use codemode_test_support::program::{self, finish};
use codemode_test_support::project::{self, DEPENDENCIES, lone_manifest, share_lock_file};
use codemode_test_support::typescript;
use serde_json::Value;

pub(crate) use client::Client;
pub(crate) use codemode_test_support::program::Done;
pub(crate) use server::{HttpServer, configuration, configuration_file, stdio};

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

/// Writes a list of tools as a server sends it. Returns its path.
pub(crate) fn tools_file(test: &str, listed: &Value) -> String {
    let path = folder("lists").join(format!("{test}.json"));
    fs::write(&path, listed.to_string()).unwrap();
    path.display().to_string()
}

/// The declarations of a list of tools, in both styles, and what was said of the list.
#[allow(clippy::needless_pass_by_value, reason = "callers make it for this")]
pub(crate) fn declared(test: &str, tools: Value) -> [Done; 2] {
    let file = tools_file(test, &serde_json::json!({ "tools": tools }));
    [&[][..], &["--compact"]].map(|more| {
        let done = run_cli(&[&["emit-dts", "--mcp-tools", &file], more].concat(), "").expect(0);
        assert_accepted_by_tsc(test, &done.stdout);
        done
    })
}

/// Asserts that `tsc` accepts declarations in its strictest mode.
pub(crate) fn assert_accepted_by_tsc(test: &str, declarations: &str) {
    let file = folder("declarations").join(format!("{test}.d.ts"));
    fs::write(&file, declarations).unwrap();
    let done = Command::new(typescript::compiler().unwrap())
        .args([
            "--noEmit",
            "--strict",
            "--exactOptionalPropertyTypes",
            "--target",
            "esnext",
        ])
        .args(["--lib", "esnext", "--types", ""])
        .arg(&file)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "{said}\n{declarations}");
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
