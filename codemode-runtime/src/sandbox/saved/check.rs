//! Which saved scripts fit the tools that there are.

use std::sync::Arc;

use codemode_check::{CatalogueTypes, CheckError, Checker, Written};
use codemode_script::SAVED;

use super::{Inner, SavedScripts, first_of};
use crate::catalogue::Catalogue;
use crate::tool::info::ToolInfo;

fn written(tool: &ToolInfo) -> Option<Written<'_>> {
    Some(Written {
        namespace: &tool.namespace,
        name: &tool.name,
        declaration: tool.declaration.as_deref()?,
    })
}

impl SavedScripts {
    /// Those whose types fit these tools. The others are left out, with the reason among the [problems](Self::problems).
    ///
    /// Where the compiler can't be started, all of them stay.
    #[must_use]
    pub async fn fitting(&self, catalogue: &Catalogue, checker: &Checker) -> Self {
        let tools = CatalogueTypes::new(catalogue);
        let mut kept = Inner {
            left_out: self.inner.left_out.clone(),
            ..Inner::default()
        };
        for name in &self.inner.order {
            let Some(saved) = self.inner.scripts.get(name) else {
                continue;
            };
            let so_far = Self {
                inner: Arc::new(kept.clone()),
            };
            let so_far: Vec<_> = so_far.tools().collect();
            let written: Vec<_> = so_far.iter().filter_map(written).collect();
            let types = tools.with_written(&written);
            let missing = saved
                .compiled
                .calls
                .iter()
                .find(|called| !kept.scripts.contains_key(*called));
            let why = match (
                missing,
                checker.check_script(&saved.compiled.script, &types).await,
            ) {
                (Some(missing), _) => Some(format!(
                    "1:1: it calls `{SAVED}.{missing}`, which is left out"
                )),
                (None, Ok(None) | Err(CheckError::NotFound(_) | CheckError::Start { .. })) => None,
                (None, Ok(Some(error))) => {
                    Some(first_of(&error.diagnostics).unwrap_or(error.message))
                }
                (None, Err(error)) => Some(format!("1:1: {error}")),
            };
            match why {
                Some(why) => {
                    kept.left_out.insert(name.clone(), why);
                }
                None => {
                    kept.scripts.insert(name.clone(), saved.clone());
                    kept.order.push(name.clone());
                }
            }
        }
        Self {
            inner: Arc::new(kept),
        }
    }
}
