//! A catalogue as the Model Context Protocol lists tools, and back.
//!
//! The facts of the list are taken as its server gives them; which of them hold is between the host and the server.

use codemode_declarations::json_schema;
use codemode_runtime::{Catalogue, ToolInfo, ToolSource};
use serde_json::{Map, Value, json};

use super::{entry, names, objects, strict, wire};

/// Why something isn't a list of tools.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum McpError {
    /// The value has another shape than a list.
    #[error(
        "this isn't an MCP `tools/list` result: it is {found}, and should be an object with the list `tools`, or that list. \
         Of a whole JSON-RPC answer, take what is under `result`"
    )]
    NotAList {
        /// What it is instead.
        found: &'static str,
    },
    /// The server has more tools than it has listed.
    #[error(
        "this MCP `tools/list` result is only a part: it names the next page in `nextCursor`. Ask the server for all pages \
         and put their tools into one list"
    )]
    Incomplete,
    /// An entry of the list isn't a tool.
    #[error("entry {position} of the MCP `tools/list` result isn't a tool: it {problem}")]
    Tool {
        /// Its place in the list, from 0.
        position: usize,
        /// What it lacks.
        problem: &'static str,
    },
}

/// A [`Catalogue`] as the Model Context Protocol lists tools, and back.
pub trait McpCatalogue: Sized {
    /// The tools of an MCP server, from its `tools/list` result: an object with `tools`, or the bare list.
    ///
    /// All go into one namespace. It and the tools are called as a script can call them: the words of a name in camel case,
    /// so `get-user` is `getUser`, with `_` before a digit and behind a word that means something to the language. Of tools
    /// that come to one name, all but one get a number: `getUser2`. A name that is listed twice is reported when the
    /// declarations are printed, and so is a tool with a schema that can't be declared.
    ///
    /// A tool that describes no result has the schema `true`: nothing is known about what comes back. One whose input has no
    /// properties and can't have any takes none; of a union, an input has the objects. Schemas are put right where they stand: [`Catalogue::schema_notes`] tells what
    /// couldn't be read of them.
    ///
    /// ```
    /// use codemode_mcp::McpCatalogue as _;
    /// use codemode_runtime::Catalogue;
    /// use serde_json::json;
    ///
    /// let listed = json!([{ "name": "get-user", "inputSchema": {
    ///     "type": "object", "properties": { "id": { "type": "number" } }, "required": ["id"]
    /// } }]);
    /// let declarations = Catalogue::from_mcp("address-book", listed)?.declarations()?;
    /// assert!(declarations.starts_with("declare namespace addressBook {"));
    /// assert!(declarations.contains("function getUser(input: GetUserInput): Promise<unknown>;"));
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If `listed` isn't a complete list of tools that have names and can be called.
    fn from_mcp(namespace: &str, listed: Value) -> Result<Self, McpError>;

    /// The same with those entries that are tools, and why the others aren't: for a list that comes from elsewhere and can't
    /// be mended.
    ///
    /// ```
    /// use codemode_mcp::McpCatalogue as _;
    /// use codemode_runtime::Catalogue;
    /// use serde_json::json;
    ///
    /// let listed = json!([{ "name": "find" }, null]);
    /// let (catalogue, refused) = Catalogue::from_mcp_as_far_as_readable("book", listed)?;
    /// assert_eq!(catalogue.tools()[0].path(), "book.find");
    /// assert!(refused[0].to_string().starts_with("entry 1 of the MCP `tools/list` result isn't a tool"));
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If `listed` isn't a complete list.
    fn from_mcp_as_far_as_readable(
        namespace: &str,
        listed: Value,
    ) -> Result<(Self, Vec<McpError>), McpError>;

    /// The catalogue as an MCP `tools/list` result.
    ///
    /// A tool's name is that of its namespace and its own, joined with a dot. MCP wants objects: an input's schema has
    /// `type: object` at its root, without a reference there, and only a result that is an object is described. Schemas are
    /// written as the strictest of clients take them: in one dialect, without bare booleans, each definition once.
    ///
    /// ```
    /// use codemode_mcp::McpCatalogue as _;
    /// use codemode_runtime::Catalogue;
    ///
    /// assert_eq!(Catalogue::default().to_mcp(), serde_json::json!({ "tools": [] }));
    /// ```
    #[must_use]
    fn to_mcp(&self) -> Value;
}

impl McpCatalogue for Catalogue {
    fn from_mcp(namespace: &str, listed: Value) -> Result<Self, McpError> {
        let (catalogue, refused) = Self::from_mcp_as_far_as_readable(namespace, listed)?;
        refused.into_iter().next().map_or(Ok(catalogue), Err)
    }

    fn from_mcp_as_far_as_readable(
        namespace: &str,
        mut listed: Value,
    ) -> Result<(Self, Vec<McpError>), McpError> {
        // Some servers write down that there is no page.
        let is_page = |cursor: &Value| cursor.as_str().is_some_and(|cursor| !cursor.is_empty());
        if listed.get("nextCursor").is_some_and(is_page) {
            return Err(McpError::Incomplete);
        }
        let tools = match listed.get_mut("tools").map(Value::take) {
            Some(tools @ Value::Array(_)) => tools,
            Some(_) => {
                return Err(McpError::NotAList {
                    found: "an object whose `tools` isn't a list",
                });
            }
            None => listed,
        };
        let Value::Array(entries) = tools else {
            return Err(McpError::NotAList {
                found: kind(&tools),
            });
        };
        let namespace = names::namespace(namespace);
        let called = entries.iter().map(|tool| name(tool).unwrap_or_default());
        let called = names::distinct(called, names::tool);
        let mut tools = Vec::with_capacity(entries.len());
        let mut refused = Vec::new();
        for (position, (mut entry, called)) in entries.into_iter().zip(called).enumerate() {
            if let Value::Object(entry) = &mut entry {
                // What is wrong with a schema is said where it is read.
                let _ = entry::input(entry);
                entry::description(entry);
                entry::annotations(entry);
            }
            match read(&namespace, called, entry) {
                Ok(tool) => tools.push(tool),
                Err(problem) => refused.push(McpError::Tool { position, problem }),
            }
        }
        Ok((Self::from_tools(tools), refused))
    }

    fn to_mcp(&self) -> Value {
        json!({ "tools": self.tools().iter().map(write).collect::<Vec<_>>() })
    }
}

/// The value of an MCP `tools/list` result that is a text, for [`McpCatalogue::from_mcp`].
///
/// What isn't JSON by the letter is read as far as it is meant beyond doubt. A number that JSON doesn't have, such as the `Infinity`
/// of Python, is left away where it stands, and is among the [`Catalogue::schema_notes`].
///
/// ```
/// use codemode_mcp::{McpCatalogue as _, read_mcp_list};
/// use codemode_runtime::Catalogue;
///
/// let listed = read_mcp_list(
///     r#"[{ "name": "wait", "inputSchema": { "type": "object", "properties": { "for": { "type": "number", "maximum": Infinity } } } }]"#,
/// )?;
/// let catalogue = Catalogue::from_mcp("clock", listed)?;
/// let note = catalogue.schema_notes().next().map(|note| note.to_string());
/// assert!(note.is_some_and(|note| note.ends_with("`input.for` says `\"maximum\": Infinity`")));
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// If the text isn't JSON.
pub fn read_mcp_list(text: &str) -> Result<Value, serde_json::Error> {
    serde_json::from_str(text).or_else(|error| {
        let mut mender = wire::Mender::default();
        match mender.feed(text) {
            Some(end) if text[end..].trim().is_empty() => {
                mender.value().or_else(|wrong| wrong.rest.ok_or(error))
            }
            _ => Err(error),
        }
    })
}

const NO_OBJECT: &str = "can't be called: its `inputSchema` is of something else than objects, and MCP sends nothing else";

/// What its server calls a listed tool.
fn name(tool: &Value) -> Option<&str> {
    tool.get("name")?.as_str()
}

/// A listed tool with its fields where they belong, which scripts call `called`.
pub(crate) fn read(namespace: &str, called: String, tool: Value) -> Result<ToolInfo, &'static str> {
    let Value::Object(mut tool) = tool else {
        return Err("isn't an object");
    };
    // What isn't there, and what is there without a value.
    let mut take = |key: &str| tool.get_mut(key).map_or(Value::Null, Value::take);
    let Value::String(name) = take("name") else {
        return Err("has no `name`");
    };
    let title = text(take("title"));
    let description = text(take("description"));
    let description = match description.trim() {
        "" => &title,
        description => description,
    };
    Ok(ToolInfo {
        namespace: namespace.to_owned(),
        name: called,
        docs: description.to_owned(),
        title,
        deprecated: None,
        location: format!("the MCP tool `{name}`"),
        declaration: None,
        source: ToolSource::Mcp,
        annotations: Some(take("annotations")).filter(|annotations| !annotations.is_null()),
        input: match take("inputSchema") {
            Value::Null => Some(json!({ "type": "object" })),
            mut schema => {
                json_schema::tidy(&mut schema);
                objects::keep(&mut schema).map_err(|_| NO_OBJECT)?;
                (!is_empty_object(&schema)).then_some(schema)
            }
        },
        output: match take("outputSchema") {
            Value::Null => Value::Bool(true),
            mut schema => {
                json_schema::tidy_any(&mut schema);
                schema
            }
        },
    })
}

fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        _ => String::new(),
    }
}

/// Whether a schema is one of objects without properties, written out as MCP wants it of a tool that takes nothing.
fn is_empty_object(schema: &Value) -> bool {
    let is_empty = |value: &Value| match value {
        Value::Array(values) => values.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    };
    let Some(keywords) = schema.as_object() else {
        return false;
    };
    // An open object may have any property, unless somebody wrote down that it has none.
    let has_none = ["properties", "additionalProperties"]
        .iter()
        .any(|keyword| keywords.contains_key(*keyword));
    has_none
        && keywords
            .iter()
            .all(|(keyword, value)| match keyword.as_str() {
                "type" => value == "object",
                "properties" | "required" => is_empty(value),
                "additionalProperties" => value == &Value::Bool(false),
                "$schema" | "$defs" | "definitions" | "title" | "description" => true,
                _ => false,
            })
}

fn write(tool: &ToolInfo) -> Value {
    let mut fields = Map::new();
    fields.insert("name".to_owned(), tool.path().into());
    if !tool.title.is_empty() {
        fields.insert("title".to_owned(), tool.title.as_str().into());
    }
    let description = match tool.deprecated.as_deref() {
        None => tool.docs.clone(),
        Some(why) => format!("{}\n\nDeprecated. {why}", tool.docs),
    };
    let description = description.trim();
    if !description.is_empty() {
        fields.insert("description".to_owned(), description.into());
    }
    let input = strict::input(match &tool.input {
        Some(schema) => strict::schema(schema),
        None => Map::from_iter([("additionalProperties".to_owned(), Value::Bool(false))]),
    });
    fields.insert("inputSchema".to_owned(), input.into());
    let output = strict::schema(&tool.output);
    if output.get("type").is_some_and(|name| name == "object") {
        fields.insert("outputSchema".to_owned(), output.into());
    }
    if let Some(annotations) = &tool.annotations {
        fields.insert("annotations".to_owned(), annotations.clone());
    }
    fields.into()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object without `tools`",
    }
}

#[cfg(test)]
mod tests;
