//! What scripts call the operations of a service: as a person would, by their tags and ids.
//!
//! A name is made of what the document says of the operation itself, so that it stays when others come. Only where two come to one
//! name, that of one of them is longer: which one is decided by the operations' places, not by their order.

mod candidates;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::model::Method;

/// What a document says of an operation that names can be made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// Its id.
    pub(crate) id: Option<String>,
    /// The first of its tags.
    pub(crate) tag: Option<String>,
    /// Its method.
    pub(crate) method: Option<Method>,
    /// Its path.
    pub(crate) path: String,
}

/// A namespace and a name in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Called {
    pub(crate) namespace: String,
    pub(crate) name: String,
}

/// The place of an operation in its document, and that among all.
type Member<'a> = (&'a str, Option<Method>, usize);

/// What each operation is called, all in `only` if there is such a namespace.
pub(crate) fn all(operations: &[Said], only: Option<&str>) -> Vec<Called> {
    let mut groups: BTreeMap<String, BTreeSet<Member<'_>>> = BTreeMap::new();
    let namespaces: Vec<String> = operations
        .iter()
        .map(|said| only.map_or_else(|| candidates::namespace(said), candidates::namespace_of))
        .collect();
    for (position, (said, namespace)) in operations.iter().zip(&namespaces).enumerate() {
        let group = groups.entry(namespace.clone()).or_default();
        group.insert((said.path.as_str(), said.method, position));
    }
    let mut names = vec![String::new(); operations.len()];
    for group in groups.values() {
        let members: Vec<usize> = group.iter().map(|(_, _, position)| *position).collect();
        for (position, name) in members
            .iter()
            .zip(distinct(operations, &members, only.is_some()))
        {
            if let Some(place) = names.get_mut(*position) {
                *place = name;
            }
        }
    }
    namespaces
        .into_iter()
        .zip(names)
        .map(|(namespace, name)| Called { namespace, name })
        .collect()
}

/// The names of a namespace's operations: of each the shortest that no other one has.
fn distinct(operations: &[Said], members: &[usize], with_tag: bool) -> Vec<String> {
    let candidates: Vec<Vec<String>> = members
        .iter()
        .filter_map(|position| operations.get(*position))
        .map(|said| candidates::names(said, with_tag))
        .collect();
    let mut names: Vec<Option<String>> = vec![None; candidates.len()];
    let mut taken: HashSet<String> = HashSet::new();
    let rounds = candidates.iter().map(Vec::len).max().unwrap_or_default();
    for round in 0..rounds {
        for (candidates, name) in candidates.iter().zip(&mut names) {
            if name.is_none()
                && let Some(candidate) = candidates.get(round)
                && taken.insert(candidate.clone())
            {
                *name = Some(candidate.clone());
            }
        }
    }
    // Two operations have one path only if it differs in what isn't part of a word.
    names
        .into_iter()
        .zip(&candidates)
        .map(|(name, candidates)| name.unwrap_or_else(|| numbered(candidates, &mut taken)))
        .collect()
}

fn numbered(candidates: &[String], taken: &mut HashSet<String>) -> String {
    let stem = candidates.last().map(String::as_str).unwrap_or_default();
    let mut number = 2_u64;
    loop {
        let name = format!("{stem}_{number}");
        if taken.insert(name.clone()) {
            return name;
        }
        number += 1;
    }
}

/// A name that isn't among those that are taken, which it then is: `wanted`, or with something behind it.
pub(crate) fn free(wanted: &str, behind: &str, taken: &mut HashSet<String>) -> String {
    let mut name = wanted.to_owned();
    while !taken.insert(name.clone()) {
        name.push_str(behind);
    }
    name
}

#[cfg(test)]
mod tests;
