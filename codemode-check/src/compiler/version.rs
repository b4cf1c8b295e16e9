//! Which compiler it is.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use serde_json::Value;

/// The version whose API this crate speaks. The API is marked as unstable, so another version is run the slow way, as a
/// command.
pub(crate) const PINNED: &str = "7.0.2";

/// Whether a compiler is of the version that can be kept alive.
pub(crate) fn is_pinned(program: &Path) -> bool {
    static KNOWN: OnceLock<Mutex<HashMap<PathBuf, bool>>> = OnceLock::new();
    let known = KNOWN.get_or_init(Mutex::default);
    let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
    *known
        .entry(program.to_owned())
        .or_insert_with(|| of_package(program).as_deref() == Some(PINNED))
}

/// The version that the npm package around the program states.
fn of_package(program: &Path) -> Option<String> {
    let package = program.parent()?.parent()?.join("package.json");
    let text = fs::read_to_string(package).ok()?;
    let package: Value = serde_json::from_str(&text).ok()?;
    package["version"].as_str().map(str::to_owned)
}
