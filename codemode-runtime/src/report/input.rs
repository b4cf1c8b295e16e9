//! What a tool takes, in few words.

use codemode_declarations::exact::TYPE_KEYWORD;
use codemode_declarations::{FunctionSchema, Style, declare};
use serde_json::Value;

use super::shorten;
use crate::tool::info::ToolInfo;

/// How long the type of an input may be, in bytes.
const MAX_TYPE: usize = 1_000;

/// Keywords of JSON Schema whose content is names, and no keywords.
const NAMES: [&str; 4] = ["properties", "patternProperties", "$defs", "definitions"];

/// Keywords that become comments.
const COMMENTS: [&str; 15] = [
    "$comment",
    "default",
    "deprecated",
    "description",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "maxLength",
    "maximum",
    "minLength",
    "minimum",
    "multipleOf",
    "pattern",
    "title",
];

/// How a tool is called: the type of its input in the compact style, without comments.
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

/// A schema without what becomes a comment.
fn bare(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            // Such a type has its own name.
            let is_exact = members.contains_key(TYPE_KEYWORD);
            let kept = members
                .iter()
                .filter(|(name, _)| !COMMENTS.contains(&name.as_str()));
            let kept = kept.map(|(name, value)| {
                let value = match (name.as_str(), value) {
                    (name, Value::Object(schemas)) if NAMES.contains(&name) => {
                        let schemas = schemas.iter();
                        Value::Object(
                            schemas
                                .map(|(name, one)| (name.clone(), bare(one)))
                                .collect(),
                        )
                    }
                    ("type", _) if !is_exact => without_integers(value),
                    // Values, whatever they look like.
                    ("const" | "enum", _) => value.clone(),
                    _ => bare(value),
                };
                (name.clone(), value)
            });
            Value::Object(kept.collect())
        }
        Value::Array(items) => items.iter().map(bare).collect(),
        other => other.clone(),
    }
}

/// What `type` says, where a whole number is a number.
fn without_integers(ty: &Value) -> Value {
    match ty {
        Value::String(name) if name == "integer" => "number".into(),
        Value::Array(names) => names.iter().map(without_integers).collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_input_is_told_as_a_type_without_comments() {
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
                    "properties": { "description": { "type": "string" }, "n": { "type": "integer", "minimum": 0 },
                        "m": { "type": ["integer", "null"], "format": "uint8", "default": 1 } },
                }),
                "`a.b` takes `{description?:string,n?:number,m?:number|null}`.",
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
