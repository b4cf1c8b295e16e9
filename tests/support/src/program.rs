//! Programs under test: how they are started, and what they did.

use std::env;
use std::ffi::OsStr;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::typescript;

/// What a program did.
#[derive(Debug)]
pub struct Done {
    /// The exit status; none if a signal ended it.
    pub status: Option<i32>,
    /// All of its standard output.
    pub stdout: String,
    /// All of its standard error.
    pub stderr: String,
}

impl Done {
    /// Asserts the exit status, and shows all output if it is another.
    ///
    /// # Panics
    ///
    /// If it is another.
    #[allow(
        clippy::return_self_not_must_use,
        reason = "the status is often all that matters"
    )]
    #[track_caller]
    pub fn expect(self, status: i32) -> Self {
        assert_eq!(
            self.status,
            Some(status),
            "{}\n{}",
            self.stdout,
            self.stderr
        );
        self
    }

    /// Asserts that standard error has all of these parts.
    ///
    /// # Panics
    ///
    /// If it lacks one.
    #[track_caller]
    pub fn complains(&self, parts: &[&str]) {
        for part in parts {
            assert!(
                self.stderr.contains(part),
                "`{part}` isn't in:\n{}",
                self.stderr
            );
        }
    }
}

/// A program with the environment that all have in tests: builds go into `target` and find what they need there.
///
/// # Panics
///
/// If there is no TypeScript compiler.
pub fn command(program: impl AsRef<OsStr>, target: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .env("CARGO_TARGET_DIR", target)
        // The set-up has fetched what is needed.
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_TERM_COLOR", "never")
        .env("RUST_BACKTRACE", "0")
        // Programs under test run in folders from which the pinned compiler isn't found.
        .env(
            typescript::VARIABLE,
            typescript::compiler().unwrap_or_else(|problem| panic!("{problem}")),
        );
    command
}

/// Runs a program to its end, with a text on its standard input.
///
/// # Panics
///
/// If it can't be started, or what it said isn't UTF-8.
pub fn finish(mut command: Command, input: &str) -> Done {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    if let Some(mut stdin) = child.stdin.take() {
        // A program that doesn't read its input closes it, which is fine.
        let _ = stdin.write_all(input.as_bytes());
    }
    let output = child
        .wait_with_output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let text = |bytes| String::from_utf8(bytes).expect("programs under test write UTF-8");
    Done {
        status: output.status.code(),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

/// Cargo as a program under test.
pub fn cargo(target: &Path) -> Command {
    command(
        env::var_os("CARGO").unwrap_or_else(|| "cargo".into()),
        target,
    )
}
