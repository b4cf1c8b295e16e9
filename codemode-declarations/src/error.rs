//! What can't be declared.

/// Why a function's types can't be declared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the tool `{tool}` can't be declared: {place}: {problem}. {remedy}")]
pub struct DeclarationError {
    /// `namespace.name` of the function.
    pub tool: String,
    /// The place within its types, such as `input.filters[].since`.
    pub place: String,
    /// What TypeScript can't say there, or what is wrong with the schema.
    pub problem: String,
    /// What to do about it.
    pub remedy: String,
}

/// What to do about a schema that can't be read.
pub(crate) const SCHEMA_REMEDY: &str = "Describe the type otherwise, with `#[schemars(with = \"…\")]` or `#[schemars(schema_with = \"…\")]` in \
                                        Rust or with another schema";
