//! The parts of a document that schemas refer to, brought along.

use std::collections::{HashMap, HashSet};

use codemode_declarations::json_schema::{self, NOTES, percent_decode};
use serde_json::{Map, Value, json};

use super::reach::Reach;
use super::walk::{PREFIX, for_each_inner, names_in};
use super::{Direction, today};
use crate::names;

/// Schemas inside of schemas, at most: what is deeper isn't changed, and is refused where it is read.
const MAX_DEPTH: usize = 128;

/// What the schemas of a document refer to.
pub(super) struct Definitions<'a> {
    root: &'a Value,
    direction: Direction,
    /// From a place in the document to the name of its definition.
    known: HashMap<String, String>,
    taken: HashSet<String>,
    /// Places whose schemas are still to be brought.
    open: Vec<(String, &'a Value)>,
}

impl<'a> Definitions<'a> {
    pub(super) fn new(root: &'a Value, direction: Direction) -> Self {
        Self {
            root,
            direction,
            known: HashMap::new(),
            taken: HashSet::new(),
            open: Vec::new(),
        }
    }

    /// The schema in today's words, with references to definitions.
    pub(super) fn complete(&mut self, schema: &Value) -> Value {
        let mut schema = schema.clone();
        self.change(&mut schema, 0);
        schema
    }

    /// The schemas, put right, each with the definitions that it needs.
    pub(super) fn finish(mut self, schemas: &[Value]) -> Vec<Value> {
        let mut definitions = Map::new();
        while let Some((name, schema)) = self.open.pop() {
            let complete = self.complete(schema);
            definitions.insert(name, complete);
        }
        // Most definitions are used by many, and are put right once.
        let mut all = json!({ "prefixItems": schemas, "$defs": definitions });
        json_schema::tidy(&mut all);
        let Some(Value::Array(schemas)) = all.get_mut("prefixItems").map(Value::take) else {
            return Vec::new();
        };
        let Some(Value::Object(mut definitions)) = all.get_mut("$defs").map(Value::take) else {
            return schemas;
        };
        let reach = Reach::of(&definitions);
        reach.shorten(&mut definitions);
        let reach = Reach::of(&definitions);
        let with_own = |mut schema: Value| {
            let needed = reach.from(names_in(&schema)).into_iter();
            let own: Map<String, Value> = needed
                .filter_map(|name| Some((name.to_owned(), definitions.get(name)?.clone())))
                .collect();
            if let (Some(keywords), false) = (schema.as_object_mut(), own.is_empty()) {
                keywords.insert("$defs".to_owned(), own.into());
            }
            schema
        };
        schemas.into_iter().map(with_own).collect()
    }

    fn change(&mut self, schema: &mut Value, depth: usize) {
        let Some(keywords) = schema.as_object_mut().filter(|_| depth < MAX_DEPTH) else {
            return;
        };
        today::keywords(keywords, self.direction);
        if let Some(Value::String(reference)) = keywords.get_mut("$ref") {
            if let Some(name) = self.definition(reference) {
                *reference = format!("{PREFIX}{name}");
            } else {
                // It must not lead to something by chance.
                let note = format!("\"$ref\": {}", Value::from(reference.as_str()));
                keywords.shift_remove("$ref");
                keywords.insert(NOTES.to_owned(), json!([note]));
            }
        }
        for_each_inner(keywords, &mut |inner| self.change(inner, depth + 1));
    }

    /// The name of the definition that a reference leads to; `None` if it leads nowhere.
    fn definition(&mut self, reference: &str) -> Option<String> {
        let pointer = percent_decode(reference.strip_prefix('#')?)?.into_owned();
        if let Some(name) = self.known.get(&pointer) {
            return Some(name.clone());
        }
        let schema = self
            .root
            .pointer(&pointer)
            .filter(|_| !pointer.is_empty())?;
        let last = pointer.rsplit('/').next().unwrap_or_default();
        // A pointer has no other characters without an escape.
        let allowed = |letter: char| letter.is_alphanumeric() || "._-".contains(letter);
        let wanted: String = last
            .chars()
            .map(|letter| if allowed(letter) { letter } else { '_' })
            .collect();
        let name = names::free(&wanted, "_", &mut self.taken);
        self.known.insert(pointer, name.clone());
        self.open.push((name.clone(), schema));
        Some(name)
    }
}
