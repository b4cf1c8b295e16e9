//! What of the compiler's diagnostics counts, and how it is said to somebody who has neither its options nor its editor.

use super::Found;
use super::types::CatalogueTypes;
use crate::nearest::nearest;

/// What a script may leave to the compiler's guess, and why. None of these hides a call that would fail: each is about a
/// type that nobody wrote down, and what has a type is checked all the same.
const ALLOWED: [(u32, &str); 10] = [
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
];

/// A property that is picked by a computed name, as in `forecast[key]`.
const COMPUTED_NAME: u32 = 7053;

/// Names that aren't declared. All but the first two come with advice to install or to configure something.
const UNKNOWN_NAME: [u32; 10] = [2304, 2552, 2580, 2581, 2582, 2583, 2584, 2591, 2592, 2593];

const WORLD: &str = "A script has the language itself, `console`, timers and the tools' namespaces, and nothing else.";
const MISSING_AWAIT: &str = "`await` is missing";

/// The message of a diagnostic, or `None` if it doesn't count.
pub(super) fn message(found: &Found, types: &CatalogueTypes) -> Option<String> {
    let text = &found.text;
    if ALLOWED.iter().any(|(code, _)| *code == found.code) || is_picked_by_name(found) {
        return None;
    }
    // A type parameter may be a promise or not.
    if text.contains("'__Settled<") {
        return None;
    }
    if says(found, "'__MissingAwait") {
        return Some(format!(
            "{MISSING_AWAIT}: this is a promise, and nothing waits for what comes of it"
        ));
    }
    if UNKNOWN_NAME.contains(&found.code) {
        return Some(unknown_name(found, types));
    }
    let mut message = text.clone();
    for detail in found.details.iter().take(3) {
        message.push(' ');
        message.push_str(detail);
    }
    if is_of_promise(text) {
        message = format!("{MISSING_AWAIT}: {message}");
    }
    Some(message)
}

fn says(found: &Found, what: &str) -> bool {
    found.text.contains(what) || found.details.iter().any(|detail| detail.contains(what))
}

/// Whether a property is picked by a name that nobody knows. A namespace is another matter: what it doesn't have can't be
/// called.
fn is_picked_by_name(found: &Found) -> bool {
    found.code == COMPUTED_NAME
        && found.text.contains("expression of type 'string'")
        && !found.text.contains("index type 'typeof ")
}

/// Whether something was expected of a promise that only its value has.
fn is_of_promise(text: &str) -> bool {
    const SUBJECTS: [&str; 6] = [
        "on type 'Promise<",
        "in type 'Promise<",
        "Type 'Promise<",
        "of type 'Promise<",
        "types 'Promise<",
        "this 'Promise<",
    ];
    SUBJECTS.iter().any(|subject| text.contains(subject))
        && !text.contains("to type 'Promise<")
        && !text.contains("parameter of type 'Promise<")
}

fn unknown_name(found: &Found, types: &CatalogueTypes) -> String {
    let name = found.text.split('\'').nth(1).unwrap_or_default();
    let suggested = found.text.split("Did you mean '").nth(1);
    let suggested = suggested.and_then(|rest| rest.split('\'').next());
    // The compiler has seen no namespaces but those that the script names rightly.
    match nearest(name, types.namespaces()).or(suggested) {
        Some(meant) => format!("Cannot find name '{name}'. Did you mean '{meant}'?"),
        None => format!("Cannot find name '{name}'. {WORLD}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Catalogue;
    use crate::check::Place;

    fn said(code: u32, text: &str) -> Option<String> {
        let tools = serde_json::json!([{ "namespace": "weather", "name": "get", "output": true }]);
        let catalogue = Catalogue::from_tools(serde_json::from_value(tools).unwrap());
        let found = Found {
            place: Place::Unit(0),
            code,
            text: text.to_owned(),
            details: Vec::new(),
        };
        message(&found, &CatalogueTypes::new(&catalogue))
    }

    #[test]
    fn each_thing_that_is_allowed_has_its_reason() {
        for (code, reason) in ALLOWED {
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
        assert_eq!(
            said(2591, node).unwrap(),
            format!("Cannot find name 'process'. {WORLD}")
        );
        assert_eq!(
            said(2304, "Cannot find name 'wether'.").unwrap(),
            "Cannot find name 'wether'. Did you mean 'weather'?"
        );
        assert_eq!(
            said(2552, "Cannot find name 'citys'. Did you mean 'cities'?").unwrap(),
            "Cannot find name 'citys'. Did you mean 'cities'?"
        );
    }
}
