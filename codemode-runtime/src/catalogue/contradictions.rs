//! What can be seen of a declaration that isn't true, without a call.
//!
//! A default stands in a schema as serde writes it. Where that isn't of the declared type, a function of `serialize_with` or a
//! `Serialize` that somebody wrote by hand has written it, and the type is that of Rust and not of the wire.

use std::fmt;

use serde_json::{Map, Value};

use super::Catalogue;
use crate::tool::info::ToolInfo;
use codemode_declarations::{Misfit, ResultType, exact};

/// A place of a declaration that says something else than serde writes there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The tool, as `namespace.name`.
    pub tool: String,
    /// The property, as its name among its type's.
    pub property: String,
    /// What its default isn't.
    pub misfit: Misfit,
}

impl fmt::Display for Contradiction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            tool,
            property,
            misfit,
        } = self;
        write!(
            formatter,
            "`{tool}`: the default of `{property}` isn't of its type: {misfit}. Write `#[schemars(with = \"…\")]` on it, with \
             the type that serde writes there"
        )
    }
}

impl Catalogue {
    /// The places where a declaration can be seen to be wrong before anything is called. There may be more: a result is compared
    /// with its declaration at each call.
    pub fn contradictions(&self) -> Vec<Contradiction> {
        self.tools.iter().flat_map(of_tool).collect()
    }
}

fn of_tool(tool: &ToolInfo) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for schema in tool.input.iter().chain([&tool.output]) {
        // In a default, bytes and bigints are what JSON has in their places.
        let mut schema = schema.clone();
        exact::without_type_keyword(&mut schema);
        let definitions = schema.get("$defs").cloned();
        for_each_property(&schema, &mut |name, property| {
            let Some(misfit) = misfit_of_default(tool, property, definitions.as_ref()) else {
                return;
            };
            let contradiction = Contradiction {
                tool: tool.path(),
                property: name.to_owned(),
                misfit,
            };
            if !found.contains(&contradiction) {
                found.push(contradiction);
            }
        });
    }
    found
}

fn misfit_of_default(
    tool: &ToolInfo,
    property: &Map<String, Value>,
    definitions: Option<&Value>,
) -> Option<Misfit> {
    let mut schema = property.clone();
    let default = schema.shift_remove("default")?;
    if let Some(definitions) = definitions {
        schema.insert("$defs".to_owned(), definitions.clone());
    }
    let alone = ToolInfo::bare(&tool.namespace, &tool.name, None, schema.into());
    ResultType::of(&alone).ok()?.check(&default).err()
}

fn for_each_property(schema: &Value, visit: &mut impl FnMut(&str, &Map<String, Value>)) {
    match schema {
        Value::Object(keywords) => {
            if let Some(Value::Object(properties)) = keywords.get("properties") {
                for (name, property) in properties {
                    if let Value::Object(property) = property {
                        visit(name, property);
                    }
                }
            }
            for (keyword, inner) in keywords {
                if keyword != "default" {
                    for_each_property(inner, visit);
                }
            }
        }
        Value::Array(schemas) => {
            for inner in schemas {
                for_each_property(inner, visit);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use schemars::{JsonSchema, SchemaGenerator};
    use serde::{Serialize, Serializer};
    use serde_json::json;

    use super::*;
    use crate::{BigInt, Bytes};

    #[derive(Serialize, JsonSchema)]
    struct Event {
        #[serde(serialize_with = "joined", default)]
        tags: Vec<String>,
        #[serde(default)]
        inner: Inner,
    }

    #[derive(Default, Serialize, JsonSchema)]
    #[serde(default)]
    struct Inner {
        bytes: Bytes,
        number: Option<BigInt<u64>>,
        list: Vec<u8>,
        #[serde(serialize_with = "joined")]
        #[schemars(with = "String")]
        said: Vec<String>,
    }

    fn joined<S: Serializer>(tags: &[String], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&tags.join(","))
    }

    #[test]
    fn a_default_that_is_not_of_its_type_is_found() {
        let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
        let schema = SchemaGenerator::new(settings).into_root_schema_for::<Event>();
        let input = json!({ "type": "object", "properties": { "properties": { "type": "string", "default": 3 } } });
        let tool = ToolInfo::bare("n", "f", Some(input), schema.to_value());
        let found = Catalogue::from_tools(vec![tool]).contradictions();
        let said: Vec<String> = found.iter().map(ToString::to_string).collect();
        let [input, output] = said.as_slice() else {
            panic!("{said:?}");
        };
        assert!(
            input.starts_with("`n.f`: the default of `properties` isn't of its type: it is a number, and declared as `string`."),
            "{input}"
        );
        assert!(
            output.starts_with("`n.f`: the default of `tags` isn't of its type: it is a string, and declared as `string[]`."),
            "{output}"
        );
    }
}
