//! Who may know whom, and where things are.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails")]

mod circles;
mod knowledge;
mod map;
mod sizes;

use std::path::{Path, PathBuf};

/// The crates of the product, in the order of their names.
fn crates() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(repository())
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.join("Cargo.toml").is_file())
        .filter(|path| name_of(path).starts_with("codemode-"))
        .collect();
    found.sort();
    assert!(found.len() >= 8, "{found:?}");
    found
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap()
        .to_owned()
}
