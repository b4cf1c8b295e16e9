//! What contradicts itself: by the letter no value fits, and nobody who writes a schema means that.
//!
//! What one of the two must have meant is plain in most cases; where it isn't, neither counts. What a schema refers to counts
//! like what stands in it; where that has to change, the schema gets a copy of its own, and others see it as it was.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::fits::{Fits, is_of, types, values};
use super::merged::{Merged, parts, properties};
use super::notes;
use crate::document::{Document, for_each_subschema_mut};

/// Keywords that hold schemas of the same value.
const PARTS: [&str; 3] = ["allOf", "anyOf", "oneOf"];

/// How often a document is gone through: what is copied in one round is put right in the next one.
const ROUNDS: usize = 4;

/// Takes out of the schemas at some places of a document what leaves no value.
pub(super) fn take_out(root: &mut Value, places: &[String]) {
    for _ in 0..ROUNDS {
        let before = root.clone();
        let Ok(document) = Document::new(&before) else {
            return;
        };
        let merged = Merged::new(&document);
        for place in places {
            if let Some(schema) = root.pointer_mut(place) {
                within(schema, &merged);
            }
        }
        if *root == before {
            return;
        }
    }
}

fn within(schema: &mut Value, merged: &Merged<'_>) {
    let Value::Object(keywords) = schema else {
        return;
    };
    for_each_subschema_mut(keywords, |inner| within(inner, merged));
    if merged.is_only_reference(keywords) {
        return;
    }
    let mut said = Vec::new();
    prefer_values(keywords, &mut said);
    drop_parts(keywords, merged, &mut said);
    open_properties(keywords, merged);
    open_object(keywords, merged, &mut said);
    for note in said {
        notes::add(keywords, note);
    }
}

/// Values that are listed are meant: generators write one type for all of them.
fn prefer_values(keywords: &mut Map<String, Value>, said: &mut Vec<String>) {
    let (Some(values), Some(types)) = (values(keywords), types(keywords)) else {
        return;
    };
    let fits = |value: &&Value| types.iter().any(|name| is_of(value, name));
    if !values.is_empty() && !values.iter().any(fits) {
        note_and_remove(keywords, "type", said);
    }
}

/// Parts that are of several types make none.
fn drop_parts(keywords: &mut Map<String, Value>, merged: &Merged<'_>, said: &mut Vec<String>) {
    let mut known = Fits::of(keywords);
    if let Some(target) = merged.target(keywords) {
        match known.and(&merged.fits(target)) {
            Some(both) => known = both,
            None => note_and_remove(keywords, "$ref", said),
        }
    }
    let whole = parts(keywords).try_fold(known, |known, part| known.and(&merged.fits(part)));
    if whole.is_none() {
        note_and_remove(keywords, "allOf", said);
    }
}

/// A property that the parts of a schema say different things of.
fn open_properties(keywords: &mut Map<String, Value>, merged: &Merged<'_>) {
    let mut impossible = BTreeSet::new();
    {
        let all = merged.all(keywords);
        let with_some = |part: &&&Map<String, Value>| properties(part).next().is_some();
        if all.iter().filter(with_some).count() < 2 {
            return;
        }
        let mut known: BTreeMap<&str, Fits> = BTreeMap::new();
        for (name, schema) in all.iter().flat_map(|part| properties(part)) {
            let fits = merged.fits(schema);
            match known
                .get(name)
                .map_or(Some(fits.clone()), |before| before.and(&fits))
            {
                Some(both) => drop(known.insert(name, both)),
                None => drop(impossible.insert(name.to_owned())),
            }
        }
    }
    for name in &impossible {
        let has_it = |part: &Map<String, Value>| properties(part).any(|(own, _)| own == name);
        merged.change(keywords, &has_it, &mut |part| open_property(part, name));
    }
}

fn open_property(keywords: &mut Map<String, Value>, name: &str) {
    let properties = keywords.get_mut("properties");
    if let Some(schema) = properties.and_then(|properties| properties.get_mut(name)) {
        *schema = notes::unread(notes::shown(schema));
    }
}

/// An object that may have no other properties than its own, of which something else says that it has others: all of them
/// together are meant.
fn open_object(keywords: &mut Map<String, Value>, merged: &Merged<'_>, said: &mut Vec<String>) {
    let mut names = names_beside(keywords, merged);
    if has_others(keywords, &names) {
        close_no_more(keywords, said);
    }
    names.extend(properties(keywords).map(|(name, _)| name.to_owned()));
    let has_others = |part: &Map<String, Value>| is_closed(part) && has_others(part, &names);
    merged.change(keywords, &has_others, &mut |part| close_no_more(part, said));
}

/// The properties that are named beside `properties`: as required, and in other schemas of the same value.
fn names_beside(keywords: &Map<String, Value>, merged: &Merged<'_>) -> BTreeSet<String> {
    let own = std::iter::once(keywords);
    let others = merged.reached(keywords, &PARTS).split_off(1);
    let named = others.iter().flat_map(|other| properties(other));
    let mut found: BTreeSet<String> = named.map(|(name, _)| name.to_owned()).collect();
    for schema in own.chain(others.iter().copied()) {
        let required = schema.get("required").and_then(Value::as_array);
        let required = required.into_iter().flatten().filter_map(Value::as_str);
        found.extend(required.map(str::to_owned));
    }
    found
}

fn has_others(keywords: &Map<String, Value>, names: &BTreeSet<String>) -> bool {
    let own = keywords.get("properties").and_then(Value::as_object);
    let is_own = |name: &String| own.is_some_and(|own| own.contains_key(name));
    !names.iter().all(is_own)
}

fn is_closed(keywords: &Map<String, Value>) -> bool {
    keywords.get("additionalProperties") == Some(&Value::Bool(false))
        && !keywords.contains_key("patternProperties")
}

fn close_no_more(keywords: &mut Map<String, Value>, said: &mut Vec<String>) {
    if is_closed(keywords) {
        note_and_remove(keywords, "additionalProperties", said);
    }
}

fn note_and_remove(keywords: &mut Map<String, Value>, keyword: &str, said: &mut Vec<String>) {
    if let Some(value) = keywords.shift_remove(keyword) {
        said.push(format!("\"{keyword}\": {}", notes::shown(&value)));
    }
}
