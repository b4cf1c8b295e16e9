//! What of a schema a type of TypeScript can say.

use serde_json::{Map, Value, json};

/// The schema without what TypeScript has no type for: what this refuses, a type has to refuse.
///
/// Gone are the constraints of numbers, texts and lengths, conditions and exclusions, the exactness of `oneOf`, and that an
/// object or a list has nothing else in it. See [`Wider`](crate::exceptions::Wider), which names them one by one.
pub fn relaxed(schema: &Value) -> Value {
    let Value::Object(keywords) = schema else {
        return schema.clone();
    };
    let mut said = Map::new();
    for (keyword, value) in keywords {
        let value = match keyword.as_str() {
            "$ref" | "$anchor" | "$schema" | "$id" | "enum" => value.clone(),
            "type" => number_for_integer(value),
            "required" => without_inherited(value),
            "const" => {
                said.insert("enum".to_owned(), json!([value]));
                continue;
            }
            "properties" | "$defs" | "definitions" => each_of_object(value),
            "anyOf" | "allOf" | "prefixItems" => each_of_list(value),
            "oneOf" if keywords.contains_key("anyOf") => continue,
            "oneOf" => {
                said.insert("anyOf".to_owned(), each_of_list(value));
                continue;
            }
            "items" if value.is_array() => each_of_list(value),
            "items" | "additionalItems" => open(relaxed(value)),
            // Beside properties that are named, an index signature has to cover those, too.
            "additionalProperties"
                if !keywords.contains_key("properties")
                    && !keywords.contains_key("patternProperties") =>
            {
                open(relaxed(value))
            }
            _ => continue,
        };
        said.insert(keyword.clone(), value);
    }
    if asks_for_inherited_only(keywords) {
        // Every value but null has those.
        said.swap_remove("type");
    }
    if let Some(Value::Array(values)) = said.get("enum")
        && values
            .iter()
            .any(|value| value.is_array() || value.is_object())
    {
        let values: Vec<Value> = values.iter().map(shape).collect();
        said.swap_remove("enum");
        let shapes = json!({ "anyOf": values });
        let all = said.entry("allOf").or_insert_with(|| json!([]));
        if let Value::Array(all) = all {
            all.push(shapes);
        }
    }
    Value::Object(said)
}

fn each_of_list(schemas: &Value) -> Value {
    let schemas = schemas.as_array().into_iter().flatten();
    schemas.map(relaxed).collect()
}

fn each_of_object(schemas: &Value) -> Value {
    let schemas = schemas.as_object().into_iter().flatten();
    schemas
        .map(|(name, schema)| (name.clone(), relaxed(schema)))
        .collect::<Map<_, _>>()
        .into()
}

/// That there is nothing else can be seen in a literal only.
fn open(schema: Value) -> Value {
    if schema == Value::Bool(false) {
        Value::Bool(true)
    } else {
        schema
    }
}

fn number_for_integer(ty: &Value) -> Value {
    match ty {
        Value::String(name) if name == "integer" => "number".into(),
        Value::Array(types) => {
            let mut types: Vec<Value> = types.iter().map(number_for_integer).collect();
            types.sort_by_key(Value::to_string);
            types.dedup();
            types.into()
        }
        other => other.clone(),
    }
}

/// Whether an object has to have nothing but what every value inherits, and can have some of that.
fn asks_for_inherited_only(keywords: &Map<String, Value>) -> bool {
    let empty = json!([]);
    let required = keywords.get("required").unwrap_or(&empty);
    without_inherited(required) == empty && (*required != empty || names_inherited(keywords))
}

/// Whether there is an inherited property among those of an object, or among those that its members and conditions add.
fn names_inherited(keywords: &Map<String, Value>) -> bool {
    let is_inherited = |name: &String| INHERITED.contains(&name.as_str());
    let within = |schema: &Value| schema.as_object().is_some_and(names_inherited);
    keywords
        .iter()
        .any(|(keyword, value)| match (keyword.as_str(), value) {
            ("properties", Value::Object(named)) => named.keys().any(is_inherited),
            ("required", Value::Array(names)) => names
                .iter()
                .any(|name| *name != without_inherited(&json!([name]))[0]),
            ("allOf" | "anyOf" | "oneOf", Value::Array(members)) => members.iter().any(within),
            ("then" | "else", schema) => within(schema),
            _ => false,
        })
}

const INHERITED: &[&str] = &["constructor", "toString", "__proto__"];

/// Every object of TypeScript has the properties that all inherit.
fn without_inherited(names: &Value) -> Value {
    let names = names.as_array().into_iter().flatten();
    names
        .filter(|name| name.as_str().is_none_or(|name| !INHERITED.contains(&name)))
        .cloned()
        .collect()
}

/// A value as a schema: what is in it has to be there, and more may.
fn shape(value: &Value) -> Value {
    match value {
        Value::Array(values) => {
            let places: Vec<Value> = values.iter().map(shape).collect();
            json!({ "type": "array", "prefixItems": places })
        }
        Value::Object(fields) => {
            let properties: Map<String, Value> = fields
                .iter()
                .map(|(name, value)| (name.clone(), shape(value)))
                .collect();
            let names = Value::Array(properties.keys().map(|name| name.clone().into()).collect());
            let required = without_inherited(&names);
            json!({ "type": "object", "properties": properties, "required": required })
        }
        plain => json!({ "enum": [plain] }),
    }
}
