//! What is asked of the global object.

use codemode_script::{absent, nearest};

use super::advice::NO_PROPERTY;
use crate::types::CatalogueTypes;
use crate::verdict::found::Found;
use crate::verdict::text::{identifier, quoted};
use crate::verdict::told::Told;

/// A property that nobody has declared, read or written with a point, and in brackets.
const NO_GLOBAL: u32 = 7017;
const NO_INDEX: u32 = 7053;

/// A property that the global object doesn't have.
pub(in crate::verdict) fn no_such_global(
    found: &Found,
    types: &CatalogueTypes,
    module: &str,
    offset: usize,
) -> Option<Told> {
    let text = &found.text;
    if !text.contains("type 'typeof globalThis'") {
        return None;
    }
    let name = match found.code {
        NO_GLOBAL => identifier(&module[offset..]),
        NO_PROPERTY => quoted(text, 0),
        NO_INDEX => quoted(text, 1).strip_prefix('"')?.strip_suffix('"')?,
        _ => return None,
    };
    let told = format!("`globalThis` has no '{name}'.");
    if let Some(reason) = types.absence(name) {
        return Some(Told::with(
            told,
            format!("Its tools can't be called now: {reason}."),
        ));
    }
    if let Some(meant) = nearest(name, types.namespaces()) {
        return Some(format!("{told} Did you mean '{meant}'?").into());
    }
    Some(Told {
        message: told,
        advice: absent::instead_of_property("globalThis", name),
    })
}
