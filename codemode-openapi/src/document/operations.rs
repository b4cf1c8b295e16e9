//! The operations of a document, one by one.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::{bodies, parameters, references, servers};
use crate::model::{Given, Method, Operation, Parameter, Place, Skipped};
use crate::names::{self, Said};
use crate::schema;

/// Operations with what they can be called by, and those that are left out.
pub(super) fn read(
    root: &Value,
    paths: &Map<String, Value>,
) -> (Vec<(Said, Operation)>, Vec<Skipped>) {
    let mut read = Vec::new();
    let mut skipped = Vec::new();
    for (path, item) in paths {
        // Beside the paths there may be extensions.
        if !path.starts_with('/') {
            continue;
        }
        let item = match references::follow(root, item) {
            Ok(item) => item,
            Err(reason) => {
                skipped.push(Skipped {
                    operation: path.clone(),
                    reason: format!("the path {reason}"),
                });
                continue;
            }
        };
        for method in Method::ALL {
            let Some(fields) = item.get(method.as_str().to_lowercase()) else {
                continue;
            };
            let place = format!("{method} {path}");
            match operation(
                &Source {
                    root,
                    path,
                    item,
                    fields,
                },
                method,
            ) {
                Ok(operation) => read.push((said(fields, method, path), operation)),
                Err(reason) => skipped.push(Skipped {
                    operation: place,
                    reason,
                }),
            }
        }
    }
    (read, skipped)
}

/// What a document says about one operation.
struct Source<'a> {
    root: &'a Value,
    path: &'a str,
    /// What is said of all operations of its path.
    item: &'a Value,
    fields: &'a Value,
}

fn text<'a>(fields: &'a Value, name: &str) -> Option<&'a str> {
    fields
        .get(name)
        .and_then(Value::as_str)
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

fn said(fields: &Value, method: Method, path: &str) -> Said {
    let tags = fields.get("tags").and_then(Value::as_array);
    Said {
        id: text(fields, "operationId").map(str::to_owned),
        tag: tags
            .and_then(|tags| tags.first())
            .and_then(Value::as_str)
            .map(str::to_owned),
        method: Some(method),
        path: path.to_owned(),
    }
}

fn operation(source: &Source<'_>, method: Method) -> Result<Operation, String> {
    if !source.fields.is_object() {
        return Err("it isn't an object".to_owned());
    }
    let mut parameters = parameters::read(source.root, source.path, [source.item, source.fields])?;
    let mut taken = call_parameters(&mut parameters);
    let mut body = bodies::request(source.root, source.fields)?;
    if let Some(body) = &mut body {
        body.given = match schema::flat_names(source.root, body) {
            Some(names) if names.iter().all(|name| !taken.contains(name)) => Given::Flat(names),
            _ => Given::Under(names::free("body", "_", &mut taken)),
        };
    }
    let base = servers::first(source.fields).or_else(|| servers::first(source.item));
    Ok(Operation {
        namespace: String::new(),
        name: String::new(),
        id: text(source.fields, "operationId").map(str::to_owned),
        method,
        path: source.path.to_owned(),
        base,
        docs: docs(source),
        is_deprecated: source.fields.get("deprecated") == Some(&Value::Bool(true)),
        parameters,
        body,
        responses: bodies::responses(source.root, source.fields)?,
        annotations: method.annotations(),
    })
}

/// The summary and the description, without saying anything twice.
fn docs(source: &Source<'_>) -> String {
    let word = |name| text(source.fields, name).or_else(|| text(source.item, name));
    match (word("summary"), word("description")) {
        (Some(summary), Some(description)) if !description.starts_with(summary) => {
            format!("{summary}\n\n{description}")
        }
        (_, Some(text)) | (Some(text), None) => text.to_owned(),
        (None, None) => String::new(),
    }
}

/// Gives each parameter the name by which a script passes it: its own, or, where two have one, with its place. Those of the path
/// come first.
fn call_parameters(parameters: &mut [Parameter]) -> HashSet<String> {
    let mut taken = HashSet::new();
    let mut order: Vec<usize> = (0..parameters.len()).collect();
    order.sort_by_key(|position| parameters.get(*position).map(|parameter| parameter.place));
    for position in order {
        let Some(parameter) = parameters.get_mut(position) else {
            continue;
        };
        let behind = match parameter.place {
            Place::Path => "InPath",
            Place::Query => "InQuery",
            Place::Header => "InHeader",
            Place::Cookie => "InCookie",
        };
        parameter.called = names::free(&parameter.name, behind, &mut taken);
    }
    taken
}
