//! What the tests need from npm.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::tools;
use crate::workspace::Workspace;

/// The npm that this machine has: on Windows it is a script, which only starts under its full name.
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Installs what the lock file in `folder` of the repository pins, unless that is there already; the result is the
/// folder of the packages.
///
/// # Errors
/// When npm is missing, or fails.
pub(crate) fn install(workspace: &Workspace, folder: &str) -> Result<PathBuf, String> {
    let absolute = workspace.root.join(folder);
    let modules = absolute.join("node_modules");
    // Beside what npm installed lies a copy of the lock file it was installed from.
    let lock = fs::read(absolute.join("package-lock.json"))
        .map_err(|error| format!("{folder}/package-lock.json: {error}"))?;
    let installed_from = modules.join(".installed-from");
    if fs::read(&installed_from).is_ok_and(|installed| installed == lock) {
        return Ok(modules);
    }
    if !tools::succeeds(Command::new(NPM).arg("--version")) {
        return Err(format!(
            "npm is missing, so what {folder} needs can't be installed: install Node.js, which brings npm \
             (Debian, Ubuntu: apt-get install npm; macOS: brew install node)"
        ));
    }
    let mut install = workspace.command(NPM);
    tools::run(install.arg("ci").current_dir(&absolute))?;
    fs::write(&installed_from, lock)
        .map_err(|error| format!("{}: {error}", installed_from.display()))?;
    Ok(modules)
}
