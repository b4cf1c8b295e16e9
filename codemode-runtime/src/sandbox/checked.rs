//! The check before a run.

use std::sync::OnceLock;

use crate::catalogue::Catalogue;
use crate::outcome::{ErrorKind, RunError};
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
    pub(super) async fn script(&self, text: &str, catalogue: &Catalogue) -> Result<bool, RunError> {
        let types = self.types.get_or_init(|| CatalogueTypes::new(catalogue));
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
