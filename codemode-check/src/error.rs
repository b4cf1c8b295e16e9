//! Why there is no check.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

/// Why a script couldn't be checked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CheckError {
    /// There is no compiler where one is looked for.
    #[error(
        "there is no native `tsc`{}: install it with `npm install typescript@7`, or name it in CODEMODE_TSC",
        .0.as_ref().map(|path| format!(" at {}", path.display())).unwrap_or_default()
    )]
    NotFound(Option<PathBuf>),
    /// The compiler can't be started.
    #[error("{} can't be started: {error}", program.display())]
    Start {
        /// What was to be started.
        program: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The types of the script take too long.
    #[error("checking the script's types takes longer than the {} s that it may take", .0.as_secs_f64())]
    TooLong(Duration),
    /// The compiler failed over the script, as when it needs more memory than it may have.
    #[error("the compiler failed while it checked the script: {0}")]
    Failed(String),
}
