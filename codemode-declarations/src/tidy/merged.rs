//! Schemas of one value, wherever they stand.

use std::cell::Cell;
use std::ptr;

use serde_json::{Map, Value};

use super::fits::Fits;
use super::notes::NOTES;
use crate::document::{Document, NAMES};

/// How many schemas and properties are looked at for the sake of others, in a document. Who needs more means no good.
const BUDGET: usize = 250_000;

/// More schemas of one value than this aren't looked at.
const MANY: usize = 64;

/// How far into parts of parts a schema is changed.
const MAX_DEPTH: usize = 8;

/// Keywords that say nothing of values.
const OF_NO_VALUE: [&str; 5] = [NOTES, "$defs", "definitions", "description", "title"];

/// The schemas of a document with what they refer to.
pub(super) struct Merged<'a> {
    document: &'a Document<'a>,
    budget: Cell<usize>,
}

impl<'a> Merged<'a> {
    pub(super) fn new(document: &'a Document<'a>) -> Self {
        Self {
            document,
            budget: Cell::new(BUDGET),
        }
    }

    /// Whether a schema says nothing of values but where to look.
    pub(super) fn is_only_reference(&self, keywords: &Map<String, Value>) -> bool {
        !self.document.siblings_count && keywords.contains_key("$ref")
    }

    /// What a schema refers to.
    pub(super) fn target(&self, keywords: &Map<String, Value>) -> Option<&'a Map<String, Value>> {
        let reference = keywords.get("$ref")?.as_str()?;
        self.document.resolve(reference)?.1.as_object()
    }

    /// What fits a schema with its parts. If nothing does, that is a matter of its own, and anything may.
    pub(super) fn fits(&self, keywords: &Map<String, Value>) -> Fits {
        let all = self.all(keywords);
        let mut all = all.into_iter().map(Fits::of);
        let whole = all.try_fold(Fits::default(), |known, next| known.and(&next));
        whole.unwrap_or_default()
    }

    /// A schema, and all others that hold for the same value.
    pub(super) fn all<'v>(&self, keywords: &'v Map<String, Value>) -> Vec<&'v Map<String, Value>>
    where
        'a: 'v,
    {
        self.reached(keywords, &["allOf"])
    }

    /// A schema, and those that are reached from it by references and these keywords.
    pub(super) fn reached<'v>(
        &self,
        keywords: &'v Map<String, Value>,
        by: &[&str],
    ) -> Vec<&'v Map<String, Value>>
    where
        'a: 'v,
    {
        let mut found: Vec<&Map<String, Value>> = Vec::new();
        let mut open = vec![keywords];
        while let Some(next) = open.pop() {
            if found.iter().any(|known| ptr::eq(*known, next)) {
                continue;
            }
            if !found.is_empty() {
                let named = next.get("properties").and_then(Value::as_object);
                let cost = 1 + named.map_or(0, Map::len);
                let Some(left) = self.budget.get().checked_sub(cost) else {
                    break;
                };
                self.budget.set(left);
            }
            found.push(next);
            if found.len() == MANY {
                break;
            }
            open.extend(self.target(next));
            if !self.is_only_reference(next) {
                open.extend(by.iter().flat_map(|keyword| listed(next, keyword)));
            }
        }
        found
    }

    /// Changes those schemas of one value that want it. One that others refer to as well is copied for it.
    pub(super) fn change(
        &self,
        keywords: &mut Map<String, Value>,
        wants: &dyn Fn(&Map<String, Value>) -> bool,
        change: &mut dyn FnMut(&mut Map<String, Value>),
    ) {
        self.change_in(keywords, wants, change, 0);
    }

    fn change_in(
        &self,
        keywords: &mut Map<String, Value>,
        wants: &dyn Fn(&Map<String, Value>) -> bool,
        change: &mut dyn FnMut(&mut Map<String, Value>),
        depth: usize,
    ) {
        if depth == MAX_DEPTH {
            return;
        }
        if wants(keywords) {
            change(keywords);
        }
        if let Some(target) = self.target(keywords)
            && self.all(target).into_iter().any(wants)
        {
            self.copy(target, keywords);
        }
        if let Some(Value::Array(parts)) = keywords.get_mut("allOf") {
            for part in parts.iter_mut().filter_map(Value::as_object_mut) {
                self.change_in(part, wants, change, depth + 1);
            }
        }
    }

    /// Puts a copy of what a schema refers to in the place of the reference.
    fn copy(&self, target: &Map<String, Value>, keywords: &mut Map<String, Value>) {
        let mut copy = target.clone();
        // There is one schema of a name, and that is the other one.
        copy.retain(|keyword, _| {
            !NAMES.contains(&keyword.as_str())
                && !matches!(keyword.as_str(), "$defs" | "$schema" | "definitions")
        });
        if self.is_only_reference(keywords) {
            // What stands beside the reference has said nothing, and says nothing from now on.
            keywords.retain(|keyword, _| OF_NO_VALUE.contains(&keyword.as_str()));
        }
        keywords.shift_remove("$ref");
        let all = keywords
            .entry("allOf")
            .or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(all) = all {
            all.push(copy.into());
        }
    }
}

/// The parts of a schema, all of which hold.
pub(super) fn parts(keywords: &Map<String, Value>) -> impl Iterator<Item = &Map<String, Value>> {
    listed(keywords, "allOf")
}

fn listed<'v>(
    keywords: &'v Map<String, Value>,
    keyword: &str,
) -> impl Iterator<Item = &'v Map<String, Value>> + use<'v> {
    let all = keywords.get(keyword).and_then(Value::as_array);
    all.into_iter().flatten().filter_map(Value::as_object)
}

/// The properties that a schema names, each with its schema.
pub(super) fn properties(
    keywords: &Map<String, Value>,
) -> impl Iterator<Item = (&str, &Map<String, Value>)> {
    let named = keywords.get("properties").and_then(Value::as_object);
    let named = named.into_iter().flatten();
    named.filter_map(|(name, schema)| Some((name.as_str(), schema.as_object()?)))
}
