//! Which tools a query means.

mod deprecated;
mod exact;
mod index;
mod synonyms;

use self::exact::{Named, named};
pub(super) use self::index::Index;
use crate::tool::info::ToolInfo;

/// The places of the tools that a query names or fits, the best first, each with how well it does, up to 1. From the place `own` on
/// they aren't the host's.
pub(super) fn ranked(
    tools: &[&ToolInfo],
    own: usize,
    index: &Index,
    query: &str,
) -> Vec<(usize, f32)> {
    let with_all = |named: Vec<usize>| named.into_iter().map(|place| (place, 1.0));
    match named(tools, own, query) {
        Named::Only(found) => with_all(found).collect(),
        Named::First(found) => {
            let mut rest = index.search(query);
            rest.retain(|(place, _)| !found.contains(place));
            with_all(found).chain(rest).collect()
        }
        Named::Nothing => index.search(query),
    }
}
