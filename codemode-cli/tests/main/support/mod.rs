//! What several features' tests need.

pub(crate) mod fixtures;
pub(crate) mod mcp;

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a program did.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Done {
    /// Asserts the exit status, and shows all output if it is another.
    #[track_caller]
    pub(crate) fn expect(self, status: i32) -> Self {
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
    #[track_caller]
    pub(crate) fn complains(&self, parts: &[&str]) {
        for part in parts {
            assert!(
                self.stderr.contains(part),
                "`{part}` isn't in:\n{}",
                self.stderr
            );
        }
    }
}

/// A program with the environment that all have in these tests.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command
        .env("CARGO_TARGET_DIR", fixtures::target_folder())
        // The set-up has fetched what is needed.
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_TERM_COLOR", "never")
        .env("RUST_BACKTRACE", "0");
    if std::env::var_os("CODEMODE_TSC").is_none() {
        // The set-up has put the compiler there. These tests run in folders elsewhere.
        let modules =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/end-to-end/node_modules");
        command.env("CODEMODE_TSC", modules.join("typescript/bin/tsc"));
    }
    command
}

/// Runs a program to its end, with a text on its standard input.
pub(crate) fn finish(mut command: Command, input: &str) -> Done {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A program that doesn't read its input closes it, which is fine.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    Done {
        status: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs `codemode-cli` in a folder.
pub(crate) fn cli_in(folder: &Path, arguments: &[&str], input: &str) -> Done {
    let mut command = command(env!("CARGO_BIN_EXE_codemode-cli"));
    command.args(arguments).current_dir(folder);
    finish(command, input)
}

/// Runs `codemode-cli` on a package of the fixtures' workspace.
pub(crate) fn cli_on(package: &str, arguments: &[&str], input: &str) -> Done {
    let folder = fixtures::workspace();
    let arguments = [arguments, &["-p", package]].concat();
    cli_in(&folder, &arguments, input)
}

/// Asserts that the file in `tests/golden` holds `actual`. With `CODEMODE_UPDATE_GOLDEN=1` in the environment, writes it
/// instead.
#[track_caller]
pub(crate) fn assert_golden(name: &str, actual: &str) {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    codemode_test_support::golden::check(golden.join(name), actual);
}
