//! Operations as tools.

use codemode_runtime::{Annotations, Catalogue, ToolInfo, ToolSource};
use serde_json::{Value, json};

use crate::document::Document;
use crate::model::Operation;
use crate::schema;

impl Document {
    /// The operations as tools, in the order of a catalogue.
    pub fn tools(&self) -> Vec<ToolInfo> {
        let schemas = schema::all(self.root(), self.operations());
        let tools = self.operations().iter().zip(schemas);
        tools
            .map(|(operation, (input, output))| tool(operation, input, output))
            .collect()
    }

    /// The catalogue of the operations.
    pub fn catalogue(&self) -> Catalogue {
        Catalogue::from_tools(self.tools())
    }
}

fn tool(operation: &Operation, input: Option<Value>, output: Value) -> ToolInfo {
    ToolInfo {
        namespace: operation.namespace.clone(),
        name: operation.name.clone(),
        title: String::new(),
        docs: operation.docs.clone(),
        deprecated: operation.is_deprecated.then(String::new),
        location: operation.place(),
        annotations: annotations(operation.annotations),
        input,
        output,
        declaration: None,
        source: ToolSource::OpenApi,
    }
}

fn annotations(said: Annotations) -> Option<Value> {
    match (said.read_only, said.idempotent) {
        (Some(read_only), _) => Some(json!({ "readOnlyHint": read_only })),
        (None, Some(idempotent)) => Some(json!({ "idempotentHint": idempotent })),
        (None, None) => None,
    }
}
