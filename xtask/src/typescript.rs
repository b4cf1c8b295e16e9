//! The TypeScript compiler that judges declarations in the tests.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::tools;
use crate::workspace::Workspace;

/// The variable through which tests and programs find `tsc`.
pub(crate) const VARIABLE: &str = "CODEMODE_TSC";

/// The folder with the `package.json` that pins the compiler.
const FOLDER: &str = "tests/end-to-end";

/// The npm that this machine has: on Windows it is a script, which only starts under its full name.
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// The native `tsc`: the one `CODEMODE_TSC` names, else the pinned one, which is installed first if need be.
///
/// # Errors
/// When it isn't there and can't be installed; says what to install.
pub(crate) fn compiler(workspace: &Workspace) -> Result<PathBuf, String> {
    if let Some(named) = env::var_os(VARIABLE).map(PathBuf::from) {
        return if named.is_file() {
            Ok(named)
        } else {
            Err(format!(
                "{VARIABLE} is `{}`, and there is no such file: correct it or unset it",
                named.display()
            ))
        };
    }
    let folder = workspace.root.join(FOLDER);
    let modules = folder.join("node_modules");
    // Beside what npm installed lies a copy of the lock file it was installed from.
    let lock = fs::read(folder.join("package-lock.json"))
        .map_err(|error| format!("{FOLDER}/package-lock.json: {error}"))?;
    let installed_from = modules.join(".installed-from");
    if fs::read(&installed_from).is_ok_and(|installed| installed == lock)
        && let Some(compiler) = native_compiler(&modules)
    {
        return Ok(compiler);
    }

    if !tools::succeeds(Command::new(NPM).arg("--version")) {
        return Err("npm is missing, so typescript@7 can't be installed: install Node.js, which brings npm \
             (Debian, Ubuntu: apt-get install npm; macOS: brew install node)"
            .to_owned());
    }
    let mut install = workspace.command(NPM);
    tools::run(install.arg("ci").current_dir(&folder))?;
    let compiler = native_compiler(&modules).ok_or_else(|| {
        format!("npm installed typescript, but there is no native tsc in {FOLDER}/node_modules: none is published for this machine")
    })?;
    fs::write(&installed_from, lock)
        .map_err(|error| format!("{}: {error}", installed_from.display()))?;
    Ok(compiler)
}

/// npm installs the one platform package that fits the machine.
fn native_compiler(modules: &Path) -> Option<PathBuf> {
    fs::read_dir(modules.join("@typescript"))
        .ok()?
        .flatten()
        .map(|package| {
            package
                .path()
                .join("lib")
                .join(format!("tsc{}", env::consts::EXE_SUFFIX))
        })
        .find(|compiler| compiler.is_file())
}
