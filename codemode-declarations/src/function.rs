//! What the printer is given.

use serde_json::Value;

use crate::source::Source;

/// One function to declare, as it is known elsewhere: its names, its docs and the schemas of what crosses.
///
/// ```
/// use codemode_declarations::{FunctionSchema, Style, declare};
/// use serde_json::json;
///
/// let input = json!({ "type": "object", "properties": { "text": { "type": "string" } }, "required": ["text"] });
/// let output = json!({ "type": "integer" });
/// let count = FunctionSchema {
///     docs: "Counts the words of a text.",
///     input: Some(&input),
///     ..FunctionSchema::new("text", "countWords", &output)
/// };
/// let (text, left_out) = declare(&[count], Style::Readable);
/// assert!(text.contains("function countWords(input: CountWordsInput): Promise<number>;"));
/// assert!(left_out.is_empty());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct FunctionSchema<'a> {
    /// The TypeScript namespace that it belongs to.
    pub namespace: &'a str,
    /// Its name within the namespace.
    pub name: &'a str,
    /// What it does, as Markdown; may be empty.
    pub docs: &'a str,
    /// Why not to use it any more; empty if no reason is given.
    pub deprecated: Option<&'a str>,
    /// Where it is defined, for error messages; empty if nobody knows.
    pub location: &'a str,
    /// Where it comes from, for error messages.
    pub source: Source,
    /// The JSON Schema (2020-12) of the one object that a script passes; `None` if it passes nothing.
    pub input: Option<&'a Value>,
    /// The JSON Schema (2020-12) of what comes back.
    pub output: &'a Value,
}

impl<'a> FunctionSchema<'a> {
    /// A function of which nothing is said but what it gives. It takes nothing.
    #[must_use]
    pub fn new(namespace: &'a str, name: &'a str, output: &'a Value) -> Self {
        Self {
            namespace,
            name,
            docs: "",
            deprecated: None,
            location: "",
            source: Source::default(),
            input: None,
            output,
        }
    }

    /// The name that scripts use: `namespace.name`.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{}.{}", self.namespace, self.name)
    }
}
