//! Functions as tests write them down.

use serde_json::{Value, json};

use crate::{DeclarationError, FunctionSchema, SchemaNotes, Style, declare, json_schema};

/// One function, with what its schema is made of.
#[derive(Clone, Debug)]
pub(crate) struct Owned {
    namespace: String,
    name: String,
    pub(crate) docs: String,
    pub(crate) deprecated: Option<String>,
    input: Option<Value>,
    output: Value,
}

impl Owned {
    pub(crate) fn new(namespace: &str, name: &str, input: Option<Value>, output: Value) -> Self {
        Self {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            docs: String::new(),
            deprecated: None,
            input,
            output,
        }
    }
}

impl<'a> From<&'a Owned> for FunctionSchema<'a> {
    fn from(owned: &'a Owned) -> Self {
        Self {
            docs: &owned.docs,
            deprecated: owned.deprecated.as_deref(),
            location: "src/lib.rs:1:1",
            input: owned.input.as_ref(),
            ..Self::new(&owned.namespace, &owned.name, &owned.output)
        }
    }
}

/// Several functions, in the order of their names.
pub(crate) struct Listed(Vec<Owned>);

impl Listed {
    pub(crate) fn new(mut functions: Vec<Owned>) -> Self {
        functions.sort_by(|a, b| (&a.namespace, &a.name).cmp(&(&b.namespace, &b.name)));
        Self(functions)
    }

    /// Those of a list as a server of tools sends it, with schemas put right.
    pub(crate) fn of(listed: Value) -> Self {
        let Value::Array(listed) = listed else {
            panic!("no list: {listed}");
        };
        let functions = listed.into_iter().map(|mut entry| {
            let mut schema = |keyword: &str| entry.get_mut(keyword).map(Value::take);
            let mut input = schema("inputSchema").unwrap_or_else(|| json!({ "type": "object" }));
            let mut output = schema("outputSchema").unwrap_or(Value::Bool(true));
            json_schema::tidy(&mut input);
            json_schema::tidy_any(&mut output);
            let takes_something = input["properties"] != json!({});
            let text = |keyword: &str| entry[keyword].as_str().unwrap_or_default().to_owned();
            Owned {
                docs: text("description"),
                ..Owned::new("n", &text("name"), takes_something.then_some(input), output)
            }
        });
        Self::new(functions.collect())
    }

    pub(crate) fn declare(&self, style: Style) -> (String, Vec<DeclarationError>) {
        let functions: Vec<FunctionSchema<'_>> = self.0.iter().map(Into::into).collect();
        declare(&functions, style)
    }

    /// The declarations of all of them, in the readable style.
    pub(crate) fn text(&self) -> Result<String, DeclarationError> {
        let (text, left_out) = self.declare(Style::Readable);
        left_out.into_iter().next().map_or(Ok(text), Err)
    }

    pub(crate) fn notes(&self) -> Vec<SchemaNotes> {
        self.0.iter().filter_map(json_schema::notes_of).collect()
    }
}

/// What the compact style says of a property `pageSize`.
pub(crate) fn said(schema: &Value) -> String {
    let tools = json!([{ "name": "f", "inputSchema": { "type": "object", "properties": { "pageSize": schema } } }]);
    let (text, left_out) = Listed::of(tools).declare(Style::Compact);
    assert_eq!(left_out, []);
    let (_, comment) = text.split_once("// ").unwrap_or_default();
    comment.lines().next().unwrap_or_default().to_owned()
}
