//! The language's own conformance suite, as it can be had without git: in the sources of Firefox's engine, from Debian.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::tools;
use crate::workspace::Workspace;

/// Names a suite that lies ready; the tests read it, too.
pub(crate) const VARIABLE: &str = "CODEMODE_TEST262";

const ARCHIVE: &str = "mozjs78_78.15.0.orig.tar.xz";
const FOLDER: &str = "http://deb.debian.org/debian/pool/main/m/mozjs78";
const SHA256: &str = "2f33dcb6130b08adca5d81fee9dbfcb5e87c51a4a969f46b46df61170298b4ca";

/// The suite's folder in the archive.
const SUITE: &str = "firefox-78.15.0/js/src/tests/test262";

/// Where the suite is, which is fetched and unpacked first if need be: 60 MB.
///
/// # Errors
/// When it can't be fetched, isn't what it was, or can't be unpacked.
pub(crate) fn obtain(workspace: &Workspace) -> Result<PathBuf, String> {
    if let Some(suite) = std::env::var_os(VARIABLE) {
        return Ok(PathBuf::from(suite));
    }
    let folder = workspace.target.join("test262");
    let suite = folder.join(SUITE);
    let complete = folder.join(".unpacked");
    if complete.is_file() {
        return Ok(suite);
    }
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let archive = folder.join(ARCHIVE);
    let mut fetch = workspace.command("curl");
    fetch
        .args([
            "--fail",
            "--silent",
            "--show-error",
            "--location",
            "--output",
        ])
        .arg(&archive)
        .arg(format!("{FOLDER}/{ARCHIVE}"));
    tools::run(&mut fetch)?;
    let is = checksum(Command::new("sha256sum").arg(&archive)).or_else(|_| {
        checksum(
            Command::new("shasum")
                .args(["--algorithm", "256"])
                .arg(&archive),
        )
    })?;
    if is != SHA256 {
        return Err(format!(
            "{ARCHIVE} isn't what it was: its SHA-256 is {is}, not {SHA256}"
        ));
    }
    let mut unpack = workspace.command("tar");
    unpack
        .arg("--extract")
        .arg("--file")
        .arg(&archive)
        .arg("--directory")
        .arg(&folder)
        .arg(SUITE);
    tools::run(&mut unpack)?;
    fs::remove_file(&archive)
        .and_then(|()| fs::write(&complete, ""))
        .map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(suite)
}

/// The first word that a program prints.
fn checksum(command: &mut Command) -> Result<String, String> {
    let output = command
        .output()
        .map_err(|error| format!("the checksum of {ARCHIVE} can't be computed: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    match text.split_whitespace().next() {
        Some(sum) if output.status.success() => Ok(sum.to_owned()),
        _ => Err(format!(
            "the checksum of {ARCHIVE} can't be computed ({})",
            output.status
        )),
    }
}
