//! What several features' tests need.

pub(crate) mod fixtures;
pub(crate) mod mcp;

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use codemode_test_support::program;
pub(crate) use codemode_test_support::program::{Done, finish};

/// A program with the environment that all have in these tests.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    program::command(program, &fixtures::target_folder())
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
