//! Programs in the place of a compiler, for tests.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::project::Project;

/// What a compiler that has looked says of the witness.
pub(super) const WITNESSED: &str = "echo 'witness.ts(1,14): error TS2322: a'";

/// A program that does what a script of the shell says, and the folder that it is in.
pub(super) fn program(script: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tsc");
    // By another process: a file that this one has open for writing is open in every process that another test starts just
    // then, and can't be started for so long.
    let mut writer = Command::new("sh")
        .args(["-c", "cat > \"$0\" && chmod +x \"$0\""])
        .arg(&path)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = writer.stdin.take().unwrap();
    write!(input, "#!/bin/sh\n{script}\n").unwrap();
    drop(input);
    assert!(writer.wait().unwrap().success());
    (folder, path)
}

pub(super) fn project(script: &str) -> Project {
    Project {
        types: Vec::new(),
        script: script.into(),
    }
}
