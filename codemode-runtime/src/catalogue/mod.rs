//! The catalogue: the tools with their docs and types, as data, and what helps to find one's way in it.

mod contradictions;
mod discovery;
mod index;
#[cfg(feature = "prompt")]
mod prompt;
mod root_schema;
#[cfg(feature = "engine")]
mod script;
mod tokens;
mod words;

use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use self::contradictions::Contradiction;
#[cfg(feature = "mcp")]
pub(crate) use self::discovery::shortened;
pub use self::discovery::{
    Discovery, DiscoveryError, NamespacePage, NamespaceSummary, Paging, ToolPage, ToolSummary,
};
#[cfg(feature = "prompt")]
pub use self::prompt::{LookUp, PromptError, PromptForm, PromptOptions};
pub use self::root_schema::root_schema;
#[cfg(feature = "engine")]
pub(crate) use self::script::ScriptDiscovery;
#[cfg(feature = "mcp")]
pub(crate) use self::script::{DescribeInput, SearchInput};
pub use self::tokens::estimate_tokens;
use crate::declarations::{self, DeclarationError, SchemaNotes};
use crate::registry::{ToolSet, ToolSetError};
use crate::tool::ToolDescriptor;

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

/// One tool of a catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToolInfo {
    /// The TypeScript namespace that the tool belongs to.
    pub namespace: String,
    /// The name of the function within the namespace.
    pub name: String,
    /// What people call it; empty if there is nothing but its name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What it does, as Markdown; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub docs: String,
    /// Why not to use it any more; empty if no reason is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
    /// Where it is defined, for error messages: `file:line:column`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub location: String,
    /// What is said about how it behaves, as MCP has it, such as `readOnlyHint`: for the host, not for scripts.
    /// [`Annotations::from_mcp`](crate::Annotations::from_mcp) reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annotations: Option<Value>,
    /// The JSON Schema (2020-12) of the one object that a script passes; `None` if it passes nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input: Option<Value>,
    /// The JSON Schema (2020-12) of what comes back.
    pub output: Value,
}

impl ToolInfo {
    /// The name that scripts use: `namespace.name`.
    pub fn path(&self) -> String {
        format!("{}.{}", self.namespace, self.name)
    }

    /// The first line of the docs; empty if there are none.
    pub fn summary(&self) -> &str {
        self.docs.lines().next().unwrap_or_default()
    }

    /// A tool of which nothing is said but what it takes and gives.
    pub(crate) fn bare(namespace: &str, name: &str, input: Option<Value>, output: Value) -> Self {
        Self {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            title: String::new(),
            docs: String::new(),
            deprecated: None,
            location: String::new(),
            annotations: None,
            input,
            output,
        }
    }

    /// What is known of a tool of this program.
    pub(crate) fn describe(descriptor: &ToolDescriptor) -> Self {
        let settings = SchemaSettings::draft2020_12();
        let input = descriptor
            .input
            .map(|input| root_schema(settings.clone().for_deserialize(), input));
        let output = root_schema(settings.for_serialize(), descriptor.output);
        Self {
            docs: descriptor.docs.to_owned(),
            deprecated: descriptor.deprecated.map(str::to_owned),
            location: descriptor.location.to_string(),
            annotations: descriptor.annotations.to_mcp(),
            ..Self::bare(descriptor.namespace, descriptor.name, input, output)
        }
    }
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
        declarations::print(&self.tools, declarations::Style::Readable)
    }

    /// For each tool whose schemas can't be read everywhere, the places that are declared as wide as needed. Only tools of
    /// [`Catalogue::from_mcp`] have any: what others have written is read as far as it can be.
    pub fn schema_notes(&self) -> impl Iterator<Item = SchemaNotes> {
        self.tools.iter().filter_map(declarations::notes)
    }

    /// The same as [`Catalogue::declarable`] in as few tokens as it takes: for prompts.
    pub fn compact(&self) -> (String, Vec<DeclarationError>) {
        declarations::print(&self.tools, declarations::Style::Compact)
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
