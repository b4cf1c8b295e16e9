//! The names that an operation could have, the best one first.

use codemode_declarations::script_names;

use super::{Said, words};
use crate::model::Method;

/// Words of ids that say how a service is written, and nothing of what it does.
const OF_FRAMEWORKS: [&str; 4] = ["controller", "resource", "api", "handler"];

/// The namespace of an operation: its tag, or else the first part of its path that says something.
pub(super) fn namespace(said: &Said) -> String {
    let tag = said.tag.as_deref().filter(|tag| !words::of(tag).is_empty());
    namespace_of(tag.or_else(|| subject(&said.path)).unwrap_or("root"))
}

/// A namespace of this name.
pub(super) fn namespace_of(name: &str) -> String {
    script_names::namespace(words::camel_case(&words::of(name)))
}

/// The first part of a path that is neither a version nor open.
fn subject(path: &str) -> Option<&str> {
    segments(path).find(|segment| {
        let is_version = segment
            .strip_prefix('v')
            .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()));
        !is_version
            && !segment.contains('{')
            && !matches!(*segment, "api" | "apis" | "rest")
            && !words::of(segment).is_empty()
    })
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

/// The names of an operation. With `with_tag` all operations share a namespace, and the tag is part of the name.
pub(super) fn names(said: &Said, with_tag: bool) -> Vec<String> {
    let tag = said.tag.as_deref().map(words::of).unwrap_or_default();
    let of_path = subject(&said.path).map(words::of).unwrap_or_default();
    let by_path = by_path(said);
    let mut all = Vec::new();
    let id = said
        .id
        .as_deref()
        .map(|id| words::of(without_route(id, said)));
    if let Some(id) = id.filter(|id| !id.is_empty()) {
        let begins_with_tag = id
            .get(..tag.len())
            .is_some_and(|start| words::are_same(start, &tag));
        if !with_tag {
            all.push(without(&id, if tag.is_empty() { &of_path } else { &tag }));
        } else if !begins_with_tag {
            all.push([tag.as_slice(), &id].concat());
        }
        all.push(id.clone());
        all.push([id.as_slice(), &by_path].concat());
    } else {
        if !with_tag {
            all.push(without(&by_path, &words::of(&namespace(said))));
        }
        all.push(by_path);
    }
    let mut names: Vec<String> = Vec::new();
    for words in all {
        let name = script_names::function(words::camel_case(&words));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// An id without the path and the method behind it, as FastAPI writes them: `read_item_items__item_id__get`.
fn without_route<'a>(id: &'a str, said: &Said) -> &'a str {
    let Some(method) = said.method else {
        return id;
    };
    let route: String = said
        .path
        .chars()
        .map(|letter| {
            if letter.is_alphanumeric() {
                letter
            } else {
                '_'
            }
        })
        .collect();
    let end = format!("{route}_{}", method.as_str().to_lowercase());
    id.strip_suffix(end.as_str())
        .filter(|rest| !rest.is_empty())
        .unwrap_or(id)
}

/// The words of an id without those of its tag, which are the namespace: at its start, or, if they can't be there by chance,
/// anywhere.
fn without(id: &[String], tag: &[String]) -> Vec<String> {
    if tag.is_empty() || id.len() <= tag.len() {
        return id.to_vec();
    }
    let last = if tag.len() > 1 {
        id.len() - tag.len()
    } else {
        1
    };
    let place = (0..=last.min(id.len() - tag.len())).find(|start| {
        id.get(*start..start + tag.len())
            .is_some_and(|part| words::are_same(part, tag))
    });
    let Some(start) = place else {
        return id.to_vec();
    };
    let is_of_framework = |word: &String| OF_FRAMEWORKS.contains(&word.to_lowercase().as_str());
    let before = id.iter().take(start);
    let behind = id.iter().skip(start + tag.len());
    let rest: Vec<String> = before
        .chain(behind.skip_while(|word| start == 0 && is_of_framework(word)))
        .cloned()
        .collect();
    if rest.is_empty() { id.to_vec() } else { rest }
}

/// The method and the path in words: `getPetsById` of `GET /pets/{id}`.
fn by_path(said: &Said) -> Vec<String> {
    let mut all = vec![said.method.map_or("call", Method::as_str).to_lowercase()];
    let mut is_open = false;
    for segment in segments(&said.path) {
        let open = segment
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'));
        if open.is_some() {
            all.push(if is_open { "and" } else { "by" }.to_owned());
        }
        all.extend(words::of(open.unwrap_or(segment)));
        is_open = open.is_some();
    }
    all
}
