//! Where the compiler is.

use std::env::consts::{ARCH, EXE_SUFFIX, OS};
use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::error::CheckError;

/// The variable that names the compiler.
const VARIABLE: &str = "CODEMODE_TSC";

/// The compiler that `CODEMODE_TSC` names, else that of the nearest `node_modules`, else that of `PATH`.
pub(crate) fn locate() -> Result<PathBuf, CheckError> {
    if let Some(named) = env::var_os(VARIABLE).filter(|named| !named.is_empty()) {
        let named = PathBuf::from(named);
        return native(&named).ok_or(CheckError::NotFound(Some(named)));
    }
    let folder = env::current_dir().unwrap_or_default();
    let near = folder.ancestors().find_map(of_modules_in);
    let anywhere = || {
        let path = env::var_os("PATH").unwrap_or_default();
        let programs =
            env::split_paths(&path).map(|folder| folder.join(format!("tsc{EXE_SUFFIX}")));
        programs
            .filter(|program| program.is_file())
            .find_map(|program| native(&program))
    };
    near.or_else(anywhere).ok_or(CheckError::NotFound(None))
}

fn of_modules_in(folder: &Path) -> Option<PathBuf> {
    let modules = folder.join("node_modules");
    of_modules(&modules).or_else(|| of_modules(&modules.join("typescript/node_modules")))
}

/// The program in the package for this platform.
fn of_modules(modules: &Path) -> Option<PathBuf> {
    let os = match OS {
        "macos" => "darwin",
        "windows" => "win32",
        other => other,
    };
    let arch = match ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => other,
    };
    let program = modules.join(format!(
        "@typescript/typescript-{os}-{arch}/lib/tsc{EXE_SUFFIX}"
    ));
    program.is_file().then_some(program)
}

/// The program itself, where a script of npm's stands before it: that would need Node.js, and outlive being killed.
fn native(program: &Path) -> Option<PathBuf> {
    let program = fs::canonicalize(program).ok()?;
    let package = program
        .parent()
        .filter(|folder| folder.ends_with("typescript/bin"));
    match package.and_then(Path::parent) {
        Some(package) => {
            let beside = package.parent().and_then(of_modules);
            beside.or_else(|| of_modules(&package.join("node_modules")))
        }
        None => program.is_file().then_some(program),
    }
}
