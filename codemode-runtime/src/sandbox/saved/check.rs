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
        let mut fitting = Self {
            inner: Arc::new(Inner {
                left_out: self.inner.left_out.clone(),
                ..Inner::default()
            }),
        };
        for name in &self.inner.order {
            let Some(saved) = self.inner.scripts.get(name) else {
                continue;
            };
            let mut calls = saved.compiled.calls.iter();
            let missing = calls.find(|called| !fitting.inner.scripts.contains_key(*called));
            let kept = Arc::make_mut(&mut fitting.inner);
            kept.scripts.insert(name.clone(), saved.clone());
            kept.order.push(name.clone());
            let why = match missing {
                Some(missing) => Some(format!(
                    "1:1: it calls `{SAVED}.{missing}`, which is left out"
                )),
                None => fitting.misfit(name, &tools, checker).await,
            };
            if let Some(why) = why {
                let kept = Arc::make_mut(&mut fitting.inner);
                kept.scripts.remove(name);
                kept.order.pop();
                kept.left_out.insert(name.clone(), why);
            }
        }
        fitting
    }

    /// Why one of them doesn't fit the tools and the others.
    pub(super) async fn misfit(
        &self,
        name: &str,
        tools: &CatalogueTypes,
        checker: &Checker,
    ) -> Option<String> {
        let saved = self.inner.scripts.get(name)?;
        let declared: Vec<_> = self.tools().collect();
        let written: Vec<_> = declared.iter().filter_map(written).collect();
        let types = tools.with_written(&written);
        match checker.check_script(&saved.compiled.script, &types).await {
            Ok(None) | Err(CheckError::NotFound(_) | CheckError::Start { .. }) => None,
            Ok(Some(error)) => Some(first_of(&error.diagnostics).unwrap_or(error.message)),
            Err(error) => Some(format!("1:1: {error}")),
        }
    }
}
