//! The schemas of an operation's input and result, each complete in itself.

mod definitions;
mod flat;
mod reach;
mod today;
mod walk;

use serde_json::{Map, Value, json};

use self::definitions::Definitions;
pub(crate) use self::flat::flat_names;
use crate::model::{Body, BodyForm, Given, Method, Operation};

/// Which way values go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// To the service: without what only it writes.
    In,
    /// From the service: without what only it reads.
    Out,
}

/// The schemas of what a script passes to each operation and of what comes back; `None` if there is nothing to pass.
pub(crate) fn all(root: &Value, operations: &[Operation]) -> Vec<(Option<Value>, Value)> {
    let mut definitions = Definitions::new(root, Direction::In);
    let inputs: Vec<Option<Value>> = operations
        .iter()
        .map(|operation| input(root, &mut definitions, operation))
        .collect();
    let is_there: Vec<bool> = inputs.iter().map(Option::is_some).collect();
    let inputs: Vec<Value> = inputs.into_iter().flatten().collect();
    let mut inputs = definitions.finish(&inputs).into_iter();

    let mut definitions = Definitions::new(root, Direction::Out);
    let outputs: Vec<Value> = operations
        .iter()
        .map(|operation| output(&mut definitions, operation))
        .collect();
    let outputs = definitions
        .finish(&outputs)
        .into_iter()
        .map(|schema| match schema {
            Value::Object(keywords) if keywords.is_empty() => Value::Bool(true),
            schema => schema,
        });
    let inputs = is_there
        .into_iter()
        .map(|is_there| if is_there { inputs.next() } else { None });
    inputs.zip(outputs).collect()
}

/// The schema of the one object that a script passes; `None` if there is nothing to pass.
fn input(root: &Value, definitions: &mut Definitions<'_>, operation: &Operation) -> Option<Value> {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for parameter in &operation.parameters {
        if parameter.is_required {
            required.push(Value::from(parameter.called.as_str()));
        }
        properties.insert(
            parameter.called.clone(),
            definitions.complete(&parameter.schema),
        );
    }
    if let Some(body) = &operation.body {
        match &body.given {
            Given::Flat(_) => {
                let object = flat::object(root, &body.schema);
                let complete =
                    definitions.complete(&with_bytes(object.unwrap_or(&body.schema), body.form));
                if let Value::Object(mut object) = complete {
                    if let Some(Value::Object(own)) = object.shift_remove("properties") {
                        properties.extend(own);
                    }
                    if let Some(Value::Array(own)) = object.shift_remove("required") {
                        required.extend(own);
                    }
                }
            }
            Given::Under(name) => {
                if body.is_required {
                    required.push(Value::from(name.as_str()));
                }
                let schema = whole(root, body);
                properties.insert(name.clone(), definitions.complete(&schema));
            }
        }
    }
    if properties.is_empty() {
        return None;
    }
    let mut schema =
        json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        schema["required"] = required.into();
    }
    Some(schema)
}

/// The schema of a body that is passed as a whole.
fn whole(root: &Value, body: &Body) -> Value {
    match body.form {
        BodyForm::Json => body.schema.clone(),
        BodyForm::Form | BodyForm::Multipart => with_bytes(
            flat::object(root, &body.schema).unwrap_or(&body.schema),
            body.form,
        ),
        BodyForm::Text => {
            json!({ "type": "string", "description": format!("As `{}`.", body.media) })
        }
        BodyForm::Bytes => {
            let mut schema = bytes();
            schema["description"] = format!("As `{}`.", body.media).into();
            schema
        }
    }
}

/// A form's schema with bytes where it says so.
fn with_bytes(schema: &Value, form: BodyForm) -> Value {
    let mut schema = schema.clone();
    if form != BodyForm::Multipart {
        return schema;
    }
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    for property in properties.into_iter().flat_map(Map::values_mut) {
        to_bytes(property);
        if let Some(items) = property.get_mut("items") {
            to_bytes(items);
        }
    }
    schema
}

fn to_bytes(schema: &mut Value) {
    let is_binary = schema
        .get("format")
        .is_some_and(|format| format == "binary")
        || (schema.get("contentMediaType").is_some() && schema.get("contentEncoding").is_none());
    if is_binary && let (Some(keywords), Value::Object(bytes)) = (schema.as_object_mut(), bytes()) {
        for keyword in ["format", "maxLength", "minLength", "pattern"] {
            keywords.shift_remove(keyword);
        }
        keywords.extend(bytes);
    }
}

/// The schema of bytes, which are a `Uint8Array` in a script.
fn bytes() -> Value {
    json!({ "type": "string", "contentEncoding": "base64", "x-codemode-type": "bytes" })
}

/// The schema of what comes back.
fn output(definitions: &mut Definitions<'_>, operation: &Operation) -> Value {
    let mut schemas: Vec<Value> = Vec::new();
    for response in &operation.responses {
        let schema = definitions.complete(&response.schema);
        if !schemas.contains(&schema) {
            schemas.push(schema);
        }
    }
    match (schemas.len(), operation.method) {
        // An answer to it has no body.
        (_, Method::Head) => json!({ "type": "null" }),
        (0, _) => json!({}),
        (1, _) => schemas.remove(0),
        _ => json!({ "anyOf": schemas }),
    }
}

#[cfg(test)]
mod tests;
