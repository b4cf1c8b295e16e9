//! The TypeScript compiler that judges declarations in the tests.

use std::path::PathBuf;

use codemode_test_support::typescript::{self, FOLDER};

use crate::npm;
use crate::workspace::Workspace;

/// The native `tsc`: the one `CODEMODE_TSC` names, else the pinned one, which is installed first if need be.
///
/// # Errors
/// When it isn't there and can't be installed; says what to install.
pub(crate) fn compiler(workspace: &Workspace) -> Result<PathBuf, String> {
    if let Some(named) = typescript::named()? {
        return Ok(named);
    }
    let modules = npm::install(workspace, FOLDER)?;
    typescript::installed(&modules).ok_or_else(|| {
        format!(
            "npm installed typescript, but there is no native tsc in {FOLDER}/node_modules: none is published for this machine"
        )
    })
}
