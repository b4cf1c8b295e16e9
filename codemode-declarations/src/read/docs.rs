//! What goes into a doc comment.

use serde_json::{Map, Value};

use crate::document::get;
use crate::exact::TYPE_KEYWORD;
use crate::model::Docs;
use crate::tidy;

/// Keywords that narrow a value further than a type does; each becomes a tag.
const CONSTRAINTS: &[&str] = &[
    "contentEncoding",
    "contentMediaType",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "uniqueItems",
];

/// The tag of what a schema says that can't be read.
const NOTE: &str = "schema";

/// The greatest integer that a script can tell from its neighbours: no script can pass a greater one, whatever is allowed.
const MAX_SAFE: u64 = (1 << 53) - 1;

/// What a schema says beyond the type: its description, and as tags what TypeScript has no type for. `for_writer` is
/// whether the reader of the docs is to write such a value: who reads one can do without the bounds that a number has
/// because of its width in Rust.
pub(crate) fn docs(schema: &Map<String, Value>, for_writer: bool) -> Docs {
    let mut tags = Vec::new();
    if let Some(default) = get(schema, "default").filter(|default| !default.is_null()) {
        tags.push(("default".to_owned(), default.to_string()));
    }
    constraints(schema, "", for_writer, &mut tags);
    for example in get(schema, "examples")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        tags.push(("example".to_owned(), example.to_string()));
    }
    if get(schema, "deprecated") == Some(&Value::Bool(true)) {
        tags.push(("deprecated".to_owned(), String::new()));
    }
    Docs {
        text: text(schema),
        tags,
    }
}

fn text(schema: &Map<String, Value>) -> String {
    let text = |keyword: &str| get(schema, keyword).and_then(Value::as_str);
    match (text("title"), text("description")) {
        // schemars takes a first line `# …` of a doc comment for a title; a single word only repeats a name.
        (Some(title), Some(description))
            if title.contains(' ') && !description.starts_with(title) =>
        {
            format!("{title}\n\n{description}")
        }
        (_, Some(description)) => description.trim().to_owned(),
        _ => String::new(),
    }
}

/// The tags of a schema and of the schemas inside that have no place for docs of their own. `path` leads to those.
fn constraints(
    schema: &Map<String, Value>,
    path: &str,
    for_writer: bool,
    tags: &mut Vec<(String, String)>,
) {
    // The type that was opted into says it all.
    if get(schema, TYPE_KEYWORD).is_some() {
        return;
    }
    notes(schema, path, tags);
    let mut add = |tag: &str, value: String| {
        let tag = (format!("{path}{tag}"), value);
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    };
    let format = get(schema, "format").and_then(Value::as_str);
    let width = format.filter(|format| is_width(format));
    match format {
        Some(format) if width.is_none() || for_writer && !is_float(format) => {
            add("format", format.to_owned());
        }
        None if for_writer && is_integer(schema) => add("format", "integer".to_owned()),
        _ => {}
    }
    for keyword in CONSTRAINTS {
        let Some(value) = get(schema, keyword) else {
            continue;
        };
        let said_by_type = match *keyword {
            "minimum" | "maximum" => {
                width.is_some_and(|width| is_bound_of(width, keyword, value))
                    || is_integer(schema) && value.as_i64().map(i64::unsigned_abs) == Some(MAX_SAFE)
            }
            "minItems" => {
                value == 0
                    || get(schema, "maxItems") == Some(value) && value.as_u64() <= Some(8)
                    || get(schema, "prefixItems").is_some()
            }
            "maxItems" => {
                get(schema, "minItems") == Some(value) && value.as_u64() <= Some(8)
                    || get(schema, "prefixItems").is_some()
            }
            "uniqueItems" => value == &Value::Bool(false),
            _ => false,
        };
        if !said_by_type {
            add(
                keyword,
                value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned),
            );
        }
    }
    if let Some(excluded) = get(schema, "not").and_then(|not| not.get("const")) {
        add("not", excluded.to_string());
    }
    for pattern in key_patterns(schema) {
        add("keys.pattern", pattern.to_owned());
    }
    for (step, inner) in inside(schema) {
        // Objects have docs of their own at each property.
        if inner.contains_key("properties") {
            notes(inner, &format!("{path}{step}"), tags);
        } else {
            constraints(inner, &format!("{path}{step}"), for_writer, tags);
        }
    }
    for keyword in ["allOf", "anyOf"] {
        for inner in members(schema, keyword) {
            if !inner.contains_key("properties") && !inner.contains_key("description") {
                constraints(inner, path, for_writer, tags);
            }
        }
    }
}

/// What couldn't be read of a schema and of those that are merged with it, whatever becomes of their docs.
fn notes(schema: &Map<String, Value>, path: &str, tags: &mut Vec<(String, String)>) {
    for note in tidy::notes(schema) {
        let tag = (format!("{path}{NOTE}"), note.to_owned());
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    for keyword in ["allOf", "anyOf", "oneOf"] {
        for inner in members(schema, keyword) {
            notes(inner, path, tags);
        }
    }
    for keyword in ["then", "else"] {
        if let Some(inner) = get(schema, keyword).and_then(Value::as_object) {
            notes(inner, path, tags);
        }
    }
}

fn members<'a>(
    schema: &'a Map<String, Value>,
    keyword: &str,
) -> impl Iterator<Item = &'a Map<String, Value>> {
    let all = get(schema, keyword).and_then(Value::as_array);
    all.into_iter().flatten().filter_map(Value::as_object)
}

/// Whether a tag says what couldn't be read.
pub(crate) fn is_note((tag, _): &(String, String)) -> bool {
    tag.rsplit('.').next() == Some(NOTE)
}

/// The patterns that the keys of a map must match; none where other keys may be there, too.
fn key_patterns(schema: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let closed = get(schema, "additionalProperties") == Some(&Value::Bool(false));
    let patterns = get(schema, "patternProperties").filter(|_| closed);
    let of_values = patterns.and_then(Value::as_object).into_iter().flatten();
    let names = get(schema, "propertyNames");
    let of_names = names.and_then(|names| names.get("pattern")?.as_str());
    of_values
        .map(|(pattern, _)| pattern.as_str())
        .chain(of_names)
}

/// The schemas of what an array or a map holds, each with the way to it.
fn inside(schema: &Map<String, Value>) -> Vec<(String, &Map<String, Value>)> {
    let mut found = Vec::new();
    let places = ["prefixItems", "items"]
        .iter()
        .find_map(|keyword| get(schema, keyword)?.as_array());
    for (position, place) in places.into_iter().flatten().enumerate() {
        found.push((format!("items.{position}."), place));
    }
    for (keyword, step) in [("items", "items."), ("additionalProperties", "values.")] {
        found.extend(get(schema, keyword).map(|inner| (step.to_owned(), inner)));
    }
    for inner in get(schema, "patternProperties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        found.push(("values.".to_owned(), inner.1));
    }
    found
        .into_iter()
        .filter_map(|(step, inner)| Some((step, inner.as_object()?)))
        .collect()
}

fn is_integer(schema: &Map<String, Value>) -> bool {
    match get(schema, "type") {
        Some(Value::String(name)) => name == "integer",
        Some(Value::Array(names)) => names.iter().any(|name| name == "integer"),
        _ => false,
    }
}

/// Whether a format is a width of a number in Rust, as schemars writes it.
fn is_width(format: &str) -> bool {
    let digits = format.trim_start_matches('u').strip_prefix("int");
    is_float(format)
        || digits.is_some_and(|digits| digits.chars().all(|digit| digit.is_ascii_digit()))
}

fn is_float(format: &str) -> bool {
    matches!(format, "double" | "float")
}

/// Whether a bound is that of the width, which the format says already.
fn is_bound_of(width: &str, keyword: &str, value: &Value) -> bool {
    let bounds = match width {
        "uint8" => (0, i64::from(u8::MAX)),
        "uint16" => (0, i64::from(u16::MAX)),
        "uint32" => (0, i64::from(u32::MAX)),
        "int8" => (i64::from(i8::MIN), i64::from(i8::MAX)),
        "int16" => (i64::from(i16::MIN), i64::from(i16::MAX)),
        "int32" => (i64::from(i32::MIN), i64::from(i32::MAX)),
        _ if width.starts_with('u') => (0, i64::MAX),
        _ => return false,
    };
    value.as_i64()
        == Some(if keyword == "minimum" {
            bounds.0
        } else {
            bounds.1
        })
}
