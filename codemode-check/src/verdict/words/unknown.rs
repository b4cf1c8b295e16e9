//! Names that nobody has declared.

use codemode_script::{absent, may_mean, nearest};

use crate::types::CatalogueTypes;
use crate::verdict::found::Found;
use crate::verdict::text::{is_part, quoted};
use crate::verdict::told::Told;

pub(in crate::verdict) const WORLD: &str = "A script has the language itself, `console`, timers, `URL` and what else of the web needs no network, and the tools' namespaces; nothing else.";

const NO_TYPE: &str = "Leave the type out: that of a call is known.";

/// A name that is nowhere, and what there is instead.
pub(in crate::verdict) fn unknown_name(
    found: &Found,
    types: &CatalogueTypes,
    module: &str,
    offset: usize,
) -> Told {
    let name = quoted(&found.text, 0);
    let told = format!("Cannot find name '{name}'.");
    if let Some(reason) = types.absence(name) {
        return Told::with(told, format!("Its tools can't be called now: {reason}."));
    }
    let near = nearest(name, types.namespaces());
    let instead = absent::instead(name, &module[offset..], types.tools(), near.is_some());
    if let Some(instead) = instead {
        return Told::with(told, instead);
    }
    if is_type(name, &module[..offset]) {
        return Told::with(told, NO_TYPE);
    }
    let suggested = found.text.split("Did you mean '").nth(1);
    let suggested = suggested.and_then(|rest| rest.split('\'').next());
    // The compiler's idea of what is near is a wide one.
    let suggested = suggested
        .filter(|suggested| may_mean(name, suggested))
        .filter(|suggested| !is_being_declared(suggested, &module[..offset]));
    // The compiler has seen no namespaces but those that the script names rightly.
    match near.or(suggested) {
        Some(meant) => format!("{told} Did you mean '{meant}'?").into(),
        None if is_assigned(module[offset..].trim_start_matches(name)) => {
            format!("{told} It is declared with `let {name} = …`.").into()
        }
        None => Told::with(told, WORLD),
    }
}

/// A module that a script wants to load. Of some the compiler says that their name isn't known.
pub(in crate::verdict) fn unknown_module(
    found: &Found,
    types: &CatalogueTypes,
    module: &str,
    offset: usize,
) -> Option<Told> {
    let is_text = module[offset..].starts_with(['"', '\'']);
    let is_module = found.text.starts_with("Cannot find module '")
        || is_text && found.text.starts_with("Cannot find name '");
    if !is_module {
        return None;
    }
    let name = quoted(&found.text, 0);
    let told = format!("Cannot find module '{name}'.");
    let last = name.rsplit('/').next().unwrap_or(name);
    let last = last.split('.').next().unwrap_or(last);
    let advice = if types.namespaces().any(|namespace| namespace == last) {
        format!("`{last}` is there without an import: use it as it is.")
    } else {
        absent::instead_of_module(name)
    };
    Some(Told::with(told, advice))
}

/// Whether code goes on with an assignment.
fn is_assigned(code: &str) -> bool {
    let code = code.trim_start();
    code.starts_with('=') && !code.starts_with("==") && !code.starts_with("=>")
}

/// Whether a name is surely that of a type: where types stand, and with a capital.
fn is_type(name: &str, before: &str) -> bool {
    let before = before.trim_end();
    name.starts_with(char::is_uppercase)
        && [":", "<", " as", " satisfies", " extends"]
            .iter()
            .any(|sign| before.ends_with(sign))
}

/// Whether the line declares a name whose value is only about to be computed, as in `const url = new URL(…)`.
pub(in crate::verdict) fn is_being_declared(name: &str, before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let statement = line.rsplit(';').next().unwrap_or_default().trim_start();
    let statement = statement.strip_prefix("export ").unwrap_or(statement);
    ["const ", "let ", "var "]
        .iter()
        .any(|keyword| statement.starts_with(keyword))
        && statement
            .split(|letter| !is_part(letter))
            .any(|word| word == name)
}
