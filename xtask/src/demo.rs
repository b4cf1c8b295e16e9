//! `cargo xtask demo`: the whole idea, on real data, step by step.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::build::Build;
use crate::demo_mcp;
use crate::engine::{self, Choice};
use crate::tools;
use crate::workspace::Workspace;

const EXAMPLE: &str = "examples/site-report";

/// Builds codemode-cli and shows the example.
///
/// # Errors
/// When a step fails that should not; the error names it.
pub(crate) fn run(workspace: &Workspace, choice: Choice) -> Result<(), String> {
    let started = Instant::now();
    tools::heading("1. Build codemode-cli");
    let build = Build::set_up(workspace, engine::choose(workspace, choice)?)?;
    tools::run(&mut build.cargo_package("build", "codemode-cli", &["cli"]))?;

    show(&build)?;
    if let Err(problem) = demo_mcp::show(&build) {
        // All before this needs no Node.js.
        println!("\nThe part with MCP is left out: {problem}");
    }

    tools::heading(&format!("Done in {}", tools::duration(started.elapsed())));
    println!(
        "Try next:\n  \
           - the tools: {EXAMPLE}/src\n  \
           - change a script in {EXAMPLE}/scripts and run it as in step 4\n  \
           - cargo xtask test\n  \
           - your own crate: the tour in README.md"
    );
    Ok(())
}

/// Shows the example with the codemode-cli that `build` has built.
///
/// # Errors
/// When a step fails that should not; the error names it.
pub(crate) fn show(build: &Build<'_>) -> Result<(), String> {
    let workspace = build.workspace;
    let outbox = workspace.target.join("demo").join("outbox");
    empty(&outbox)?;

    tools::heading("2. What the model reads: the declarations of the tools");
    tools::run(&mut cli(build, &outbox, &["emit-dts"]))?;

    tools::heading("3. What the model writes: a script");
    let summary = script("traffic-summary.ts");
    show_file(workspace, &summary)?;

    tools::heading("4. The script runs: its result, and the calls it made");
    tools::run(&mut cli(build, &outbox, &["run", &summary]))?;

    tools::heading("5. Where the mail went");
    let mails = files_in(&outbox);
    if mails.is_empty() {
        return Err(format!(
            "{summary} ran, but there is no mail in {}",
            outbox.display()
        ));
    }
    for mail in mails {
        println!("{}", workspace.relative(&mail).display());
    }

    tools::heading("6. What the model gets back when its script has a mistake");
    let mistake = script("mistake.ts");
    show_file(workspace, &mistake)?;
    println!();
    let status = tools::run_for_status(&mut cli(build, &outbox, &["run", &mistake]))?;
    // 1 says that the script failed, as it is meant to; anything else is the program's fault.
    if status.code() != Some(1) {
        return Err(format!(
            "{mistake} should have failed with exit status 1, and ended with {status}"
        ));
    }
    Ok(())
}

fn script(name: &str) -> String {
    format!("{EXAMPLE}/scripts/{name}")
}

/// A codemode-cli command on the example.
fn cli(build: &Build<'_>, outbox: &Path, arguments: &[&str]) -> Command {
    let mut command = build.command(build.cli());
    command
        .args(arguments)
        .args(["--manifest-path", &format!("{EXAMPLE}/Cargo.toml")])
        .env("OUTBOX", outbox)
        // A demo must not send real mail.
        .env_remove("SMTP_URL");
    command
}

fn show_file(workspace: &Workspace, path: &str) -> Result<(), String> {
    let text = fs::read_to_string(workspace.root.join(path))
        .map_err(|error| format!("{path}: {error}"))?;
    println!("{path}\n");
    for line in text.lines() {
        println!("    {line}");
    }
    Ok(())
}

/// Old mail would pass for this run's.
fn empty(folder: &Path) -> Result<(), String> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .map_err(|error| format!("{} can't be emptied: {error}", folder.display()))?;
    }
    fs::create_dir_all(folder)
        .map_err(|error| format!("{} can't be made: {error}", folder.display()))
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    files.sort();
    files
}
