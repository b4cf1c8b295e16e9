//! The parameters of an operation.

use serde_json::{Value, json};

use super::references;
use crate::media;
use crate::model::{Encoding, Parameter, Place, Style};

/// Headers that aren't parameters, whatever a document says: other parts of it, or HTTP, say what is in them.
const NO_PARAMETERS: [&str; 7] = [
    "accept",
    "authorization",
    "content-length",
    "content-type",
    "cookie",
    "host",
    "transfer-encoding",
];

/// The parameters that the path and the operation list: of two of one name and place, the operation's.
///
/// # Errors
///
/// What can't be read of one.
pub(super) fn read(
    root: &Value,
    path: &str,
    listed: [&Value; 2],
) -> Result<Vec<Parameter>, String> {
    let mut parameters: Vec<Parameter> = Vec::new();
    for listed in listed {
        for entry in listed
            .get("parameters")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let entry = references::follow(root, entry)
                .map_err(|problem| format!("a parameter {problem}"))?;
            let Some(parameter) = parameter(entry)? else {
                continue;
            };
            let same = parameters
                .iter_mut()
                .find(|known| known.name == parameter.name && known.place == parameter.place);
            match same {
                Some(known) => *known = parameter,
                None => parameters.push(parameter),
            }
        }
    }
    add_undescribed(path, &mut parameters);
    parameters.retain(|parameter| {
        parameter.place != Place::Path || path.contains(&format!("{{{}}}", parameter.name))
    });
    Ok(parameters)
}

/// What is open in a path and has no description takes a text.
fn add_undescribed(path: &str, parameters: &mut Vec<Parameter>) {
    for part in path.split('{').skip(1) {
        let Some((name, _)) = part.split_once('}') else {
            continue;
        };
        let is_known = |known: &Parameter| known.place == Place::Path && known.name == name;
        if !parameters.iter().any(is_known) {
            parameters.push(Parameter {
                name: name.to_owned(),
                called: String::new(),
                place: Place::Path,
                is_required: true,
                schema: json!({ "type": "string" }),
                encoding: Encoding::Style {
                    style: Style::Simple,
                    explode: false,
                    allow_reserved: false,
                },
            });
        }
    }
}

/// One parameter; `None` if it is none that could be passed.
fn parameter(entry: &Value) -> Result<Option<Parameter>, String> {
    let Some(name) = entry
        .get("name")
        .and_then(Value::as_str)
        .filter(|name| !name.is_empty())
    else {
        return Err("a parameter has no `name`".to_owned());
    };
    let place = match entry.get("in").and_then(Value::as_str) {
        Some("path") => Place::Path,
        Some("query") => Place::Query,
        Some("header") => Place::Header,
        Some("cookie") => Place::Cookie,
        Some(other) => {
            return Err(format!(
                "the parameter `{name}` is in `{other}`, which isn't a place"
            ));
        }
        None => {
            return Err(format!(
                "the parameter `{name}` doesn't say with `in` where it is"
            ));
        }
    };
    if place == Place::Header && NO_PARAMETERS.contains(&name.to_ascii_lowercase().as_str()) {
        return Ok(None);
    }
    if place == Place::Header && !name.bytes().all(is_of_header_name) {
        return Err(format!(
            "the parameter `{name}` is a header, and no header has such a name"
        ));
    }
    let flag = |name: &str| entry.get(name).and_then(Value::as_bool);
    let (mut schema, encoding) = match content(entry) {
        Some((essence, schema)) if media::is_json(&essence) => (schema, Encoding::Json),
        Some((essence, _)) => {
            return Err(format!(
                "the parameter `{name}` is written as `{essence}`, which isn't JSON"
            ));
        }
        None => {
            let style = style(name, entry.get("style").and_then(Value::as_str), place)?;
            let explode = flag("explode").unwrap_or(style == Style::Form);
            let allow_reserved = place == Place::Query && flag("allowReserved") == Some(true);
            let schema = entry.get("schema").cloned().unwrap_or(Value::Bool(true));
            (
                schema,
                Encoding::Style {
                    style,
                    explode,
                    allow_reserved,
                },
            )
        }
    };
    describe(&mut schema, entry);
    Ok(Some(Parameter {
        name: name.to_owned(),
        called: String::new(),
        place,
        is_required: place == Place::Path || flag("required") == Some(true),
        schema,
        encoding,
    }))
}

fn is_of_header_name(letter: u8) -> bool {
    letter.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&letter)
}

/// The media type and the schema of a parameter that is written as one.
fn content(entry: &Value) -> Option<(String, Value)> {
    let (name, described) = entry.get("content")?.as_object()?.iter().next()?;
    let schema = described
        .get("schema")
        .cloned()
        .unwrap_or(Value::Bool(true));
    Some((media::essence(name), schema))
}

/// The style of a parameter, which its place must have.
fn style(name: &str, style: Option<&str>, place: Place) -> Result<Style, String> {
    let Some(written) = style else {
        return Ok(match place {
            Place::Path | Place::Header => Style::Simple,
            Place::Query | Place::Cookie => Style::Form,
        });
    };
    let style = match (written, place) {
        ("matrix", Place::Path) => Style::Matrix,
        ("label", Place::Path) => Style::Label,
        ("simple", Place::Path | Place::Header) => Style::Simple,
        ("form", Place::Query | Place::Cookie) => Style::Form,
        ("spaceDelimited", Place::Query) => Style::SpaceDelimited,
        ("pipeDelimited", Place::Query) => Style::PipeDelimited,
        ("deepObject", Place::Query) => Style::DeepObject,
        _ => {
            return Err(format!(
                "the parameter `{name}` has the style `{written}`, which its place doesn't have"
            ));
        }
    };
    Ok(style)
}

/// Has the schema say what is said beside it.
fn describe(schema: &mut Value, entry: &Value) {
    if *schema == Value::Bool(true) {
        *schema = json!({});
    }
    let Some(keywords) = schema.as_object_mut() else {
        return;
    };
    for name in ["description", "deprecated"] {
        if let Some(said) = entry.get(name).filter(|said| !said.is_null()) {
            keywords.insert(name.to_owned(), said.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_that_cannot_be_passed_says_why() {
        let cases = [
            (json!({ "in": "query" }), "a parameter has no `name`"),
            (
                json!({ "name": "a" }),
                "the parameter `a` doesn't say with `in` where it is",
            ),
            (
                json!({ "name": "a", "in": "body" }),
                "the parameter `a` is in `body`, which isn't a place",
            ),
            (
                json!({ "name": "a b", "in": "header" }),
                "the parameter `a b` is a header, and no header has such a name",
            ),
            (
                json!({ "name": "a", "in": "header", "style": "form" }),
                "the parameter `a` has the style `form`, which its place doesn't have",
            ),
            (
                json!({ "name": "a", "in": "query", "content": { "application/xml": {} } }),
                "the parameter `a` is written as `application/xml`, which isn't JSON",
            ),
        ];
        for (entry, expected) in cases {
            assert_eq!(parameter(&entry).unwrap_err(), expected, "{entry}");
        }
    }

    #[test]
    fn what_is_open_in_a_path_is_passed_and_what_is_not_in_it_is_not() {
        let item = json!({ "parameters": [
            { "name": "id", "in": "path", "schema": { "type": "integer" } },
            { "name": "gone", "in": "path" },
            { "name": "Authorization", "in": "header" },
            { "name": "page", "in": "query", "schema": { "type": "integer" } },
        ] });
        let own = json!({ "parameters": [{ "name": "page", "in": "query", "required": true }] });
        let parameters = read(&Value::Null, "/a/{id}/b/{name}", [&item, &own]).unwrap();
        let found: Vec<_> = parameters
            .iter()
            .map(|found| (found.name.as_str(), found.place, found.is_required))
            .collect();
        assert_eq!(
            found,
            [
                ("id", Place::Path, true),
                ("page", Place::Query, true),
                ("name", Place::Path, true)
            ]
        );
    }
}
