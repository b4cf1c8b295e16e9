//! Queries that are names: a look-up, which needs no ranking.

use std::collections::BTreeSet;

use crate::tool::info::ToolInfo;

/// Of more names in one query, the others are left out.
const MAX_PATHS: usize = 24;

/// The tools that a query names, by their places.
pub(super) enum Named {
    /// Nothing else is meant: paths such as `ns.name`, or a namespace, which stands for all that is in it.
    Only(Vec<usize>),
    /// Names of functions, which may be plain words too.
    First(Vec<usize>),
    Nothing,
}

/// Those from `own` on aren't the host's, and have plain words for names, which name nothing alone. Capitals and what
/// stands between words don't matter: `list_issues` and `List issues` name `listIssues`.
pub(super) fn named(tools: &[&ToolInfo], own: usize, query: &str) -> Named {
    let query = query
        .trim()
        .trim_end_matches("()")
        .trim_matches(['`', '"', '.']);
    if letters(query).next().is_none() {
        return Named::Nothing;
    }
    let places = |is_meant: &dyn Fn(&ToolInfo) -> bool| -> Vec<usize> {
        let places = tools.iter().enumerate().filter(|(_, tool)| is_meant(tool));
        places.map(|(place, _)| place).collect()
    };
    let of_path = |path: &str| {
        let (namespace, name) = path.split_once('.')?;
        let found = places(&|tool| same(&tool.namespace, namespace) && same(&tool.name, name));
        (!found.is_empty()).then_some(found)
    };
    let paths = query
        .split([',', ' ', '\n'])
        .filter(|path| !path.is_empty());
    if let Some(found) = paths
        .take(MAX_PATHS)
        .map(of_path)
        .collect::<Option<Vec<_>>>()
    {
        let mut seen = BTreeSet::new();
        let found = found
            .concat()
            .into_iter()
            .filter(|place| seen.insert(*place));
        return Named::Only(found.collect());
    }
    let of_namespace = places(&|tool| same(&tool.namespace, query));
    if !of_namespace.is_empty() {
        return Named::Only(of_namespace);
    }
    let mut of_name = places(&|tool| same(&tool.name, query));
    of_name.retain(|place| *place < own);
    if of_name.is_empty() {
        Named::Nothing
    } else {
        Named::First(of_name)
    }
}

fn same(name: &str, asked: &str) -> bool {
    letters(name).eq(letters(asked))
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .filter(|letter| letter.is_alphanumeric() || *letter == '$')
        .flat_map(char::to_lowercase)
}
