//! The native `tsc` of `typescript@7`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, io};

/// The one that `CODEMODE_TSC` names, else the pinned one.
fn compiler() -> PathBuf {
    if let Some(named) = env::var_os("CODEMODE_TSC") {
        return named.into();
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end-to-end");
    let native = || -> io::Result<PathBuf> {
        fs::read_dir(folder.join("node_modules/@typescript"))?
            .flatten()
            .map(|package| {
                package
                    .path()
                    .join(format!("lib/tsc{}", env::consts::EXE_SUFFIX))
            })
            .find(|compiler| compiler.is_file())
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    };
    native().unwrap_or_else(|error| {
        panic!(
            "{}: there is no tsc ({error}). Run `npm ci` there, or name one in CODEMODE_TSC",
            folder.display()
        )
    })
}

/// Asserts that `tsc` accepts the files, each a name and a text, as one program in its strictest mode.
pub(crate) fn assert_accepted(files: &[(String, String)]) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let output = Command::new(compiler())
        .args([
            "--noEmit",
            "--strict",
            "--exactOptionalPropertyTypes",
            "--target",
            "esnext",
        ])
        .args(["--lib", "esnext", "--types", ""])
        .args(files.iter().map(|(name, _)| name))
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
            .lines()
            .take(20)
            .collect::<Vec<_>>()
            .join("\n")
    );
}

#[test]
fn a_declaration_that_is_wrong_is_noticed() {
    let files = [("a.d.ts".to_owned(), "type A = Gone;".to_owned())];
    let refused = std::panic::catch_unwind(|| assert_accepted(&files)).unwrap_err();
    let message = refused.downcast_ref::<String>().unwrap();
    assert!(message.contains("Cannot find name 'Gone'"), "{message}");
}
