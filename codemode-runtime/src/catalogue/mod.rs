//! The catalogue: the tools with their docs and types, as data, and what helps to find one's way in it.

mod contradictions;
mod discovery;
mod full;
mod own;
mod page;
#[cfg(feature = "prompt")]
mod prompt;
mod search;
mod text;
mod written;

use std::collections::BTreeMap;

use codemode_declarations::{
    DeclarationError, FunctionSchema, SchemaNotes, Style, declare, json_schema,
};
use serde::{Deserialize, Serialize};

pub use self::contradictions::Contradiction;
pub use self::discovery::{Discovery, DiscoveryError};
pub use self::page::{NamespacePage, NamespaceSummary, Paging, SearchPage, ToolPage, ToolSummary};
#[cfg(feature = "prompt")]
pub use self::prompt::{LookUp, PromptError, PromptForm, PromptOptions};
#[doc(hidden)]
pub use self::text::sentence::shortened;
pub use self::text::tokens::estimate_tokens;
use super::registry::set::{ToolSet, ToolSetError};
use super::tool::info::ToolInfo;

/// The tools with their docs and types.
///
/// It serialises, so that one process can hold the tools and another one print or serve them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Catalogue {
    tools: Vec<ToolInfo>,
    /// Namespaces whose tools aren't known now, and why.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    absent: BTreeMap<String, String>,
}

/// Why a catalogue can't be had or printed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CatalogueError {
    /// The tools don't make a set.
    #[error(transparent)]
    Tools(#[from] ToolSetError),
    /// Some type can't be declared.
    #[error(transparent)]
    Declaration(#[from] DeclarationError),
}

impl Catalogue {
    /// All tools that are linked into this program.
    ///
    /// # Errors
    ///
    /// If there is none, or if two have one name.
    pub fn registered() -> Result<Self, ToolSetError> {
        ToolSet::registered().map(|tools| Self::of(&tools))
    }

    /// The catalogue of a set of tools.
    #[must_use]
    pub fn of(tools: &ToolSet) -> Self {
        Self {
            tools: tools.descriptors().map(ToolInfo::describe).collect(),
            absent: BTreeMap::new(),
        }
    }

    /// A catalogue of tools that were described elsewhere, put into order.
    #[must_use]
    pub fn from_tools(mut tools: Vec<ToolInfo>) -> Self {
        tools.sort_by(|a, b| (&a.namespace, &a.name).cmp(&(&b.namespace, &b.name)));
        Self {
            tools,
            absent: BTreeMap::new(),
        }
    }

    /// The same, with namespaces whose tools can't be called now, such as those of a server that is still starting. Each comes
    /// with the reason, for who calls them all the same.
    #[must_use]
    pub fn without(mut self, absent: impl IntoIterator<Item = (String, String)>) -> Self {
        self.absent.extend(absent);
        self
    }

    /// The namespaces whose tools can't be called now, in alphabetical order, each with the reason.
    pub fn absent(&self) -> impl Iterator<Item = (&str, &str)> {
        let absent = self.absent.iter();
        absent.map(|(namespace, reason)| (namespace.as_str(), reason.as_str()))
    }

    /// The tools, sorted by namespace and name.
    pub fn tools(&self) -> &[ToolInfo] {
        &self.tools
    }

    /// The same with each tool changed or left out.
    #[cfg(feature = "policy")]
    pub(crate) fn filter_map(self, keep: impl FnMut(ToolInfo) -> Option<ToolInfo>) -> Self {
        Self {
            tools: self.tools.into_iter().filter_map(keep).collect(),
            absent: self.absent,
        }
    }

    /// The namespaces in alphabetical order, each with its tools.
    pub fn by_namespace(&self) -> impl Iterator<Item = (&str, &[ToolInfo])> {
        self.tools
            .chunk_by(|one, other| one.namespace == other.namespace)
            .filter_map(|tools| Some((tools.first()?.namespace.as_str(), tools)))
    }

    /// The TypeScript declarations of the tools: what a model reads and what `tsc` checks a script against.
    ///
    /// The text depends on the tools alone, not on the order in which they were found.
    ///
    /// # Errors
    ///
    /// If a tool can't be declared. The error names the tool, the place and the remedy.
    pub fn declarations(&self) -> Result<String, DeclarationError> {
        let (text, left_out) = self.declarable();
        left_out.into_iter().next().map_or(Ok(text), Err)
    }

    /// The declarations of those tools that can be declared, and why the others can't: for tools that come from elsewhere
    /// and can't be mended.
    pub fn declarable(&self) -> (String, Vec<DeclarationError>) {
        self.declared(Style::Readable)
    }

    fn declared(&self, style: Style) -> (String, Vec<DeclarationError>) {
        let (mut text, left_out) = declare(&self.functions(), style);
        text.push_str(&written::declarations(&self.tools));
        (text, left_out)
    }

    /// The tools as they are declared.
    fn functions(&self) -> Vec<FunctionSchema<'_>> {
        let tools = self.tools.iter();
        let tools = tools.filter(|tool| tool.declaration.is_none());
        tools.map(Into::into).collect()
    }

    /// For each tool whose schemas can't be read everywhere, the places that are declared as wide as needed. Only tools of
    /// MCP servers have any: what others have written is read as far as it can be.
    pub fn schema_notes(&self) -> impl Iterator<Item = SchemaNotes> {
        self.tools.iter().filter_map(json_schema::notes_of)
    }

    /// The same as [`Catalogue::declarable`] in as few tokens as it takes: for prompts.
    pub fn compact(&self) -> (String, Vec<DeclarationError>) {
        self.declared(Style::Compact)
    }
}

#[cfg(feature = "check")]
impl<'a> From<&'a Catalogue> for codemode_check::Namespaces<'a> {
    fn from(catalogue: &'a Catalogue) -> Self {
        Self {
            functions: catalogue.functions(),
            written: written::functions(&catalogue.tools),
            absent: catalogue.absent().collect(),
        }
    }
}

/// The TypeScript declarations of all tools that are linked into this program.
///
/// # Errors
///
/// If there are no tools, if two have one name, or if a type can't be represented exactly.
pub fn declarations() -> Result<String, CatalogueError> {
    Ok(Catalogue::registered()?.declarations()?)
}

#[cfg(test)]
mod tests;
