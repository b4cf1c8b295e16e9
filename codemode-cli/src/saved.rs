//! Saved scripts of a command: from `--scripts DIR`, or from the crate's own folder.

use std::path::{Path, PathBuf};

use codemode_runtime::{Catalogue, Checker, SavedScripts};

use crate::arguments::Sources;
use crate::crates::project;
use crate::error::CliError;

/// The folder of a crate that may have saved scripts.
const FOLDER: &str = "scripts";

/// Saved scripts, and where they are.
pub(crate) struct Folder {
    path: PathBuf,
    scripts: SavedScripts,
}

impl Folder {
    /// Reads the folder; `None` if there is none to read.
    pub(crate) fn open(sources: &Sources) -> Result<Option<Self>, CliError> {
        let unreadable = |path: &Path| {
            let path = path.to_owned();
            move |error| CliError::Read { path, error }
        };
        if let Some(path) = &sources.scripts {
            let scripts = SavedScripts::in_folder(path).map_err(unreadable(path))?;
            return Ok(Some(Self {
                path: path.clone(),
                scripts,
            }));
        }
        if sources.no_tools {
            return Ok(None);
        }
        let folder = project::folder_of(&sources.target);
        let path = folder.map(|folder| folder.join(FOLDER));
        let Some(path) = path.filter(|path: &PathBuf| path.is_dir()) else {
            return Ok(None);
        };
        // What is there to be run, and exports nothing, isn't meant.
        let scripts = SavedScripts::among_others(&path).map_err(unreadable(&path))?;
        Ok(Some(Self { path, scripts }))
    }

    /// Those that fit the tools. Warns of what is left out.
    pub(crate) async fn fitting(
        &self,
        catalogue: impl FnOnce() -> Result<Catalogue, CliError>,
        checker: Option<&Checker>,
        warn: impl Fn(&str),
    ) -> Result<SavedScripts, CliError> {
        let scripts = match checker {
            Some(checker) if !self.scripts.is_empty() => {
                self.scripts.fitting(&catalogue()?, checker).await
            }
            _ => self.scripts.clone(),
        };
        for (name, why) in scripts.problems() {
            let path = self.path.join(format!("{name}.ts"));
            warn(&format!("left out: {}:{why}", path.display()));
        }
        Ok(scripts)
    }
}

/// The saved scripts of a command that fit its tools.
pub(crate) async fn of(
    sources: &Sources,
    catalogue: impl FnOnce() -> Result<Catalogue, CliError>,
    checker: Option<&Checker>,
    warn: impl Fn(&str),
) -> Result<SavedScripts, CliError> {
    match Folder::open(sources)? {
        Some(folder) => folder.fitting(catalogue, checker, warn).await,
        None => Ok(SavedScripts::default()),
    }
}

/// A script with the saved scripts that it calls in one text, for what is found by words.
pub(crate) fn with_called(sources: &Sources, script: &str) -> Result<String, CliError> {
    Ok(match Folder::open(sources)? {
        Some(folder) => folder.scripts.with_called(script),
        None => script.to_owned(),
    })
}
