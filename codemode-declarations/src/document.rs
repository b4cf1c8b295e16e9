//! One schema with everything inside of it that can be referred to.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::names;

/// Schemas nested deeper than this are refused: a type that deep helps nobody, and reading it would need a stack without
/// bound.
pub(super) const MAX_DEPTH: usize = 128;

/// Keywords that give a schema a name for references.
pub(super) const NAMES: [&str; 4] = ["$anchor", "$dynamicAnchor", "$id", "id"];

/// A schema, and the places in it that references can name.
#[derive(Debug)]
pub struct Document<'a> {
    /// The schema as a whole.
    pub root: &'a Value,
    /// Whether a reference's siblings count: before 2019-09 they don't.
    pub siblings_count: bool,
    /// From the text of a reference other than a pointer, such as `#name`, to the pointer of its target.
    anchors: BTreeMap<String, String>,
}

/// Why a schema can't be read at all.
#[derive(Debug, PartialEq, Eq)]
pub struct TooDeep;

impl<'a> Document<'a> {
    /// Looks for what can be referred to.
    ///
    /// # Errors
    ///
    /// If the schema is nested too deeply to be read.
    pub fn new(root: &'a Value) -> Result<Self, TooDeep> {
        let mut anchors = BTreeMap::new();
        // Few schemas have names, so the pointer of one is put together only when it has: from the steps that lead there,
        // each with the place of the one before it.
        let mut steps: Vec<(usize, Step<'a>)> = Vec::new();
        let mut open = vec![(None, root, 0)];
        while let Some((last, schema, depth)) = open.pop() {
            if depth > MAX_DEPTH {
                return Err(TooDeep);
            }
            for (keyword, name) in schema.as_object().into_iter().flatten() {
                let (Value::String(name), true) = (name, NAMES.contains(&keyword.as_str())) else {
                    continue;
                };
                let pointer = pointer(&steps, last);
                if keyword.ends_with("nchor") {
                    anchors.insert(format!("#{name}"), pointer);
                } else {
                    anchors.insert(name.trim_end_matches('#').to_owned(), pointer.clone());
                    anchors.insert(name.clone(), pointer);
                }
            }
            for_each_subschema(schema, |step, inner| {
                steps.push((last.unwrap_or(usize::MAX), step));
                open.push((Some(steps.len() - 1), inner, depth + 1));
            });
        }
        let dialect = root
            .get("$schema")
            .and_then(Value::as_str)
            .unwrap_or_default();
        Ok(Self {
            root,
            siblings_count: !["draft-03", "draft-04", "draft-06", "draft-07"]
                .iter()
                .any(|old| dialect.contains(old)),
            anchors,
        })
    }

    /// The pointer and the schema that a reference names; `None` if it names nothing in this document.
    pub fn resolve(&self, reference: &str) -> Option<(String, &'a Value)> {
        if let Some(pointer) = self.anchors.get(reference) {
            return Some((pointer.clone(), self.root.pointer(pointer)?));
        }
        let (base, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let base = if base.is_empty() {
            ""
        } else {
            self.anchors.get(base)?
        };
        let pointer = if fragment.is_empty() || fragment.starts_with('/') {
            format!("{base}{}", names::percent_decode(fragment)?)
        } else {
            self.anchors.get(&format!("#{fragment}"))?.clone()
        };
        let schema = self.root.pointer(&pointer)?;
        (schema.is_object() || schema.is_boolean()).then_some((pointer, schema))
    }
}

/// The value of a keyword.
///
/// Most schemas have few keywords, and to look through those takes less time than to hash the name of the one that is wanted.
pub(super) fn get<'a>(schema: &'a Map<String, Value>, keyword: &str) -> Option<&'a Value> {
    if schema.len() > FEW {
        return schema.get(keyword);
    }
    let mut keywords = schema.iter();
    keywords.find_map(|(known, value)| (known == keyword).then_some(value))
}

/// How many keywords can be looked through faster than one can be looked up.
const FEW: usize = 16;

/// Keywords that refer to another schema.
pub(super) const REFERENCES: [&str; 3] = ["$ref", "$dynamicRef", "$recursiveRef"];

/// Whether a keyword refers to another schema.
pub fn is_reference(keyword: &str) -> bool {
    REFERENCES.contains(&keyword)
}

/// The reference that a schema holds.
pub(super) fn reference(schema: &Value) -> Option<&str> {
    let schema = schema.as_object()?;
    REFERENCES
        .iter()
        .find_map(|keyword| get(schema, keyword)?.as_str())
}

/// The way from a schema to one directly inside of it.
#[derive(Clone, Copy, Debug)]
pub enum Step<'a> {
    /// The value of a keyword.
    Keyword(&'a str),
    /// A name in the value of a keyword.
    Name(&'a str, &'a str),
    /// A place in the list that is the value of a keyword.
    Place(&'a str, usize),
}

impl Step<'_> {
    pub(super) fn is_definition(self) -> bool {
        matches!(self, Self::Name("$defs" | "definitions", _))
    }

    fn push_to(self, pointer: &mut String) {
        let _ = match self {
            Self::Keyword(keyword) => write!(pointer, "/{keyword}"),
            Self::Name(keyword, name) => write!(pointer, "/{keyword}/{}", escaped(name)),
            Self::Place(keyword, place) => write!(pointer, "/{keyword}/{place}"),
        };
    }
}

/// The pointer that the steps up to and with the one at `last` make.
fn pointer(steps: &[(usize, Step<'_>)], last: Option<usize>) -> String {
    let before = |(before, _): &(usize, Step<'_>)| steps.get(*before).copied();
    let mut way: Vec<Step<'_>> =
        std::iter::successors(last.and_then(|last| steps.get(last).copied()), before)
            .map(|(_, step)| step)
            .collect();
    way.reverse();
    let mut pointer = String::new();
    for step in way {
        step.push_to(&mut pointer);
    }
    pointer
}

/// What the value of a keyword holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// One schema.
    Schema,
    /// A list of schemas.
    List,
    /// Either of the two.
    SchemaOrList,
    /// An object whose values are schemas.
    Named,
}

/// What the value of a keyword holds, if it is schemas.
pub fn holds(keyword: &str) -> Option<Holds> {
    match keyword {
        "$defs" | "definitions" | "dependentSchemas" | "patternProperties" | "properties" => {
            Some(Holds::Named)
        }
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => Some(Holds::List),
        "items" => Some(Holds::SchemaOrList),
        "additionalItems"
        | "additionalProperties"
        | "contains"
        | "else"
        | "if"
        | "not"
        | "propertyNames"
        | "then"
        | "unevaluatedItems"
        | "unevaluatedProperties" => Some(Holds::Schema),
        _ => None,
    }
}

/// Whether the value of a keyword is data, even where it looks like a schema.
pub(super) fn is_data(keyword: &str) -> bool {
    matches!(
        keyword,
        "const" | "default" | "enum" | "example" | "examples"
    )
}

/// Calls `visit` with each of the schemas directly inside a schema, and not with what is data.
pub fn for_each_subschema<'a>(schema: &'a Value, mut visit: impl FnMut(Step<'a>, &'a Value)) {
    for (keyword, value) in schema.as_object().into_iter().flatten() {
        let keyword = keyword.as_str();
        match (holds(keyword), value) {
            (Some(Holds::Named), Value::Object(named)) => {
                for (name, inner) in named {
                    visit(Step::Name(keyword, name), inner);
                }
            }
            (Some(Holds::List | Holds::SchemaOrList), Value::Array(places)) => {
                for (place, inner) in places.iter().enumerate() {
                    visit(Step::Place(keyword, place), inner);
                }
            }
            (Some(Holds::Schema | Holds::SchemaOrList), inner) => {
                visit(Step::Keyword(keyword), inner);
            }
            _ => {}
        }
    }
}

/// The same with schemas that can be changed.
pub(super) fn for_each_subschema_mut(
    keywords: &mut Map<String, Value>,
    mut visit: impl FnMut(&mut Value),
) {
    for (keyword, value) in keywords {
        match (holds(keyword), value) {
            (Some(Holds::Named), Value::Object(named)) => named.values_mut().for_each(&mut visit),
            (Some(Holds::List | Holds::SchemaOrList), Value::Array(places)) => {
                places.iter_mut().for_each(&mut visit);
            }
            (Some(Holds::Schema | Holds::SchemaOrList), inner) => visit(inner),
            _ => {}
        }
    }
}

/// A name as a segment of a JSON pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// A schema of arrays inside of arrays.
#[cfg(test)]
pub(super) fn nested(depth: usize) -> Value {
    (0..depth).fold(Value::Bool(true), |inner, _| {
        Value::Object(std::iter::once(("items".to_owned(), inner)).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn references_of_every_kind_are_found() {
        let root = json!({
            "$id": "https://example.org/root.json",
            "properties": { "a b": { "type": "string" }, "c/d": true },
            "$defs": {
                "A": { "$anchor": "name" },
                "B": { "$id": "b.json", "$defs": { "C": false } },
            },
        });
        let document = Document::new(&root).unwrap();
        let cases = [
            ("#", Some("")),
            ("#/properties/a%20b", Some("/properties/a b")),
            ("#/properties/c~1d", Some("/properties/c~1d")),
            ("#name", Some("/$defs/A")),
            ("https://example.org/root.json#/$defs/A", Some("/$defs/A")),
            ("b.json", Some("/$defs/B")),
            ("b.json#/$defs/C", Some("/$defs/B/$defs/C")),
            ("#/$defs/Gone", None),
            ("https://example.org/other.json", None),
            ("#/properties", Some("/properties")),
            ("#gone", None),
        ];
        for (reference, expected) in cases {
            let found = document.resolve(reference).map(|(pointer, _)| pointer);
            assert_eq!(found.as_deref(), expected, "{reference}");
        }
    }

    #[test]
    fn a_schema_without_bottom_is_refused_without_a_crash() {
        // The schema itself needs the room when it is dropped.
        let work = || assert_eq!(Document::new(&nested(10_000)).unwrap_err(), TooDeep);
        let thread = std::thread::Builder::new().stack_size(64 << 20).spawn(work);
        thread.unwrap().join().unwrap();
    }
}
