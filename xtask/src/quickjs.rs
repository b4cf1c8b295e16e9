//! What building `QuickJS` needs: `cmake`, and the header-only library `simde`.
//!
//! The `CMake` project inside `deno_core`'s `QuickJS` backend clones simde with git. A toolchain file that says where the
//! headers already are keeps the build off the network.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::tools;
use crate::workspace::Workspace;

/// Names an include folder for machines that keep simde somewhere unusual.
const SIMDE_VARIABLE: &str = "SIMDE_INCLUDE_DIR";

/// Where package managers put headers: Linux, Homebrew on Intel, Homebrew on Apple silicon, `MacPorts`.
const INCLUDE_FOLDERS: [&str; 4] = [
    "/usr/include",
    "/usr/local/include",
    "/opt/homebrew/include",
    "/opt/local/include",
];

/// The header that the build includes.
const SIMDE_HEADER: &str = "simde/wasm/simd128.h";

/// Installs what is missing and returns the environment variables a `QuickJS` build and run need.
///
/// # Errors
/// What to install by hand, when it can't be installed from here.
pub(crate) fn set_up(workspace: &Workspace) -> Result<Vec<(&'static str, String)>, String> {
    let folder = tools_found().map_or_else(|| install_with_apt(workspace), Ok)?;
    let toolchain = workspace.target.join("quickjs").join("toolchain.cmake");
    write_if_changed(&toolchain, &toolchain_file(&folder))
        .map_err(|error| format!("{} can't be written: {error}", toolchain.display()))?;
    Ok(vec![
        ("CMAKE_TOOLCHAIN_FILE", toolchain.display().to_string()),
        // Otherwise it keeps compiled scripts in the user's cache folder and trusts what it finds there.
        ("V82JSC_NO_BC_CACHE", "1".to_owned()),
    ])
}

/// The include folder of simde, when both tools are there.
fn tools_found() -> Option<PathBuf> {
    if !tools::succeeds(Command::new("cmake").arg("--version")) {
        return None;
    }
    env::var_os(SIMDE_VARIABLE)
        .map(PathBuf::from)
        .into_iter()
        .chain(INCLUDE_FOLDERS.map(PathBuf::from))
        .find(|folder| folder.join(SIMDE_HEADER).is_file())
}

/// Installs both tools and returns the include folder.
fn install_with_apt(workspace: &Workspace) -> Result<PathBuf, String> {
    if !tools::succeeds(Command::new("apt-get").arg("--version")) {
        return Err(by_hand("this machine has no apt-get"));
    }
    let as_root: &[&str] = if is_root() {
        &[]
    } else if tools::succeeds(Command::new("sudo").args(["-n", "true"])) {
        &["sudo", "-n"]
    } else {
        return Err(by_hand(
            "installing them takes root, and sudo asks for a password here",
        ));
    };
    let apt = |arguments: &[&str]| {
        // `env`, because sudo doesn't pass the caller's variables on.
        let words = [
            as_root,
            &[
                "env",
                "DEBIAN_FRONTEND=noninteractive",
                "apt-get",
                "-qq",
                "--yes",
            ],
            arguments,
        ]
        .concat();
        let mut command = workspace.command(words[0]);
        command.args(&words[1..]);
        tools::run(&mut command)
    };
    let install = || {
        apt(&[
            "install",
            "--no-install-recommends",
            "cmake",
            "libsimde-dev",
        ])
    };
    println!("QuickJS is built with cmake and simde: installing them");
    install()
        .or_else(|_| {
            println!("The package lists are missing or old: fetching them");
            apt(&["update"]).and_then(|()| install())
        })
        .map_err(|problem| by_hand(&problem))?;
    tools_found().ok_or_else(|| by_hand("apt-get succeeded, but they still can't be found"))
}

fn is_root() -> bool {
    Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn by_hand(reason: &str) -> String {
    format!(
        "QuickJS can't be built without cmake and simde: {reason}.\n\
         Install them:\n  \
           Debian, Ubuntu  apt-get install cmake libsimde-dev\n  \
           Fedora          dnf install cmake simde-devel\n  \
           Arch            pacman -S cmake simde\n  \
           macOS           brew install cmake simde\n\
         Elsewhere, put cmake on PATH and set {SIMDE_VARIABLE} to the folder that holds {SIMDE_HEADER}."
    )
}

/// The text of a `CMake` toolchain file that makes a project use the simde headers in `folder` instead of cloning them.
fn toolchain_file(folder: &Path) -> String {
    // CMake reads a backslash as an escape, and takes forward slashes on Windows too.
    let folder = folder.display().to_string().replace('\\', "/");
    format!(
        "set(FETCHCONTENT_SOURCE_DIR_SIMDE \"{folder}\" CACHE PATH \"Headers that are already on this machine\")\n"
    )
}

fn write_if_changed(path: &Path, text: &str) -> std::io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|present| present == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_toolchain_file_sets_the_folder_of_the_headers() {
        let text = toolchain_file(Path::new("/usr/include"));
        assert!(
            text.starts_with("set(FETCHCONTENT_SOURCE_DIR_SIMDE \"/usr/include\" CACHE PATH \""),
            "{text}"
        );
        assert!(text.ends_with(")\n"), "{text}");
    }

    #[test]
    fn the_toolchain_file_has_no_backslash_that_cmake_would_take_for_an_escape() {
        assert!(toolchain_file(Path::new(r"C:\tools\include")).contains("\"C:/tools/include\""));
    }
}
