//! What is tried: a type with its declaration and those who judge its values.

use std::collections::BTreeMap;

use codemode_runtime::{Catalogue, ToolInfo, ToolSource};
use serde_json::{Value, json};

use crate::schema_judge::{SchemaJudge, names};
use crate::values::text;
use crate::zoo::{Accepted, Entry, Topic};

/// A type of the zoo, as a tool takes and returns it.
pub struct Subject {
    /// The name of the tool.
    pub path: String,
    /// The type and what is known of it.
    pub entry: Entry,
    /// What is read.
    pub input: Option<Side>,
    /// What is written.
    pub output: Option<Side>,
    /// The declarations of this tool alone.
    pub declarations: String,
}

/// The declarations of many tools, in both styles.
pub struct Declarations {
    /// As a programmer would write them.
    pub readable: String,
    /// In as few tokens as it takes.
    pub compact: String,
}

impl Declarations {
    /// The declarations of tools.
    ///
    /// # Errors
    ///
    /// If one can't be declared.
    pub fn of(tools: Vec<ToolInfo>) -> Result<Self, String> {
        let catalogue = Catalogue::from_tools(tools);
        let readable = catalogue
            .declarations()
            .map_err(|error| error.to_string())?;
        Ok(Self {
            readable,
            compact: catalogue.compact().0,
        })
    }
}

/// One direction of a type.
pub struct Side {
    /// The type in TypeScript, by way of the function.
    pub ty: String,
    /// The JSON Schema of it.
    pub schema: Value,
    /// The schema as a judge.
    pub judge: SchemaJudge,
    /// The names that mean something in it.
    pub names: Vec<String>,
}

impl Subject {
    /// The types of some topics, and the declarations of all of them.
    ///
    /// # Errors
    ///
    /// If a type can't be declared.
    pub fn all(topics: Vec<Topic>) -> Result<(Vec<Self>, Declarations), String> {
        let mut subjects = Vec::new();
        let mut tools = Vec::new();
        for topic in topics {
            let mut taken: BTreeMap<String, usize> = BTreeMap::new();
            for entry in topic.entries {
                let name = function_name(&entry.rust);
                let number = taken.entry(name.clone()).or_default();
                *number += 1;
                let name = if *number > 1 {
                    format!("{name}_{number}")
                } else {
                    name
                };
                let tool = tool(
                    topic.name,
                    &name,
                    entry.input_schema(),
                    entry.output_schema(),
                );
                subjects.push(Self::new(&tool, entry)?);
                tools.push(tool);
            }
        }
        Ok((subjects, Declarations::of(tools)?))
    }

    fn new(tool: &ToolInfo, entry: Entry) -> Result<Self, String> {
        let path = tool.path();
        let side = |schema: Option<&Value>, ty: String| match schema {
            Some(schema) => {
                let judge =
                    SchemaJudge::of_rust(schema).map_err(|error| format!("{path}: {error}"))?;
                Ok::<_, String>(Some(Side {
                    ty,
                    judge,
                    names: names(schema),
                    schema: schema.clone(),
                }))
            }
            None => Ok(None),
        };
        Ok(Self {
            input: side(tool.input.as_ref(), format!("Parameters<typeof {path}>[0]"))?,
            output: side(
                entry.output.is_some().then_some(&tool.output),
                format!("Awaited<ReturnType<typeof {path}>>"),
            )?,
            declarations: declare(vec![tool.clone()])?,
            path,
            entry,
        })
    }

    /// What serde says of an input.
    ///
    /// # Errors
    ///
    /// What serde has against it.
    pub fn read(&self, input: &Value) -> Accepted {
        match self.entry.accepts {
            Some(accepts) => accepts(&text(input)),
            None => Err("it is never read".to_owned()),
        }
    }

    /// The value as the object that a script passes.
    pub fn argument(value: &Value) -> Value {
        json!({ "value": value })
    }
}

/// A tool with these types.
pub fn tool(namespace: &str, name: &str, input: Option<Value>, output: Option<Value>) -> ToolInfo {
    ToolInfo {
        namespace: namespace.to_owned(),
        name: name.to_owned(),
        docs: String::new(),
        deprecated: None,
        title: String::new(),
        annotations: None,
        source: ToolSource::Rust,
        location: String::new(),
        input,
        output: output.unwrap_or_else(|| json!({ "type": "null" })),
        declaration: None,
    }
}

/// The declarations of tools.
///
/// # Errors
///
/// If one can't be declared.
pub fn declare(tools: Vec<ToolInfo>) -> Result<String, String> {
    Catalogue::from_tools(tools)
        .declarations()
        .map_err(|error| error.to_string())
}

/// The words of a Rust type as the name of a function, such as `vecOptionU8` for `Vec<Option<u8>>`.
pub fn function_name(rust: &str) -> String {
    let mut name = String::new();
    for word in rust
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        let (initial, others) = word.split_at(1);
        if name.is_empty() {
            name.push_str(&initial.to_lowercase());
        } else {
            name.push_str(&initial.to_uppercase());
        }
        name.push_str(others);
    }
    if name.is_empty() {
        "nothing".to_owned()
    } else {
        name
    }
}
