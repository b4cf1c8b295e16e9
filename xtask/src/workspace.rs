//! Where things are.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folders the commands work in.
pub(crate) struct Workspace {
    /// Absolute; holds the workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Absolute; cargo's target directory.
    pub(crate) target: PathBuf,
}

impl Workspace {
    /// Finds the workspace this program was built in.
    ///
    /// # Errors
    /// When the current directory is gone, so that a relative `CARGO_TARGET_DIR` means nothing.
    pub(crate) fn find() -> Result<Self, String> {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = package.parent().unwrap_or(package).to_path_buf();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => {
                std::path::absolute(folder).map_err(|error| format!("CARGO_TARGET_DIR: {error}"))?
            }
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// A command that starts in the workspace's root.
    pub(crate) fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command.current_dir(&self.root);
        if env::var_os("CARGO_TARGET_DIR").is_some() {
            // A relative one was meant from the user's folder, not from the root.
            command.env("CARGO_TARGET_DIR", &self.target);
        }
        command
    }

    /// The cargo that runs this program.
    pub(crate) fn cargo(&self) -> Command {
        self.command(env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from))
    }

    /// `path` as a user in the root would type it.
    pub(crate) fn relative<'p>(&self, path: &'p Path) -> &'p Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }
}
