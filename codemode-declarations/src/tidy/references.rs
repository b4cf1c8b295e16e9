//! References, which lead somewhere or are taken out.

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

use super::contradictions;
use super::notes;
use super::places::schema as put_right;
use super::targets;
use crate::document::{
    self, Document, Holds, REFERENCES, for_each_subschema, for_each_subschema_mut,
};

/// Puts a document right, then its references, and then what contradicts itself: only then is it plain what refers to what.
pub(super) fn tidy(root: &mut Value) {
    // A reference may lead to where no schema is looked for, such as `#/components/schemas/Page`.
    let mut places = vec![String::new()];
    let mut known: HashSet<String> = HashSet::new();
    let mut lost: HashSet<String> = HashSet::new();
    let mut next = 0;
    while let Some(place) = places.get(next) {
        next += 1;
        let Some(schema) = root.pointer_mut(place) else {
            continue;
        };
        put_right(schema, 0);
        let mut found = BTreeSet::new();
        collect(schema, &mut found);
        found.retain(|reference| known.insert(reference.clone()));
        if found.is_empty() {
            continue;
        }
        let Ok(document) = Document::new(root) else {
            continue;
        };
        for reference in found {
            match document.resolve(&reference) {
                Some((pointer, _)) => match way(root, &places, &pointer) {
                    Way::Known => {}
                    Way::Unknown => places.push(pointer),
                    Way::ToNoSchema => drop(lost.insert(reference)),
                },
                None => drop(lost.insert(reference)),
            }
        }
    }
    if !lost.is_empty() {
        for place in &places {
            if let Some(schema) = root.pointer_mut(place) {
                take_out(schema, &lost);
            }
        }
    }
    let before = root.clone();
    contradictions::take_out(root, &places);
    if *root != before {
        targets::keep(&before, root, &places);
    }
}

fn collect(schema: &Value, found: &mut BTreeSet<String>) {
    for keyword in REFERENCES {
        if let Some(Value::String(reference)) = schema.get(keyword)
            && !found.contains(reference)
        {
            found.insert(reference.clone());
        }
    }
    for_each_subschema(schema, |_, inner| collect(inner, found));
}

fn take_out(schema: &mut Value, lost: &HashSet<String>) {
    let Value::Object(keywords) = schema else {
        return;
    };
    for keyword in REFERENCES {
        if let Some(Value::String(reference)) = keywords.get(keyword)
            && lost.contains(reference)
        {
            let written = notes::shown(&keywords[keyword]);
            keywords.shift_remove(keyword);
            notes::add(keywords, format!("\"{keyword}\": {written}"));
        }
    }
    for_each_subschema_mut(keywords, |inner| take_out(inner, lost));
}

/// How a pointer leads to where it leads.
#[derive(Debug, PartialEq, Eq)]
enum Way {
    /// From schema to schema.
    Known,
    /// Through what isn't known to hold schemas.
    Unknown,
    /// To what holds schemas and is none, or into data.
    ToNoSchema,
}

/// The way from the nearest of the places where schemas are known to be.
fn way(root: &Value, places: &[String], pointer: &str) -> Way {
    let leads_on = |place: &&String| {
        let rest = pointer.strip_prefix(place.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let nearest = places
        .iter()
        .filter(leads_on)
        .max_by_key(|place| place.len());
    let (start, rest) = pointer.split_at(nearest.map_or(0, String::len));
    let Some(mut schema) = root.pointer(start) else {
        return Way::Unknown;
    };
    let mut segments = rest.split('/').skip(1);
    while let Some(keyword) = segments.next() {
        let Some(value) = schema.get(keyword) else {
            return Way::Unknown;
        };
        schema = match (document::holds(keyword), value) {
            (Some(Holds::Schema | Holds::SchemaOrList), Value::Object(_) | Value::Bool(_)) => value,
            (Some(_), holder) => {
                let Some(name) = segments.next() else {
                    return Way::ToNoSchema;
                };
                match holder.pointer(&format!("/{name}")) {
                    Some(inner) => inner,
                    None => return Way::Unknown,
                }
            }
            (None, _) if document::is_data(keyword) => return Way::ToNoSchema,
            (None, _) => return Way::Unknown,
        };
    }
    Way::Known
}
