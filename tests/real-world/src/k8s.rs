//! The types of the Kubernetes API, each as what one tool takes and returns.

mod types;

use codemode_runtime::{Catalogue, ToolInfo, ToolSource};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

/// A type of the API.
#[derive(Clone, Copy)]
pub struct ApiType {
    /// Its path in the crate, such as `api::core::v1::Pod`.
    pub path: &'static str,
    /// The kind of resource that it is, if it is one.
    pub kind: Option<&'static str>,
    schema: fn(&mut SchemaGenerator) -> schemars::Schema,
}

/// All types of the API that have schemas.
pub fn types() -> &'static [ApiType] {
    types::ALL
}

const fn api_type<T: JsonSchema>(path: &'static str, kind: Option<&'static str>) -> ApiType {
    ApiType {
        path,
        kind,
        schema: SchemaGenerator::subschema_for::<T>,
    }
}

impl ApiType {
    /// The name of the type itself.
    pub fn name(&self) -> &'static str {
        self.path.rsplit("::").next().unwrap_or(self.path)
    }

    /// The modules that it is in, as the name of a namespace.
    fn namespace(&self) -> String {
        let modules = self.path.strip_suffix(self.name()).unwrap_or_default();
        modules.trim_end_matches(':').replace("::", "_")
    }

    /// A tool that takes such a value and returns it as the server has it then.
    fn tool(&self) -> ToolInfo {
        let schema = |settings: SchemaSettings| {
            let mut generator = SchemaGenerator::new(settings);
            let root = (self.schema)(&mut generator);
            with_definitions(root.to_value(), generator.take_definitions(true))
        };
        let settings = SchemaSettings::draft2020_12();
        ToolInfo {
            namespace: self.namespace(),
            name: format!("apply{}", self.name()),
            title: String::new(),
            docs: String::new(),
            deprecated: None,
            location: self.path.to_owned(),
            annotations: None,
            source: ToolSource::Rust,
            input: Some(schema(settings.clone().for_deserialize())),
            output: schema(settings.for_serialize()),
            declaration: None,
        }
    }
}

/// A tool for each type.
pub fn catalogue() -> Catalogue {
    Catalogue::from_tools(types().iter().map(ApiType::tool).collect())
}

/// One schema with a property for each type, which has each type's own schema once: what a generator that takes one schema
/// can take as a whole.
pub fn schema() -> Value {
    let mut generator = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    let properties: Map<String, Value> = types()
        .iter()
        .map(|api_type| {
            (
                api_type.path.replace("::", "."),
                (api_type.schema)(&mut generator).to_value(),
            )
        })
        .collect();
    let root = json!({ "type": "object", "properties": properties });
    with_definitions(root, generator.take_definitions(true))
}

/// `times` as many tools as `tools` has: the same ones in other namespaces.
pub fn times(tools: &[ToolInfo], times: usize) -> Catalogue {
    let copies = (0..times).flat_map(|copy| {
        tools.iter().cloned().map(move |mut tool| {
            if copy > 0 {
                tool.namespace = format!("{}{copy}", tool.namespace);
            }
            tool
        })
    });
    Catalogue::from_tools(copies.collect())
}

/// A hundred tools: every so many of all.
pub fn hundred() -> Vec<ToolInfo> {
    let all = types();
    (0..100)
        .map(|number| all[number * all.len() / 100].tool())
        .collect()
}

fn with_definitions(mut root: Value, definitions: Map<String, Value>) -> Value {
    if let (Value::Object(root), false) = (&mut root, definitions.is_empty()) {
        root.insert("$defs".to_owned(), definitions.into());
    }
    root
}
