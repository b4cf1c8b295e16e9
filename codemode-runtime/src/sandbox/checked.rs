//! The check before a run.

use std::sync::OnceLock;

use super::Sandbox;
use crate::outcome::{ErrorKind, Outcome, RunError, RunResult};
use codemode_check::{CatalogueTypes, CheckError, Checker};

/// What scripts are checked with.
pub(super) struct Check {
    checker: Checker,
    /// Printed for the first script: with thousands of tools it takes a while.
    types: OnceLock<CatalogueTypes>,
}

impl Check {
    pub(super) fn new(checker: Checker) -> Self {
        Self {
            checker,
            types: OnceLock::new(),
        }
    }

    /// Whether the script has been checked and found right.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    async fn script(&self, text: &str, sandbox: &Sandbox) -> Result<bool, RunError> {
        let types = self
            .types
            .get_or_init(|| CatalogueTypes::new(sandbox.catalogue()));
        match self.checker.check(text, types).await {
            Ok(None) => Ok(true),
            Ok(Some(error)) => Err(error),
            // The compiler is of no use here, whatever the script is.
            Err(CheckError::NotFound(_) | CheckError::Start { .. }) => Ok(false),
            // The script has done this to the compiler. One that did so on purpose shall gain nothing by it.
            Err(error) => Err(RunError::new(ErrorKind::TypeCheck, error.to_string())),
        }
    }
}

impl Sandbox {
    /// Whether the script was checked before its run, which is for another one to do.
    ///
    /// # Errors
    ///
    /// The outcome of a script that isn't run.
    pub(super) async fn check_first(&self, script: &str) -> Result<bool, Box<Outcome>> {
        let Some(check) = &self.shared.check else {
            return Ok(false);
        };
        check.script(script, self).await.map_err(|error| {
            // What has no place is about the compiler, which has said nothing of the script then.
            let checked = error.kind == ErrorKind::TypeCheck && !error.diagnostics.is_empty();
            let (run, _) = self.new_run(super::RunOptions::default());
            let outcome = run.outcome(RunResult::Error { error });
            Box::new(Outcome { checked, ..outcome })
        })
    }
}
