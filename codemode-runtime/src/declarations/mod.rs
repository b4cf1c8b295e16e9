//! JSON Schema to TypeScript declarations: [`schema`] → [`model`] → [`mod@print`].

mod algebra;
mod compact;
mod cycles;
mod docs;
mod document;
mod fit;
mod graph;
mod inherited;
mod model;
mod module;
mod names;
mod print;
mod repeated;
mod schema;
mod tidy;

pub(crate) use self::document::{Document, Holds, Step, for_each_subschema, holds, is_reference};
pub use self::fit::{Misfit, ResultType};
#[cfg(feature = "mcp")]
pub(crate) use self::names::percent_decode;
pub(crate) use self::print::Style;
pub use self::tidy::SchemaNotes;
pub(crate) use self::tidy::{NOTES, notes as schema_notes, of_tool as notes, tidy, tidy_any};
use crate::catalogue::ToolInfo;
use crate::visible::made_visible;

/// Why a tool's types can't be declared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the tool `{tool}` can't be declared: {place}: {problem}. {remedy}")]
pub struct DeclarationError {
    /// `namespace.name` of the tool.
    pub tool: String,
    /// The place within the tool's types, such as `input.filters[].since`.
    pub place: String,
    /// What TypeScript can't say there, or what is wrong with the schema.
    pub problem: String,
    /// What to do about it.
    pub remedy: String,
}

/// What the type at a pointer of a schema is called.
pub(crate) fn type_name_at(pointer: &str) -> String {
    names::of_definition(pointer, "Root")
}

/// The declarations of tools, as the text of one `.d.ts` file, and the tools that are left out of it.
pub(crate) fn print(tools: &[ToolInfo], style: Style) -> (String, Vec<DeclarationError>) {
    let (mut module, left_out) = module::build(tools);
    if style == Style::Compact {
        compact::shorten(&mut module);
    }
    // Servers have written most of it, and a terminal or a model shall see what there is.
    (made_visible(print::module(&module, style)), left_out)
}

/// Says in comments which tools are left out of declarations, and why.
pub(crate) fn reasons(left_out: &[DeclarationError]) -> String {
    let reasons = left_out
        .iter()
        .map(|error| print::comment(&error.to_string()));
    reasons.collect()
}

/// The declarations of tools in parts, so that a reader can have some of them.
#[cfg(feature = "check")]
pub(crate) struct Parts {
    /// Each namespace with its text.
    pub(crate) namespaces: Vec<(String, String)>,
    /// The types that several namespaces share.
    pub(crate) shared: String,
    /// The tools that are in no part.
    pub(crate) left_out: Vec<DeclarationError>,
}

/// The same as [`print()`] in the readable style, in parts.
#[cfg(feature = "check")]
pub(crate) fn parts(tools: &[ToolInfo]) -> Parts {
    let (module, left_out) = module::build(tools);
    let (namespaces, shared) = print::parts(&module);
    Parts {
        namespaces,
        shared,
        left_out,
    }
}

const SCHEMA_REMEDY: &str = "Describe the type otherwise, with `#[schemars(with = \"…\")]` or `#[schemars(schema_with = \"…\")]` in \
                             Rust or with another schema";

#[cfg(test)]
mod tests;
