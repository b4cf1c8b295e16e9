//! What a tool takes, in few words.

use codemode_declarations::{FunctionSchema, Style, declare};
use serde_json::Value;

use super::shorten;
use crate::tool::info::ToolInfo;

/// How long the type of an input may be, in bytes.
const MAX_TYPE: usize = 1_000;

/// Keywords of JSON Schema whose content is names, and no keywords.
const NAMES: [&str; 4] = ["properties", "patternProperties", "$defs", "definitions"];

/// Keywords whose content is text for people.
const WORDS: [&str; 4] = ["$comment", "description", "examples", "title"];

/// How a tool is called: the type of its input in the compact style, without what it says in prose.
pub(super) fn declared(tool: &ToolInfo) -> String {
    let path = tool.path();
    let described = FunctionSchema::from(tool);
    let Some(input) = described.input else {
        return format!("`{path}` takes nothing: `{path}()`.");
    };
    let (input, output) = (bare(input), Value::Bool(true));
    let function = FunctionSchema {
        input: Some(&input),
        ..FunctionSchema::new(described.namespace, described.name, &output)
    };
    let (text, _) = declare(&[function], Style::Compact);
    // One that can't be declared takes anything.
    let ty = input_type(&text, described.name).unwrap_or_else(|| "any".to_owned());
    format!("`{path}` takes `{}`.", shorten::text(&ty, MAX_TYPE))
}

/// The type of the input in the declaration of a function whose result is unknown, with the types that it names.
fn input_type(text: &str, function: &str) -> Option<String> {
    let (_, rest) = text.split_once(&format!("function {function}(input"))?;
    let (ty, named) = rest.split_once("):Promise<unknown>")?;
    let ty = ty.trim_start_matches(['?', ':']);
    let named = named.trim().trim_end_matches('}').trim_end();
    Some(if named.is_empty() {
        ty.to_owned()
    } else {
        format!("{ty}\n{named}")
    })
}

/// A schema without its prose.
fn bare(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let kept = members
                .iter()
                .filter(|(name, _)| !WORDS.contains(&name.as_str()));
            let inside = |name: &str, value: &Value| match value {
                Value::Object(named) if NAMES.contains(&name) => {
                    let schemas = named
                        .iter()
                        .map(|(name, schema)| (name.clone(), bare(schema)));
                    Value::Object(schemas.collect())
                }
                // Values, whatever they look like.
                _ if ["const", "default", "enum"].contains(&name) => value.clone(),
                other => bare(other),
            };
            Value::Object(
                kept.map(|(name, value)| (name.clone(), inside(name, value)))
                    .collect(),
            )
        }
        Value::Array(items) => items.iter().map(bare).collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_input_is_told_as_a_type_without_prose() {
        let place = json!({ "type": "object", "properties": { "x": { "type": "number" } } });
        for (input, told) in [
            (Value::Null, "`a.b` takes nothing: `a.b()`."),
            (
                json!({
                    "type": "object",
                    "description": "What to look for.",
                    "properties": {
                        "city": { "type": "string", "description": "Its name." },
                        "unit": { "enum": ["c", "f"], "title": "The unit" },
                    },
                    "required": ["city"],
                }),
                "`a.b` takes `{city:string,unit?:\"c\"|\"f\"}`.",
            ),
            (
                json!({
                    "type": "object",
                    "properties": { "description": { "type": "string" }, "n": { "type": "integer" } },
                }),
                "`a.b` takes `{\ndescription?:string\nn?:number // integer\n}`.",
            ),
            (
                json!({
                    "type": "object",
                    "properties": { "from": { "$ref": "#/$defs/Place" }, "to": { "$ref": "#/$defs/Place" } },
                    "required": ["from", "to"],
                    "$defs": { "Place": place },
                }),
                "`a.b` takes `{from:Place,to:Place}\ninterface Place {x?:number}`.",
            ),
            (
                json!({ "type": "object", "properties": { "a": { "const": { "title": 1 } } } }),
                "`a.b` takes `{a?:{title:1}}`.",
            ),
        ] {
            let tool = json!({ "namespace": "a", "name": "b", "input": input, "output": true });
            let tool: ToolInfo = serde_json::from_value(tool).unwrap();
            assert_eq!(declared(&tool), told);
        }
    }
}
