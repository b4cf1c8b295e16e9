//! Where functions come from, in the words of those who write them.

/// In which words it is told that a function can't be declared: only who has it knows what its author can do about it.
///
/// ```
/// use codemode_declarations::{FunctionSchema, Source, Style, declare};
///
/// let source = Source {
///     kind: "endpoint",
///     schema_remedy: "Correct its entry in openapi.yaml",
///     ..Source::default()
/// };
/// let output = serde_json::json!({ "type": "strnig" });
/// let endpoint = FunctionSchema { source, ..FunctionSchema::new("api", "getUser", &output) };
/// let (_, left_out) = declare(&[endpoint], Style::Readable);
/// assert_eq!(
///     left_out[0].to_string(),
///     "the endpoint `api.getUser` can't be declared: output: its schema has the unknown type `strnig`. \
///      Correct its entry in openapi.yaml"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// What a function of it is called, such as `tool`; several are `tools`.
    pub kind: &'static str,
    /// What to do about a schema that can't be declared.
    pub schema_remedy: &'static str,
    /// What to do about two functions of one name.
    pub name_remedy: &'static str,
}

impl Default for Source {
    /// Functions that somebody described with schemas.
    fn default() -> Self {
        Self {
            kind: "function",
            schema_remedy: "Describe the type with another schema",
            name_remedy: "Give each a name of its own, or put them into different namespaces",
        }
    }
}
