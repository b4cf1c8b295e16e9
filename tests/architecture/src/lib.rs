//! Reads who imports whom in a crate.
//!
//! Imports are those of `use` and of paths in code, as they are parsed. What only tests use doesn't count. An import by way of a
//! re-export is one of the file that has the item; a re-export of a child is none; and a child may import its parent's public types.

mod circles;
mod files;
mod imports;

use std::collections::BTreeMap;
use std::path::Path;

pub use self::circles::{between_folders, circle};
pub use self::files::{Files, source_files};

/// A module of a crate: the names on the way to it. That of the crate itself is empty.
pub type Module = Vec<String>;

/// For each module those that it imports, each with a place and a name to look for.
pub type Arrows = BTreeMap<Module, BTreeMap<Module, String>>;

/// Who imports whom in the sources below a folder.
///
/// # Errors
///
/// If a file can't be read or parsed.
pub fn arrows(root: &Path) -> Result<Arrows, String> {
    let files = Files::read(root)?;
    Ok(imports::arrows(&files))
}

/// A module in words.
#[must_use]
pub fn name(module: &Module) -> String {
    if module.is_empty() {
        "lib".to_owned()
    } else {
        module.join("::")
    }
}
