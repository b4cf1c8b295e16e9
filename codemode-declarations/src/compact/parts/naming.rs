//! What parts of objects are called.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::groups::{Found, Group};
use crate::model::Namespace;
use crate::names;
use crate::roles;

/// Words with which most servers begin the names of functions: they say nothing of what functions have in common.
const COMMON: &[&str] = &[
    "add", "create", "delete", "get", "list", "patch", "post", "put", "remove", "retrieve", "set",
    "update",
];

/// A name that is made of more properties than this would be no shorter than they are.
const FEW: usize = 2;

/// The names of functions in a namespace, as words.
pub(super) struct Naming {
    /// Words that more than half of the functions have.
    usual: HashSet<String>,
}

impl Naming {
    pub(super) fn new(namespace: &Namespace) -> Self {
        let mut uses: HashMap<String, usize> = HashMap::new();
        for function in &namespace.functions {
            let words: BTreeSet<String> = words(&function.name).into_iter().collect();
            for word in words {
                *uses.entry(word).or_default() += 1;
            }
        }
        let many = namespace.functions.len() / 2;
        let usual = uses.into_iter().filter(|(_, uses)| *uses > many);
        Self {
            usual: usual.map(|(word, _)| word).collect(),
        }
    }

    /// What a part is called, the best name first. `whole` are the objects that have nothing else, and `is_more` is whether it
    /// has other parts in it.
    pub(super) fn names(
        &self,
        group: &Group,
        whole: &[&Found],
        objects: &[&Found],
        is_more: bool,
    ) -> Vec<String> {
        let mut wanted: Vec<String> = Vec::new();
        // What all of its objects are, or else what those are that are nothing but it.
        let said = |objects: &[&Found]| -> Vec<[String; 2]> {
            let names = objects.iter().filter_map(|object| object.names.clone());
            names.collect()
        };
        let all = said(objects);
        let is_one = all.len() == objects.len() && all.iter().all(|names| names[0] == all[0][0]);
        let best = if is_one { all } else { said(whole) };
        let best = best
            .into_iter()
            .min_by_key(|names| (names[0].len(), names.clone()));
        wanted.extend(best.into_iter().flatten());
        let fields = fields(group);
        let shared = self.shared_words(objects);
        if let Some(words) = &shared
            && (is_more || group.members.len() > FEW)
        {
            wanted.push(format!("{words} Input"));
        }
        let first = objects.iter().find_map(|object| object.taken_by.as_deref());
        let before = shared.or_else(|| first.map(roles::about));
        wanted.push(fields.clone());
        let behind = if is_more { "Input" } else { &fields };
        wanted.extend(before.map(|before| format!("{before} {behind}")));
        wanted.iter().map(|name| names::type_name(name)).collect()
    }

    /// The words that all functions have which take the objects.
    fn shared_words(&self, objects: &[&Found]) -> Option<String> {
        let functions: Option<Vec<Vec<String>>> = objects
            .iter()
            .map(|object| object.taken_by.as_deref().map(words))
            .collect();
        let functions = functions?;
        let (first, others) = functions.split_first()?;
        let is_shared = |word: &&String| {
            others.iter().all(|other| other.contains(word))
                && !self.usual.contains(*word)
                && !COMMON.contains(&word.as_str())
        };
        let shared: Vec<String> = first.iter().filter(is_shared).cloned().collect();
        (!shared.is_empty()).then(|| shared.join(" "))
    }
}

/// What a part has itself, as far as a name has room for it.
fn fields(group: &Group) -> String {
    let names = group
        .members
        .iter()
        .map(|(_, property)| property.name.replace('_', " "));
    let names: Vec<String> = names.collect();
    match names.as_slice() {
        few if few.len() <= FEW => few.join(" "),
        more => format!("{} etc", more[0]),
    }
}

fn words(function: &str) -> Vec<String> {
    let words = roles::words(function).into_iter();
    words.map(str::to_lowercase).collect()
}
