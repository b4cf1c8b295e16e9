//! The TypeScript compiler that judges declarations in the tests.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::npm;
use crate::workspace::Workspace;

/// The variable through which tests and programs find `tsc`.
pub(crate) const VARIABLE: &str = "CODEMODE_TSC";

/// The folder with the `package.json` that pins the compiler.
const FOLDER: &str = "tests/end-to-end";

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
    let modules = npm::install(workspace, FOLDER)?;
    native_compiler(&modules).ok_or_else(|| {
        format!(
            "npm installed typescript, but there is no native tsc in {FOLDER}/node_modules: none is published for this machine"
        )
    })
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
