//! The test runner: nextest. It gives each test a process of its own, and some tests count what their process holds.

use std::env;
use std::path::{Path, PathBuf};

use crate::tools;
use crate::workspace::Workspace;

/// What makes cargo find nextest: nothing where it is installed, else a search path with the one that is installed for
/// this workspace alone, which happens first if need be.
///
/// # Errors
/// When it can't be installed.
pub(crate) fn obtain(workspace: &Workspace) -> Result<Option<PathBuf>, String> {
    if tools::succeeds(workspace.cargo().args(["nextest", "--version"])) {
        return Ok(None);
    }
    let root = workspace.target.join("tools");
    let programs = root.join("bin");
    let program = programs.join(format!("cargo-nextest{}", env::consts::EXE_SUFFIX));
    if !program.is_file() {
        println!("The tests are run by nextest: building it, once");
        let mut install = workspace.cargo();
        install
            .args(["install", "cargo-nextest", "--locked", "--version", "^0.9"])
            .arg("--root")
            .arg(&root)
            .args(["--target-dir".as_ref(), root.join("build").as_os_str()]);
        tools::run(&mut install)?;
    }
    search_path(&programs).map(Some)
}

/// The search path with one more folder, before all others.
fn search_path(first: &Path) -> Result<PathBuf, String> {
    let known = env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(first.to_owned()).chain(env::split_paths(&known));
    env::join_paths(all)
        .map(PathBuf::from)
        .map_err(|error| format!("{} can't be in PATH: {error}", first.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_comes_before_what_the_search_path_has() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let path = search_path(folder).expect("the folder's name has no colon");
        let mut folders = env::split_paths(&path);
        assert_eq!(folders.next().as_deref(), Some(folder));
        let known = env::var_os("PATH").unwrap_or_default();
        assert!(folders.eq(env::split_paths(&known)));
    }
}
