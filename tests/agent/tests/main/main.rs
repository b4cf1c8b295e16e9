//! Tasks reach their ends at the price that is recorded, and mistakes are answered with their repair.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod docs;
mod faults;
mod model;
mod tasks;

use std::path::Path;

/// `codemode-cli`, as cargo has built it.
fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_codemode-agent"))
}

/// A file that says what came out when it was last agreed to.
fn golden(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("golden")
        .join(name)
}
