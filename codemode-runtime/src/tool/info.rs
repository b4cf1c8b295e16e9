//! One tool as data: what is known of it without calling it.

use codemode_declarations::{FunctionSchema, Source};
use schemars::generate::SchemaSettings;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::descriptor::ToolDescriptor;
use super::root_schema::root_schema;
use super::source::ToolSource;

/// A type of Rust is described otherwise where it is defined.
const IN_RUST: Source = Source {
    kind: "tool",
    schema_remedy: "Describe the type otherwise, with `#[schemars(with = \"…\")]` or `#[schemars(schema_with = \"…\")]` in \
                    Rust or with another schema",
    name_remedy: "Give each a name of its own, with `#[tool(name = \"…\")]` or in another namespace",
};

/// What a server or a file lists.
const LISTED: Source = Source {
    kind: "tool",
    schema_remedy: "Describe the type otherwise in the schema that the tool is listed with",
    name_remedy: "Give each a name of its own where they are listed, or list them in different namespaces",
};

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
    /// Where it comes from.
    #[serde(default, skip_serializing_if = "ToolSource::is_rust")]
    pub source: ToolSource,
    /// The JSON Schema (2020-12) of the one object that a script passes; `None` if it passes nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input: Option<Value>,
    /// The JSON Schema (2020-12) of what comes back.
    pub output: Value,
    /// TypeScript that declares it within its namespace, in the place of what the schemas say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declaration: Option<String>,
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

    /// Only what is written in Rust is defined in a line.
    fn source(&self) -> Source {
        let mut ends = self.location.rsplit(':');
        let mut is_number = || ends.next().is_some_and(|end| end.parse::<u32>().is_ok());
        if is_number() && is_number() {
            IN_RUST
        } else {
            LISTED
        }
    }

    /// A tool of which nothing is said but what it takes and gives.
    #[doc(hidden)]
    #[must_use]
    pub fn bare(namespace: &str, name: &str, input: Option<Value>, output: Value) -> Self {
        Self {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            title: String::new(),
            docs: String::new(),
            deprecated: None,
            location: String::new(),
            annotations: None,
            source: ToolSource::Rust,
            input,
            output,
            declaration: None,
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

impl<'a> From<&'a ToolInfo> for FunctionSchema<'a> {
    fn from(tool: &'a ToolInfo) -> Self {
        Self {
            docs: &tool.docs,
            deprecated: tool.deprecated.as_deref(),
            location: &tool.location,
            source: tool.source(),
            input: tool.input.as_ref(),
            ..Self::new(&tool.namespace, &tool.name, &tool.output)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remedies_are_those_of_where_a_tool_comes_from() {
        for (location, source) in [
            ("src/tools.rs:12:5", IN_RUST),
            ("the MCP tool `tools.rs:12:5`", LISTED),
            ("", LISTED),
        ] {
            let mut tool = ToolInfo::bare("n", "f", None, Value::Bool(true));
            location.clone_into(&mut tool.location);
            assert_eq!(FunctionSchema::from(&tool).source, source, "{location}");
        }
    }
}
