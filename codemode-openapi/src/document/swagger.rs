//! A document of Swagger 2.0 as one of OpenAPI 3.0.

use serde_json::{Map, Value, json};

use super::references;
use crate::media;
use crate::model::Method;

/// Keywords beside a parameter's schema; the others are its schema.
const OF_PARAMETERS: [&str; 7] = [
    "name",
    "in",
    "description",
    "required",
    "allowEmptyValue",
    "collectionFormat",
    "deprecated",
];

/// Makes the document one of OpenAPI 3.0. What can't be converted stays as it is, to be found odd where it is read.
pub(super) fn convert(mut root: Value) -> Value {
    refer(&mut root);
    let shared = root.clone();
    let servers = servers(&root);
    let Some(fields) = root.as_object_mut() else {
        return root;
    };
    let mut take = |name: &str| fields.shift_remove(name).unwrap_or_default();
    let schemas = take("definitions");
    let consumes = types(&take("consumes"));
    let produces = types(&take("produces"));
    let security = take("securityDefinitions");
    let mut responses = take("responses");
    for response in responses
        .as_object_mut()
        .into_iter()
        .flat_map(Map::values_mut)
    {
        convert_response(response, &produces);
    }
    let paths = fields.get_mut("paths").and_then(Value::as_object_mut);
    for path in paths.into_iter().flat_map(Map::values_mut) {
        let common = path
            .as_object_mut()
            .and_then(|path| path.shift_remove("parameters"));
        for method in Method::ALL {
            if let Some(operation) = path.get_mut(method.as_str().to_lowercase()) {
                convert_operation(operation, common.as_ref(), &shared, [&consumes, &produces]);
            }
        }
    }
    let components =
        json!({ "schemas": schemas, "responses": responses, "securitySchemes": security });
    fields.insert("components".to_owned(), components);
    fields.insert("servers".to_owned(), servers);
    for gone in ["swagger", "host", "basePath", "schemes"] {
        fields.shift_remove(gone);
    }
    fields.insert("openapi".to_owned(), "3.0.3".into());
    root
}

/// Has references lead to where things will be, and says what files and nulls are in today's words.
fn refer(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(reference)) = fields.get_mut("$ref") {
                for (old, new) in [
                    ("#/definitions/", "#/components/schemas/"),
                    ("#/responses/", "#/components/responses/"),
                ] {
                    if let Some(name) = reference.strip_prefix(old) {
                        *reference = format!("{new}{name}");
                    }
                }
            }
            if fields.get("type").is_some_and(|name| name == "file") {
                fields.insert("type".to_owned(), "string".into());
                fields.insert("format".to_owned(), "binary".into());
            }
            if let Some(nullable) = fields.shift_remove("x-nullable") {
                fields.insert("nullable".to_owned(), nullable);
            }
            fields.values_mut().for_each(refer);
        }
        Value::Array(places) => places.iter_mut().for_each(refer),
        _ => {}
    }
}

fn servers(root: &Value) -> Value {
    let text = |name: &str| root.get(name).and_then(Value::as_str);
    let base = text("basePath").unwrap_or("/");
    let schemes = types(root.get("schemes").unwrap_or(&Value::Null));
    let scheme = match schemes.first() {
        Some(_) if schemes.iter().any(|scheme| scheme == "https") => "https:",
        Some(scheme) if scheme == "http" => "http:",
        _ => "",
    };
    match text("host") {
        Some(host) => json!([{ "url": format!("{scheme}//{host}{base}") }]),
        None => json!([{ "url": base }]),
    }
}

fn types(value: &Value) -> Vec<String> {
    let types = value.as_array().into_iter().flatten();
    types.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn convert_operation(
    operation: &mut Value,
    common: Option<&Value>,
    shared: &Value,
    [consumes, produces]: [&Vec<String>; 2],
) {
    let Some(fields) = operation.as_object_mut() else {
        return;
    };
    let mut own = |name: &str, shared: &Vec<String>| {
        let own = fields.shift_remove(name).map(|own| types(&own));
        own.filter(|own| !own.is_empty())
            .unwrap_or_else(|| shared.clone())
    };
    let consumes = own("consumes", consumes);
    let produces = own("produces", produces);
    let listed = fields.shift_remove("parameters").unwrap_or_default();
    let mut parameters = Vec::new();
    let mut form = Vec::new();
    let both = [Some(&listed), common];
    for listed in both
        .into_iter()
        .flatten()
        .filter_map(Value::as_array)
        .flatten()
    {
        let parameter = match references::follow(shared, listed) {
            Ok(parameter) => parameter.clone(),
            Err(_) => listed.clone(),
        };
        match parameter.get("in").and_then(Value::as_str) {
            Some("body") => {
                fields
                    .entry("requestBody")
                    .or_insert_with(|| body(&parameter, &consumes));
            }
            Some("formData") => form.push(parameter),
            _ => parameters.push(convert_parameter(parameter)),
        }
    }
    if !form.is_empty() {
        fields.insert("requestBody".to_owned(), form_body(form, &consumes));
    }
    fields.insert("parameters".to_owned(), parameters.into());
    let responses = fields.get_mut("responses").and_then(Value::as_object_mut);
    for response in responses.into_iter().flat_map(Map::values_mut) {
        convert_response(response, &produces);
    }
}

fn body(parameter: &Value, consumes: &[String]) -> Value {
    let schema = parameter
        .get("schema")
        .cloned()
        .unwrap_or(Value::Bool(true));
    json!({
        "required": parameter.get("required").cloned().unwrap_or(Value::Bool(false)),
        "description": parameter.get("description").cloned().unwrap_or_default(),
        "content": content(&schema, consumes),
    })
}

fn content(schema: &Value, types: &[String]) -> Value {
    let is_file = schema
        .get("format")
        .is_some_and(|format| format == "binary");
    let open = if is_file {
        "application/octet-stream"
    } else {
        "application/json"
    };
    let types = types
        .iter()
        .filter(|name| !is_file || !media::is_json(name));
    let mut content: Map<String, Value> = types
        .map(|name| (name.clone(), json!({ "schema": schema })))
        .collect();
    if content.is_empty() {
        content.insert(open.to_owned(), json!({ "schema": schema }));
    }
    content.into()
}

fn form_body(fields: Vec<Value>, consumes: &[String]) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    let mut encoding = Map::new();
    let mut has_file = false;
    for field in fields {
        let field = convert_parameter(field);
        let Some(name) = field.get("name").and_then(Value::as_str) else {
            continue;
        };
        if field.get("required") == Some(&Value::Bool(true)) {
            required.push(Value::from(name));
        }
        let mut schema = field.get("schema").cloned().unwrap_or(Value::Bool(true));
        has_file |= schema
            .get("format")
            .is_some_and(|format| format == "binary");
        if let (Some(schema), Some(docs)) = (schema.as_object_mut(), field.get("description")) {
            schema.insert("description".to_owned(), docs.clone());
        }
        if let (Some(style), Some(explode)) = (field.get("style"), field.get("explode")) {
            encoding.insert(
                name.to_owned(),
                json!({ "style": style, "explode": explode }),
            );
        }
        properties.insert(name.to_owned(), schema);
    }
    let is_multipart = has_file
        || consumes
            .iter()
            .any(|name| media::essence(name) == "multipart/form-data");
    let name = if is_multipart {
        "multipart/form-data"
    } else {
        "application/x-www-form-urlencoded"
    };
    let schema = json!({ "type": "object", "properties": properties, "required": required });
    json!({
        "required": !required.is_empty(),
        "content": { name: { "schema": schema, "encoding": encoding } },
    })
}

/// A parameter with its schema where it belongs.
fn convert_parameter(parameter: Value) -> Value {
    let Value::Object(fields) = parameter else {
        return parameter;
    };
    if fields.contains_key("$ref") || fields.contains_key("schema") {
        return fields.into();
    }
    let (mut kept, schema): (Map<String, Value>, Map<String, Value>) = fields
        .into_iter()
        .partition(|(name, _)| OF_PARAMETERS.contains(&name.as_str()));
    let place = kept.get("in").and_then(Value::as_str).unwrap_or_default();
    let simple = if matches!(place, "path" | "header") {
        "simple"
    } else {
        "form"
    };
    let format = kept
        .get("collectionFormat")
        .and_then(Value::as_str)
        .unwrap_or("csv");
    let (style, explode) = match format {
        "csv" => (simple, false),
        "multi" => (simple, true),
        "ssv" => ("spaceDelimited", false),
        "pipes" => ("pipeDelimited", false),
        other => (other, false),
    };
    if schema.get("type").is_some_and(|name| name == "array") {
        let style = Value::from(style);
        kept.insert("style".to_owned(), style);
        kept.insert("explode".to_owned(), explode.into());
    }
    kept.shift_remove("collectionFormat");
    kept.insert("schema".to_owned(), schema.into());
    kept.into()
}

fn convert_response(response: &mut Value, produces: &[String]) {
    if let Some(fields) = response.as_object_mut()
        && let Some(schema) = fields.shift_remove("schema")
    {
        fields.insert("content".to_owned(), content(&schema, produces));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_document_is_one_of_today() {
        let converted = convert(json!({
            "swagger": "2.0",
            "host": "api.example.com", "basePath": "/v2", "schemes": ["http", "https"],
            "consumes": ["application/json"], "produces": ["application/json"],
            "parameters": { "page": { "name": "page", "in": "query", "type": "integer" } },
            "responses": { "Pet": { "description": "A pet.", "schema": { "$ref": "#/definitions/Pet" } } },
            "definitions": { "Pet": { "type": "object", "properties": { "name": { "type": "string", "x-nullable": true } } } },
            "paths": {
                "/pets": {
                    "parameters": [{ "$ref": "#/parameters/page" }],
                    "get": {
                        "parameters": [{
                            "name": "tags", "in": "query", "type": "array", "items": { "type": "string" }, "collectionFormat": "multi",
                        }],
                        "responses": { "200": { "$ref": "#/responses/Pet" } },
                    },
                    "put": {
                        "parameters": [{ "name": "pet", "in": "body", "required": true, "schema": { "$ref": "#/definitions/Pet" } }],
                        "responses": { "204": { "description": "Done." } },
                    },
                    "post": {
                        "parameters": [
                            { "name": "picture", "in": "formData", "type": "file", "required": true, "description": "It." },
                        ],
                        "produces": ["image/png"],
                        "responses": { "200": { "description": "It.", "schema": { "type": "file" } } },
                    },
                },
            },
        }));
        let page = json!({ "name": "page", "in": "query", "schema": { "type": "integer" } });
        let pet = json!({ "$ref": "#/components/schemas/Pet" });
        assert_eq!(
            converted,
            json!({
                "openapi": "3.0.3",
                "servers": [{ "url": "https://api.example.com/v2" }],
                "parameters": { "page": { "name": "page", "in": "query", "type": "integer" } },
                "components": {
                    "schemas": { "Pet": {
                        "type": "object", "properties": { "name": { "type": "string", "nullable": true } },
                    } },
                    "responses": { "Pet": { "description": "A pet.", "content": { "application/json": { "schema": pet } } } },
                    "securitySchemes": null,
                },
                "paths": { "/pets": {
                    "get": {
                        "parameters": [{
                            "name": "tags", "in": "query", "style": "form", "explode": true,
                            "schema": { "type": "array", "items": { "type": "string" } },
                        }, page],
                        "responses": { "200": { "$ref": "#/components/responses/Pet" } },
                    },
                    "put": {
                        "parameters": [page],
                        "requestBody": {
                            "required": true, "description": null,
                            "content": { "application/json": { "schema": pet } },
                        },
                        "responses": { "204": { "description": "Done." } },
                    },
                    "post": {
                        "parameters": [page],
                        "requestBody": { "required": true, "content": { "multipart/form-data": {
                            "schema": {
                                "type": "object",
                                "properties": { "picture": { "type": "string", "format": "binary", "description": "It." } },
                                "required": ["picture"],
                            },
                            "encoding": {},
                        } } },
                        "responses": { "200": { "description": "It.", "content": { "image/png": {
                            "schema": { "type": "string", "format": "binary" },
                        } } } },
                    },
                } },
            })
        );
    }
}
