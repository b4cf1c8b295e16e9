//! What was written where a schema couldn't be read.

use std::collections::HashSet;
use std::fmt;

use serde_json::{Map, Value};

use crate::document::{MAX_DEPTH, Step, for_each_subschema};
use crate::function::FunctionSchema;
use crate::names;

/// The keyword that holds the notes of a schema: a list of texts.
pub const NOTES: &str = "x-codemode-notes";

/// Longer ones are cut: a reader wants to see what kind of thing it was.
const MAX_SHOWN: usize = 60;

/// More places than this are only counted.
const MAX_PLACES: usize = 8;

/// What was written, for a note.
pub(super) fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// A schema that says nothing, in the place of one that couldn't be read.
pub(super) fn unread(what: String) -> Value {
    let mut keywords = Map::new();
    add(&mut keywords, what);
    keywords.into()
}

/// Languages that have one kind of table write an empty one as a list.
pub(super) fn is_empty_list(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty)
}

/// Adds a note to a schema.
pub(super) fn add(keywords: &mut Map<String, Value>, note: String) {
    let all = keywords
        .entry(NOTES)
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(all) = all {
        all.push(note.into());
    }
}

/// The notes of a schema.
pub fn notes(keywords: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let all = keywords.get(NOTES).and_then(Value::as_array);
    all.into_iter().flatten().filter_map(Value::as_str)
}

/// The first note in a value of any kind: who has read the text may have left something away.
pub(super) fn first_within(value: &Value) -> Option<&str> {
    match value {
        Value::Object(fields) => notes(fields)
            .next()
            .or_else(|| fields.values().find_map(first_within)),
        Value::Array(values) => values.iter().find_map(first_within),
        _ => None,
    }
}

/// The places of a function's schemas that couldn't be read, and are declared as wide as needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaNotes {
    /// What its source calls the function, such as `tool`.
    pub kind: &'static str,
    /// `namespace.name` of the function.
    pub tool: String,
    /// Each place, such as `input.filters[].since`, with what is written there.
    pub places: Vec<(String, String)>,
}

impl fmt::Display for SchemaNotes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "the schemas of the {} `{}` can't be read everywhere, and what can't is declared as wide as needed: ",
            self.kind, self.tool
        )?;
        for (position, (place, written)) in self.places.iter().take(MAX_PLACES).enumerate() {
            let separator = if position == 0 { "" } else { ", " };
            write!(formatter, "{separator}`{place}` says `{written}`")?;
        }
        match self.places.len().saturating_sub(MAX_PLACES) {
            0 => Ok(()),
            more => write!(formatter, " and {more} more"),
        }
    }
}

/// What couldn't be read of a function's schemas, if there is anything.
pub fn notes_of<'a>(function: impl Into<FunctionSchema<'a>>) -> Option<SchemaNotes> {
    let tool = function.into();
    let mut places = Vec::new();
    if let Some(input) = tool.input {
        collect(input, "input", 0, &mut places);
    }
    collect(tool.output, "output", 0, &mut places);
    let mut known = HashSet::new();
    places.retain(|place| known.insert(place.clone()));
    (!places.is_empty()).then(|| SchemaNotes {
        kind: tool.source.kind,
        tool: tool.path(),
        places,
    })
}

fn collect(schema: &Value, place: &str, depth: usize, found: &mut Vec<(String, String)>) {
    let Value::Object(keywords) = schema else {
        return;
    };
    found.extend(notes(keywords).map(|note| (place.to_owned(), note.to_owned())));
    if depth == MAX_DEPTH {
        return;
    }
    for_each_subschema(schema, |step, inner| {
        let place = match step {
            Step::Name("properties", name) => format!("{place}.{name}"),
            Step::Name("patternProperties", _) | Step::Keyword("additionalProperties") => {
                format!("{place}[key]")
            }
            Step::Name(_, name) => names::type_name(name),
            Step::Keyword("items" | "additionalItems")
            | Step::Place("items" | "prefixItems", _) => format!("{place}[]"),
            Step::Keyword(_) | Step::Place(..) => place.to_owned(),
        };
        collect(inner, &place, depth + 1, found);
    });
}
