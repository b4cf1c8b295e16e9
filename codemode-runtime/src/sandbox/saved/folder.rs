//! Saved scripts as files.

use std::path::Path;
use std::{fs, io};

use super::SavedScripts;

/// What the name of a saved script's file ends with.
pub(super) const ENDING: &str = ".ts";

impl SavedScripts {
    /// Those of the files `*.ts` in a folder. What is in folders below it isn't looked at.
    ///
    /// # Errors
    ///
    /// If the folder or a file in it can't be read.
    pub fn in_folder(folder: &Path) -> io::Result<Self> {
        Ok(Self::of(files(folder)?))
    }

    /// The same of a folder that may have scripts in it that are to be run, and that export nothing.
    ///
    /// # Errors
    ///
    /// As for [`SavedScripts::in_folder`].
    pub fn among_others(folder: &Path) -> io::Result<Self> {
        let files = files(folder)?.into_iter();
        Ok(Self::of(files.filter(|(_, text)| {
            codemode_script::exports_something(text)
        })))
    }
}

/// The names of the files without their ending, and their texts, in alphabetical order.
pub(super) fn files(folder: &Path) -> io::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str().and_then(|name| name.strip_suffix(ENDING)) else {
            continue;
        };
        let is_declaration = name.strip_suffix(".d").is_some();
        if is_declaration || name.starts_with('.') || !entry.path().is_file() {
            continue;
        }
        let bytes = fs::read(entry.path())?;
        files.push((
            name.to_owned(),
            String::from_utf8_lossy(&bytes).into_owned(),
        ));
    }
    files.sort();
    Ok(files)
}
