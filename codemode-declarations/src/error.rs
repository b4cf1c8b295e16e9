//! What can't be declared.

use crate::source::Source;

/// Why a function's types can't be declared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the {kind} `{tool}` can't be declared: {place}: {problem}. {remedy}")]
pub struct DeclarationError {
    /// What its source calls the function, such as `tool`.
    pub kind: &'static str,
    /// `namespace.name` of the function.
    pub tool: String,
    /// The place within its types, such as `input.filters[].since`.
    pub place: String,
    /// What TypeScript can't say there, or what is wrong with the schema.
    pub problem: String,
    /// What to do about it.
    pub remedy: String,
}

impl DeclarationError {
    /// Something in the schemas of a function.
    pub(crate) fn of_schema(
        source: Source,
        tool: String,
        place: String,
        problem: impl Into<String>,
    ) -> Self {
        Self {
            kind: source.kind,
            tool,
            place,
            problem: problem.into(),
            remedy: source.schema_remedy.to_owned(),
        }
    }
}
