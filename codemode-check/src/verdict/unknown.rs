//! Names that nobody has declared.

use codemode_script::{absent, may_mean, nearest};

use super::found::Found;
use super::text::quoted;
use crate::types::CatalogueTypes;

pub(super) const WORLD: &str = "A script has the language itself, `console`, timers, `URL` and what else of the web needs no network, and the tools' namespaces; nothing else.";

pub(super) fn unknown_name(
    found: &Found,
    types: &CatalogueTypes,
    module: &str,
    offset: usize,
) -> String {
    let name = quoted(&found.text, 0);
    let told = format!("Cannot find name '{name}'.");
    if let Some(reason) = types.absence(name) {
        return format!("{told} Its tools can't be called now: {reason}.");
    }
    let near = nearest(name, types.namespaces());
    let instead = absent::instead(name, &module[offset..], types.tools(), near.is_some());
    if let Some(instead) = instead {
        return format!("{told} {instead}");
    }
    let suggested = found.text.split("Did you mean '").nth(1);
    let suggested = suggested.and_then(|rest| rest.split('\'').next());
    // The compiler's idea of what is near is a wide one.
    let suggested = suggested
        .filter(|suggested| may_mean(name, suggested))
        .filter(|suggested| !is_being_declared(suggested, &module[..offset]));
    // The compiler has seen no namespaces but those that the script names rightly.
    match near.or(suggested) {
        Some(meant) => format!("{told} Did you mean '{meant}'?"),
        None => format!("{told} {WORLD}"),
    }
}

/// Whether the line declares a name whose value is only about to be computed, as in `const url = new URL(…)`.
pub(super) fn is_being_declared(name: &str, before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let statement = line.rsplit(';').next().unwrap_or_default().trim_start();
    let statement = statement.strip_prefix("export ").unwrap_or(statement);
    let is_part = |letter: char| letter == '$' || unicode_ident::is_xid_continue(letter);
    ["const ", "let ", "var "]
        .iter()
        .any(|keyword| statement.starts_with(keyword))
        && statement
            .split(|letter| !is_part(letter))
            .any(|word| word == name)
}
