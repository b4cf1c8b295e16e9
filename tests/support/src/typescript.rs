//! The native `tsc` of `typescript@7`.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// The variable that names a compiler.
pub const VARIABLE: &str = "CODEMODE_TSC";

/// The folder of the repository whose lock file pins the compiler.
pub const FOLDER: &str = "tests/end-to-end";

/// The compiler that the tests use: the one that `CODEMODE_TSC` names, else the pinned one.
///
/// # Errors
///
/// If there is none; says how to get it.
pub fn compiler() -> Result<PathBuf, String> {
    if let Some(compiler) = named()? {
        return Ok(compiler);
    }
    let modules = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../end-to-end/node_modules"
    ));
    installed(modules).ok_or_else(|| {
        format!(
            "there is no native tsc. `cargo xtask test` installs it, and so does `npm ci` in {FOLDER}; or set {VARIABLE} to the `tsc` of \
             typescript@7"
        )
    })
}

/// The compiler that `CODEMODE_TSC` names, if it names one.
///
/// # Errors
///
/// If there is no such file.
pub fn named() -> Result<Option<PathBuf>, String> {
    match env::var_os(VARIABLE).map(PathBuf::from) {
        Some(named) if !named.is_file() => Err(format!(
            "{VARIABLE} is `{}`, and there is no such file: correct it or unset it",
            named.display()
        )),
        named => Ok(named),
    }
}

/// The compiler among npm's packages: npm installs the one platform package that fits the machine.
#[must_use]
pub fn installed(modules: &Path) -> Option<PathBuf> {
    let packages = fs::read_dir(modules.join("@typescript")).ok()?;
    let program = format!("lib/tsc{}", env::consts::EXE_SUFFIX);
    packages
        .flatten()
        .map(|package| package.path().join(&program))
        .find(|compiler| compiler.is_file())
}
