//! Whether V8's prebuilt archive can be had on this machine.
//!
//! The `v8` crate's build script takes the file in `RUSTY_V8_ARCHIVE`, else a download it made before, else a file
//! named after the download's address in `$CARGO_HOME/.rusty_v8`, else it downloads. This module looks in the same
//! places in the same order.

use std::env;
use std::fmt;
use std::fs;
use std::net::{TcpStream, ToSocketAddrs};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::workspace::Workspace;

/// Why `find` came back with nothing.
pub(crate) const OUT_OF_REACH: &str =
    "V8's archive is not on this machine and github.com does not answer";

/// What brings V8 to a machine that can't download it.
pub(crate) const HOW_TO_GET_IT: &str = "For V8, set RUSTY_V8_ARCHIVE to its archive from https://github.com/denoland/rusty_v8/releases";

const RELEASES: &str = "https://github.com/denoland/rusty_v8/releases/download";
const RELEASE_HOST: (&str, u16) = ("github.com", 443);
const PATIENCE: Duration = Duration::from_secs(3);

/// Where V8 will come from.
#[derive(Debug, PartialEq)]
pub(crate) enum Source {
    /// `RUSTY_V8_ARCHIVE` names it.
    Named,
    /// An earlier download is kept here.
    Kept(PathBuf),
    /// The release host answers.
    Release,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named => f.write_str("from RUSTY_V8_ARCHIVE"),
            Self::Kept(path) => write!(f, "from {}", path.display()),
            Self::Release => f.write_str("its archive can be downloaded"),
        }
    }
}

/// Looks for V8's archive; takes at most [`PATIENCE`].
///
/// # Errors
/// When `RUSTY_V8_ARCHIVE` names a file that isn't there.
pub(crate) fn find(workspace: &Workspace) -> Result<Option<Source>, String> {
    if named_archive()? {
        return Ok(Some(Source::Named));
    }
    if let Some(kept) = kept_archive(workspace) {
        return Ok(Some(Source::Kept(kept)));
    }
    Ok(release_host_answers().then_some(Source::Release))
}

/// Whether `RUSTY_V8_ARCHIVE` names an archive.
///
/// # Errors
/// When it does, but no build could read it.
pub(crate) fn named_archive() -> Result<bool, String> {
    let Some(value) = env::var_os("RUSTY_V8_ARCHIVE") else {
        return Ok(false);
    };
    let shown = value.to_string_lossy();
    if shown.starts_with("http:") || shown.starts_with("https:") {
        return Ok(true);
    }
    let path = Path::new(&value);
    if !path.is_file() {
        Err(format!(
            "RUSTY_V8_ARCHIVE is `{shown}`, and there is no such file: correct it or unset it"
        ))
    } else if !path.is_absolute() {
        Err(format!(
            "RUSTY_V8_ARCHIVE is `{shown}`: it has to be an absolute path, cargo builds in another folder"
        ))
    } else {
        Ok(true)
    }
}

fn kept_archive(workspace: &Workspace) -> Option<PathBuf> {
    let lock = fs::read_to_string(workspace.root.join("Cargo.lock")).ok()?;
    let release = format!("{RELEASES}/v{}/", locked_version(&lock, "v8")?);

    // Beside an archive that it downloaded, the build script writes down where from.
    let built = workspace.target.join("debug/gn_out/obj");
    if fs::read_to_string(built.join("librusty_v8.sum"))
        .is_ok_and(|origin| origin.starts_with(&release))
    {
        return Some(built.join("librusty_v8.a"));
    }

    let cache = cargo_home()?.join(".rusty_v8");
    let prefix = file_name_of(&release);
    let suffix = file_name_of(&format!("_release_{}.gz", archive_ending(workspace)?));
    fs::read_dir(&cache)
        .ok()?
        .flatten()
        .map(|entry| entry.path())
        .find(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with(&prefix) && name.ends_with(&suffix)
        })
}

/// The end of the archive's name for this machine: its target, and the kind of library.
fn archive_ending(workspace: &Workspace) -> Option<String> {
    let rustc = env::var_os("RUSTC").map_or_else(|| PathBuf::from("rustc"), PathBuf::from);
    let output = workspace.command(rustc).arg("-vV").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let target = text.lines().find_map(|line| line.strip_prefix("host: "))?;
    let kind = if target.contains("windows") {
        "lib"
    } else {
        "a"
    };
    Some(format!("{target}.{kind}"))
}

fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(env::home_dir()?.join(".cargo")))
}

/// The version of `package` in the text of a `Cargo.lock`.
fn locked_version<'lock>(lock: &'lock str, package: &str) -> Option<&'lock str> {
    let (_, after) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
    after.split('"').next()
}

/// How the `v8` crate turns an address into a file name of its cache.
fn file_name_of(url: &str) -> String {
    url.chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect()
}

fn release_host_answers() -> bool {
    let (report, answer) = mpsc::channel();
    // A thread, because looking a name up can hang for far longer than a connection may take; it is left behind.
    thread::spawn(move || {
        let reached = RELEASE_HOST.to_socket_addrs().is_ok_and(|mut addresses| {
            addresses.any(|address| TcpStream::connect_timeout(&address, PATIENCE).is_ok())
        });
        // Nobody listens any more once the patience has run out.
        let _ = report.send(reached);
    });
    answer.recv_timeout(PATIENCE).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_that_of_the_very_package() {
        let lock = "[[package]]\nname = \"serde_v8\"\nversion = \"0.3.0\"\n\n\
                    [[package]]\nname = \"v8\"\nversion = \"150.4.0\"\nsource = \"…\"\n";
        assert_eq!(locked_version(lock, "v8"), Some("150.4.0"));
        assert_eq!(locked_version(lock, "v8x"), None);
    }

    #[test]
    fn cache_files_are_named_after_the_address_with_underscores() {
        assert_eq!(
            file_name_of("https://a.b/v1.2/x-y.gz"),
            "https___a_b_v1_2_x_y_gz"
        );
    }
}
