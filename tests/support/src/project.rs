//! Crates for programs to work on, written by tests.

use std::fs;
use std::path::{Path, PathBuf};

use crate::program::{cargo, finish};

/// The root of this repository.
///
/// # Panics
///
/// Never: this package is two levels below it.
#[must_use]
pub fn repository() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package
        .ancestors()
        .nth(2)
        .expect("this package is two levels below the root")
        .to_owned()
}

/// Writes files of a project below `folder`; `ROOT` in a text stands for this repository. Tells whether anything changed.
///
/// # Panics
///
/// If a file can't be written.
pub fn write_all(folder: &Path, files: &[(&str, &str)]) -> bool {
    files.iter().fold(false, |changed, (path, text)| {
        changed | write(folder, path, &with_root(text))
    })
}

/// Writes a file unless it has that text already, since cargo builds anew what has a new time. Tells whether it did.
///
/// # Panics
///
/// If the file can't be written.
#[must_use]
pub fn write(folder: &Path, path: &str, text: &str) -> bool {
    let path = folder.join(path);
    if fs::read_to_string(&path).is_ok_and(|known| known == text) {
        return false;
    }
    let written = path
        .parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(&path, text));
    written.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    true
}

/// A manifest's text with the repository's path in the place of `ROOT`.
#[must_use]
pub fn with_root(text: &str) -> String {
    // As a TOML string, in which a backslash would start an escape sequence.
    text.replace(
        "ROOT",
        &repository().display().to_string().replace('\\', "/"),
    )
}

/// What a crate of tools depends on. It is what `codemode-cli init` gives a new one, with the same features: with others,
/// cargo would build all of it again.
pub const DEPENDENCIES: &str = "codemode-runtime = { path = \"ROOT/codemode-runtime\", default-features = false }\n\
                                schemars = \"1\"\n\
                                serde = { version = \"1\", features = [\"derive\"] }";

/// The manifest of a crate of tools that is a workspace of its own, with more lines for its dependencies.
#[must_use]
pub fn lone_manifest(name: &str, dependencies: &str) -> String {
    with_root(&format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[workspace]\n\n\
         [dependencies]\n{dependencies}\n\n[profile.dev]\ndebug = \"line-tables-only\"\n"
    ))
}

/// Makes a project use the versions of this repository, and fetches what is missing of them.
///
/// # Panics
///
/// If they can't be had.
pub fn share_lock_file(folder: &Path, target: &Path) {
    fs::copy(repository().join("Cargo.lock"), folder.join("Cargo.lock"))
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let fetch = |offline: &str| {
        let mut cargo = cargo(target);
        cargo
            .args(["metadata", "--quiet", "--format-version", "1"])
            .current_dir(folder)
            .env("CARGO_NET_OFFLINE", offline);
        finish(cargo, "")
    };
    if fetch("true").status != Some(0) {
        fetch("false").expect(0);
    }
}
