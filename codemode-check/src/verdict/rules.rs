//! What of the compiler's diagnostics counts, and how it is said to somebody who has neither its options nor its editor.

use codemode_script::Script;
use codemode_script::absent::GLOBAL_IS_NO_RESULT;

use super::found::Found;
use super::promises::{MISSING_AWAIT, PROMISE, is_of_promise, is_undecided, missing_await, says};
use super::text::{identifier, quoted};
use super::told::Told;
use super::words::advice::{NO_PROPERTY, WRONG_NUMBER, advice};
use super::words::fields::{no_such_property, shortened};
use super::words::globals::no_such_global;
use super::words::unknown::{unknown_module, unknown_name};
use super::words::worded;
use crate::types::CatalogueTypes;

/// What a script may leave to the compiler's guess, and why. None of these hides a call that would fail: each is about a
/// type that nobody wrote down, and what has a type is checked all the same.
const ALLOWED: [(u32, &str); 17] = [
    (1196, "the type of what is caught"),
    (2403, "a `var` that is declared again with another type"),
    (2564, "a member of a class that has no value at first"),
    (2695, "a value that is computed for nothing"),
    (
        7005,
        "a variable without a type, used in a function before it has its value",
    ),
    (
        7006,
        "a parameter without a type, where the call gives it none",
    ),
    (7008, "a member of a class without a type"),
    (7019, "a rest parameter without a type"),
    (7022, "a variable without a type that refers to itself"),
    (7023, "a function without a return type that calls itself"),
    (7024, "the same of a function expression"),
    (7031, "a part of a destructured parameter without a type"),
    (
        7034,
        "a variable without a type that is filled in a function",
    ),
    (7055, "what a generator gives, without a type"),
    (7057, "what comes back into a generator, without a type"),
    (2790, "a property that is deleted and needn't be optional"),
    (7028, "a label that nothing uses"),
];

/// Conditions that are always the same, and what is never reached: odd, and harmless, unless it is a promise or a function that
/// was to give the value.
const POINTLESS: [(u32, &str); 10] = [
    (
        2367,
        "a comparison that is always false, as of a variable with the one value that it has",
    ),
    (2678, "the same in a `switch`"),
    (
        2839,
        "a comparison of an object with one that is made for it",
    ),
    (2845, "a comparison with `NaN`"),
    (2869, "a right side of `??` that is never needed"),
    (2870, "the same behind something in parentheses"),
    (2871, "a left side of `??` that is never there"),
    (2872, "a condition that is always true"),
    (2873, "a condition that is always false"),
    (7027, "code behind a `return`"),
];

/// The comparisons among these.
const COMPARISONS: [u32; 2] = [2367, 2678];

/// Something else than a number on the left side of an operator, and on the right.
const NO_NUMBER_LEFT: u32 = 2362;
const NO_NUMBER_RIGHT: u32 = 2363;

/// A function as a condition.
const FUNCTION_AS_CONDITION: u32 = 2774;

/// A property that is picked by a computed name, as in `forecast[key]`.
const COMPUTED_NAME: u32 = 7053;

/// What the compiler says of a name that isn't declared. Behind some it has advice to install or to configure something.
const UNKNOWN: [&str; 2] = ["Cannot find name '", "Cannot find namespace '"];

/// The message of a diagnostic at a byte of the script's module, or `None` if it doesn't count.
pub(crate) fn message(
    found: &Found,
    types: &CatalogueTypes,
    script: &Script,
    offset: usize,
) -> Option<Told> {
    let text = &found.text;
    if ALLOWED.iter().any(|(code, _)| *code == found.code) || is_picked_by_name(found) {
        return None;
    }
    let is_lost = says(found, PROMISE);
    if is_lost && text.contains("typeof globalThis") {
        return Some(GLOBAL_IS_NO_RESULT.to_owned().into());
    }
    // A type parameter may be a promise or not.
    if is_undecided(found) {
        return None;
    }
    if is_lost {
        return Some(missing_await(found).into());
    }
    if let Some(told) = unknown_module(found, types, script.module(), offset) {
        return Some(told);
    }
    if UNKNOWN.iter().any(|unknown| text.starts_with(unknown)) {
        let name = quoted(text, 0);
        let guarded = script.is_guarded(name, offset);
        return (!guarded).then(|| unknown_name(found, types, script.module(), offset));
    }
    if let Some(told) = no_such_global(found, types, script.module(), offset) {
        return Some(told);
    }
    let said = worded::said(found, &script.module()[..offset]);
    let message = shortened(&said.join(" "));
    let is_of_promise = is_of_promise(text) || found.details.iter().any(|said| is_of_promise(said));
    if is_of_promise || is_condition(found) && text.contains("'Promise<") {
        return Some(format!("{MISSING_AWAIT}: {message}").into());
    }
    if is_harmless(found, script, offset) {
        return None;
    }
    let advice = advice(found, &said, types, script, offset);
    // In brackets, what isn't there is told in the last place.
    let of_property = if found.code == COMPUTED_NAME {
        said.last()
    } else {
        said.first()
    };
    let told = of_property.and_then(|said| no_such_property(said, types, script, advice.is_none()));
    let message = told.unwrap_or(message);
    Some(Told { message, advice })
}

/// Whether a property is picked by a name that nobody knows. A namespace is another matter: what it doesn't have can't be
/// called.
fn is_picked_by_name(found: &Found) -> bool {
    found.code == COMPUTED_NAME
        && found.text.contains("expression of type 'string'")
        && !found.text.contains("index type 'typeof ")
}

/// Whether something does no harm, whatever was meant by it.
fn is_harmless(found: &Found, script: &Script, offset: usize) -> bool {
    let code = &script.module()[offset..];
    match found.code {
        // Who forgets to call a function of the script's own gets a wrong result; of others it is asked whether they are there.
        FUNCTION_AS_CONDITION => {
            let name = identifier(code);
            script.names().contains(name) && code[name.len()..].starts_with('.')
        }
        // A tool that takes nothing takes an object without fields.
        WRONG_NUMBER => {
            let rest = code.strip_prefix('{').unwrap_or_default();
            found.text == "Expected 0 arguments, but got 1." && rest.trim_start().starts_with('}')
        }
        // The difference of two dates is a number.
        NO_NUMBER_LEFT | NO_NUMBER_RIGHT => code.starts_with("new Date("),
        // What is thrown may have more than every error has.
        NO_PROPERTY => found.text.ends_with("does not exist on type 'Error'."),
        _ => is_condition(found) && !found.text.contains(" => "),
    }
}

fn is_condition(found: &Found) -> bool {
    POINTLESS.iter().any(|(code, _)| *code == found.code) && !is_misspelt(found)
}

/// Whether a value is compared with something that it never is, where it may be several: a misspelt word, or a number as text. A
/// variable whose one value the compiler has followed is another matter, for it may have been followed wrongly.
fn is_misspelt(found: &Found) -> bool {
    if !COMPARISONS.contains(&found.code) {
        return false;
    }
    let (one, other) = (quoted(&found.text, 0), quoted(&found.text, 1));
    let kind = |ty: &str| match ty.as_bytes() {
        b"string" | [b'"' | b'`', ..] => Some("text"),
        b"number" | [b'0'..=b'9' | b'-', ..] => Some("number"),
        _ => None,
    };
    let differ = |(one, other)| one != other;
    one.contains(" | ") || other.contains(" | ") || kind(one).zip(kind(other)).is_some_and(differ)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use codemode_declarations::FunctionSchema;

    use super::*;
    use crate::types::Namespaces;
    use crate::verdict::places::Place;
    use crate::verdict::words::advice::IS_TEXT;
    use crate::verdict::words::unknown::{WORLD, is_being_declared};

    fn said(code: u32, text: &str) -> Option<String> {
        let anything = serde_json::Value::Bool(true);
        let namespaces = Namespaces {
            functions: vec![FunctionSchema::new("weather", "get", &anything)],
            ..Namespaces::default()
        };
        let found = Found {
            place: Place::Unit(0),
            code,
            text: text.to_owned(),
            details: Vec::new(),
        };
        let script = Script::compile("const url = citys; globalThis.cache = 1").unwrap();
        let name = quoted(text, 0);
        let offset = script.module().find(name).unwrap_or_default();
        let told = message(&found, &CatalogueTypes::new(namespaces), &script, offset);
        told.map(|told| told.once(&mut BTreeSet::new()))
    }

    #[test]
    fn each_thing_that_is_allowed_has_its_reason() {
        for (code, reason) in ALLOWED.into_iter().chain(POINTLESS) {
            assert!(said(code, "…").is_none() && !reason.is_empty(), "{code}");
        }
        let picked = "Element implicitly has an 'any' type because expression of type 'string' can't be used to index type";
        assert_eq!(said(7053, &format!("{picked} 'Forecast'.")), None);
        assert!(said(7053, &format!("{picked} 'typeof weather'.")).is_some());
        assert!(
            said(
                7053,
                "expression of type '\"a\"' can't be used to index type 'A'."
            )
            .is_some()
        );
    }

    #[test]
    fn a_promise_in_the_place_of_its_value_is_a_missing_await() {
        for text in [
            "Property 'high' does not exist on type 'Promise<Forecast>'.",
            "Type 'Promise<string[]>' must have a '[Symbol.iterator]()' method that returns an iterator.",
            "This condition will always return true since this 'Promise<string[]>' is always defined.",
            "Argument of type 'Promise<string>' is not assignable to parameter of type 'string'.",
            "Type 'Promise<string>' is not assignable to type 'string'.",
            "Operator '+' cannot be applied to types 'Promise<number>' and 'number'.",
            "Property 'a' is missing in type 'Promise<A>' but required in type 'A'.",
        ] {
            assert_eq!(
                said(2339, text).unwrap(),
                format!("{MISSING_AWAIT}: {text}")
            );
        }
        for text in [
            "Type 'string' is not assignable to type 'Promise<string>'.",
            "Type 'Promise<string>' is not assignable to type 'Promise<number>'.",
            "Property 'a' does not exist on type 'A'.",
        ] {
            assert_eq!(said(2322, text).unwrap(), text);
        }
    }

    #[test]
    fn an_unknown_name_is_told_with_what_there_is() {
        let node = "Cannot find name 'process'. Do you need to install type definitions for node?";
        let told = said(2591, node).unwrap();
        assert!(
            told.starts_with("Cannot find name 'process'. There is no process"),
            "{told}"
        );
        assert_eq!(
            said(2304, "Cannot find name 'unheardOf'.").unwrap(),
            format!("Cannot find name 'unheardOf'. {WORLD}")
        );
        let far = "Cannot find name 'AbortController'. Did you mean 'controller'?";
        assert!(!said(2552, far).unwrap().contains("Did you mean"));
        assert_eq!(
            said(2304, "Cannot find name 'wether'.").unwrap(),
            "Cannot find name 'wether'. Did you mean 'weather'?"
        );
        assert_eq!(
            said(2552, "Cannot find name 'citys'. Did you mean 'cities'?").unwrap(),
            "Cannot find name 'citys'. Did you mean 'cities'?"
        );
        let declared = "Cannot find name 'URL'. Did you mean 'url'?";
        assert!(is_being_declared("url", "let a;\nconst url = new "));
        assert!(!is_being_declared("url", "const url = 1; const a = new "));
        assert!(
            said(2552, declared)
                .unwrap()
                .contains("Did you mean 'url'?")
        );
    }

    #[test]
    fn habits_get_their_advice() {
        for (code, text, advice) in [
            (
                2339,
                "Property 'rows' does not exist on type 'string'.",
                IS_TEXT,
            ),
            (
                2339,
                "Property 'rows' does not exist on type '\"a\"'.",
                IS_TEXT,
            ),
            (
                2339,
                "Property 'table' does not exist on type 'Console'.",
                "`console` has `log`",
            ),
        ] {
            let told = said(code, text).unwrap();
            assert!(told.starts_with(text) && told.contains(advice), "{told}");
        }
    }
}
