//! Results held against what is declared of them.

use std::sync::OnceLock;

use codemode_declarations::ResultType;
use codemode_runtime::__own as exact;
use codemode_runtime::Catalogue;
use serde_json::Value;

use super::error::CallError;

/// How much of a result that can't be handed out is in the error, in characters.
const MAX_SHOWN: usize = 2_000;

/// What is declared of the operations.
pub(super) struct Promises {
    catalogue: Catalogue,
    /// For each operation the declared type of its result, read at the first call: most operations are never called. `None` if it
    /// can't be declared.
    types: Vec<OnceLock<Option<ResultType>>>,
}

impl Promises {
    pub(super) fn of(catalogue: Catalogue) -> Self {
        let types = catalogue.tools().iter().map(|_| OnceLock::new()).collect();
        Self { catalogue, types }
    }

    pub(super) fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The JSON text of a value, if it is what is declared.
    pub(super) fn kept(&self, index: usize, value: &Value) -> Result<String, CallError> {
        let tool = self.catalogue.tools().get(index);
        let of_tool = || tool.and_then(|tool| ResultType::of(tool).ok());
        let declared = self
            .types
            .get(index)
            .and_then(|ty| ty.get_or_init(of_tool).as_ref());
        let shown = || exact::shortened(&value.to_string(), MAX_SHOWN);
        declared
            .map_or(Ok(()), |declared| declared.check(value))
            .map_err(|misfit| CallError::Misfit {
                misfit: misfit.to_string(),
                shown: shown(),
            })?;
        exact::to_text(value).map_err(|problem| CallError::Inexact {
            problem,
            shown: shown(),
        })
    }
}
