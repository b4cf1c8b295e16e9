//! What a worker is given to do, and why it may not come to it.

use std::sync::Arc;

use tokio::runtime::Handle;

use crate::outcome::{ErrorKind, RunError, RunResult};
use crate::sandbox::run::state::Run;
use crate::sandbox::saved::program::Source;
use crate::sandbox::tools::table::Tools;

/// A script for a worker, with what the host needs for it.
pub(in crate::sandbox) struct Job {
    pub(in crate::sandbox) run: Arc<Run>,
    pub(in crate::sandbox) tools: Arc<Tools>,
    pub(in crate::sandbox) script: Source,
    /// Where the host runs tools, if it has a place for that.
    pub(in crate::sandbox) runtime: Option<Handle>,
}

impl Drop for Job {
    /// For a worker that dies before it gets to its script.
    fn drop(&mut self) {
        let error = RunError::new(
            ErrorKind::Crashed,
            "the process for the script ended before the script was started",
        );
        self.run.finish(RunResult::Error { error });
        self.run.end();
    }
}

/// Why a worker didn't become what it should be.
pub(crate) struct Failure {
    pub(crate) reason: String,
    /// Whether the next one can't do better.
    pub(crate) is_final: bool,
}

impl Failure {
    pub(crate) fn is_final(reason: impl std::fmt::Display) -> Self {
        Self {
            reason: reason.to_string(),
            is_final: true,
        }
    }

    pub(crate) fn may_pass(reason: impl std::fmt::Display) -> Self {
        Self {
            reason: reason.to_string(),
            is_final: false,
        }
    }

    pub(crate) fn error(&self) -> RunError {
        RunError::new(
            ErrorKind::Host,
            format!("no worker could be started: {}", self.reason),
        )
    }
}
