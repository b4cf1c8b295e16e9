//! What references lead to stays there, whatever becomes of the place where it was.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value};

use super::notes::NOTES;
use crate::document::{Document, REFERENCES, for_each_subschema, for_each_subschema_mut};
use crate::names;

/// Gives a place of its own to what references have led to and lead to no more, since it was taken out.
pub(super) fn keep(before: &Value, root: &mut Value, places: &[String]) {
    let Ok(document) = Document::new(before) else {
        return;
    };
    let mut kept: BTreeMap<String, (String, Value)> = BTreeMap::new();
    let mut taken = HashSet::new();
    let mut open: Vec<Value> = places
        .iter()
        .filter_map(|place| root.pointer(place).cloned())
        .collect();
    while let Some(schema) = open.pop() {
        for_each_reference(&schema, &mut |reference| {
            let Some((pointer, target)) = document.resolve(reference) else {
                return;
            };
            if kept.contains_key(reference) || !is_gone(root.pointer(&pointer), target) {
                return;
            }
            let name = free_name(&names::of_definition(&pointer, ""), root, &mut taken);
            kept.insert(reference.to_owned(), (name, target.clone()));
            // It may lead on to what is gone as well.
            open.push(target.clone());
        });
    }
    if kept.is_empty() {
        return;
    }
    if let Value::Object(keywords) = root {
        let definitions = keywords
            .entry("$defs")
            .or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(definitions) = definitions {
            definitions.extend(kept.values().cloned());
        }
    }
    for place in places {
        if let Some(schema) = root.pointer_mut(place) {
            redirect(schema, &kept);
        }
    }
}

/// Whether what was at a place isn't there any more, or is unknown now and wasn't.
fn is_gone(now: Option<&Value>, before: &Value) -> bool {
    match now {
        None => true,
        Some(Value::Object(keywords)) => {
            keywords.len() == 1
                && keywords.contains_key(NOTES)
                && before.as_object() != Some(keywords)
        }
        Some(_) => false,
    }
}

/// A name that no definition has. The number isn't looked for from the beginning, since there may be many of one name.
fn free_name(wanted: &str, root: &Value, taken: &mut HashSet<String>) -> String {
    let definitions = root.get("$defs");
    let is_known = |name: &str| definitions.is_some_and(|known| known.get(name).is_some());
    let numbered = (taken.len() + 2..).map(|number| format!("{wanted}{number}"));
    let mut names = std::iter::once(wanted.to_owned()).chain(numbered);
    names
        .find(|name| !is_known(name) && taken.insert(name.clone()))
        .unwrap_or_default()
}

fn for_each_reference(schema: &Value, visit: &mut impl FnMut(&str)) {
    for keyword in REFERENCES {
        if let Some(Value::String(reference)) = schema.get(keyword) {
            visit(reference);
        }
    }
    for_each_subschema(schema, |_, inner| for_each_reference(inner, visit));
}

fn redirect(schema: &mut Value, kept: &BTreeMap<String, (String, Value)>) {
    let Value::Object(keywords) = schema else {
        return;
    };
    for keyword in REFERENCES {
        if let Some(Value::String(reference)) = keywords.get_mut(keyword)
            && let Some((name, _)) = kept.get(reference)
        {
            *reference = format!("#/$defs/{name}");
        }
    }
    for_each_subschema_mut(keywords, |inner| redirect(inner, kept));
}
