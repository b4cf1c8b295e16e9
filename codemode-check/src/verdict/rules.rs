//! What of the compiler's diagnostics counts, and how it is said to somebody who has neither its options nor its editor.

use codemode_script::absent::{self, IS_PARSED};
use codemode_script::{Script, may_mean, nearest};

use super::found::Found;
use crate::types::CatalogueTypes;

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

/// What the compiler says of a name that isn't declared. Behind some it has advice to install or to configure something.
const UNKNOWN: [&str; 2] = ["Cannot find name '", "Cannot find namespace '"];

const WORLD: &str = "A script has the language itself, `console`, timers, `URL` and what else of the web needs no network, and the tools' namespaces; nothing else.";
const MISSING_AWAIT: &str = "`await` is missing";

/// A value that is no function is called.
const NOT_CALLABLE: u32 = 2349;

/// A property of the global object that nobody has declared.
const NO_GLOBAL: u32 = 7017;
const NO_PROPERTY: u32 = 2339;
const WRONG_ARGUMENT: u32 = 2345;

/// The message of a diagnostic at a byte of the script's module, or `None` if it doesn't count.
pub(crate) fn message(
    found: &Found,
    types: &CatalogueTypes,
    script: &Script,
    offset: usize,
) -> Option<String> {
    let text = &found.text;
    if ALLOWED.iter().any(|(code, _)| *code == found.code) || is_picked_by_name(found) {
        return None;
    }
    // A type parameter may be a promise or not.
    if is_undecided(found) {
        return None;
    }
    if says(found, PROMISE) {
        return Some(missing_await(found));
    }
    if UNKNOWN.iter().any(|unknown| text.starts_with(unknown)) {
        let name = quoted(text, 0);
        let guarded = script.is_guarded(name, offset);
        return (!guarded).then(|| unknown_name(found, types, script.module(), offset));
    }
    let mut message = text.clone();
    for detail in found.details.iter().take(3) {
        message.push(' ');
        message.push_str(detail);
    }
    if is_of_promise(text) || found.details.iter().any(|detail| is_of_promise(detail)) {
        return Some(format!("{MISSING_AWAIT}: {message}"));
    }
    if let Some(advice) = advice(found, types, script.module(), offset) {
        message.push_str(if message.ends_with(['.', '?']) {
            " "
        } else {
            ". "
        });
        message.push_str(&advice);
    }
    Some(message)
}

/// What to do about a mistake that is made by habit.
fn advice(found: &Found, types: &CatalogueTypes, module: &str, offset: usize) -> Option<String> {
    let text = &found.text;
    match found.code {
        NOT_CALLABLE => {
            let mut details = found.details.iter();
            let namespace = details.find_map(|detail| {
                let (name, _) = detail
                    .strip_prefix("Type 'typeof ")?
                    .split_once("' has no call signatures")?;
                Some(name)
            })?;
            absent::instead_of_namespace(namespace, types.tools())
        }
        NO_GLOBAL => absent::instead_of_property("globalThis", identifier(&module[offset..])),
        NO_PROPERTY if text.contains("on type 'typeof globalThis'") => {
            absent::instead_of_property("globalThis", quoted(text, 0))
        }
        NO_PROPERTY if text.ends_with("on type 'Console'.") => {
            absent::instead_of_property("console", quoted(text, 0))
        }
        NO_PROPERTY if is_text(quoted(text, 1)) => Some(IS_TEXT.to_owned()),
        NO_PROPERTY => {
            let of_text = |detail: &String| detail.ends_with("on type 'string'.");
            found
                .details
                .iter()
                .any(of_text)
                .then(|| MAY_BE_TEXT.to_owned())
        }
        WRONG_ARGUMENT if text.ends_with("parameter of type 'string'.") => {
            let is_parsed = module[..offset].trim_end().ends_with("JSON.parse(");
            let is_parsed = is_parsed && !text.contains("undefined'") && !text.contains("null'");
            is_parsed.then(|| {
                let may_be_text = quoted(text, 0).split(" | ").any(|part| part == "string");
                if may_be_text {
                    MAY_BE_PARSED
                } else {
                    IS_PARSED
                }
                .to_owned()
            })
        }
        _ => None,
    }
}

const IS_TEXT: &str = "This is a text: if it is JSON, `JSON.parse(text)` makes a value of it, whose parts can be read.";
const MAY_BE_TEXT: &str = "This may be a text: where `typeof value === \"string\"`, and if it is JSON, `JSON.parse(value)` makes a \
                           value of it, whose parts can be read.";
const MAY_BE_PARSED: &str = "This may be something else than a text: only where `typeof value === \"string\"`, there is something to parse.";

fn is_text(ty: &str) -> bool {
    ty == "string" || (ty.len() > 1 && ty.starts_with('"') && ty.ends_with('"'))
}

/// One of the parts of a message that stand in quotes.
fn quoted(text: &str, number: usize) -> &str {
    text.split('\'').nth(2 * number + 1).unwrap_or_default()
}

/// The identifier that code begins with.
fn identifier(code: &str) -> &str {
    let is_part = |letter: char| letter == '$' || unicode_ident::is_xid_continue(letter);
    code.find(|letter| !is_part(letter))
        .map_or(code, |end| &code[..end])
}

/// What the compiler says of a promise in the place of a value: see `world.d.ts`.
const PROMISE: &str = "__MissingAwait";

/// Whether it depends on a type parameter, which may stand for anything, if a promise is lost.
fn is_undecided(found: &Found) -> bool {
    const OPEN: [&str; 4] = ["__Settled<", "__Sent<", "__Returned<", "[__Simple]"];
    let reason = found.details.last().unwrap_or(&found.text);
    OPEN.iter().any(|open| reason.contains(open))
}

/// Says what the promise is, where the place is that of something around it.
fn missing_await(found: &Found) -> String {
    let inside = promises_in(found);
    let quoted: Vec<String> = inside.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] if found.text.contains("__MissingAwait[]") => format!(
            "{MISSING_AWAIT}: this is a list of promises, and `await Promise.all(…)` waits for all of them"
        ),
        [] => format!("{MISSING_AWAIT}: this is a promise, and nothing waits for what comes of it"),
        [one] => format!(
            "{MISSING_AWAIT}: {one} in this is a promise, and nothing waits for what comes of it"
        ),
        [all @ .., last] => format!(
            "{MISSING_AWAIT}: {} and {last} in this are promises, and nothing waits for what comes of them",
            all.join(", ")
        ),
    }
}

/// The names of the properties that are promises, from the type that the compiler wanted instead.
fn promises_in(found: &Found) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let wanted = found
        .text
        .rsplit_once("type '")
        .map_or("", |(_, wanted)| wanted);
    for part in wanted.split(['{', ';']) {
        if let Some((name, ty)) = part.split_once(": ")
            && ty.contains(PROMISE)
        {
            names.push(name.trim().trim_end_matches('?').to_owned());
        }
    }
    names.dedup();
    if names.is_empty() {
        names.extend(path(&found.details));
    }
    names
}

/// Where the promise is, from what the compiler says of one property after the other.
fn path(details: &[String]) -> Option<String> {
    let named = details.iter().filter_map(|detail| {
        let rest = detail
            .strip_prefix("Types of property '")
            .or_else(|| detail.strip_prefix("The types of '"))?;
        rest.split('\'').next()
    });
    // A promise's own.
    let named: Vec<&str> = named.filter(|name| *name != "then").collect();
    (!named.is_empty()).then(|| named.join("."))
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

fn unknown_name(found: &Found, types: &CatalogueTypes, module: &str, offset: usize) -> String {
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
fn is_being_declared(name: &str, before: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;
    use codemode_declarations::FunctionSchema;

    use crate::types::Namespaces;
    use crate::verdict::places::Place;

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
        message(&found, &CatalogueTypes::new(namespaces), &script, offset)
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
            (
                7017,
                "Element implicitly has an 'any' type because type 'typeof globalThis' has no index signature.",
                "A variable of the script's own",
            ),
        ] {
            let told = said(code, text).unwrap();
            assert!(told.starts_with(text) && told.contains(advice), "{told}");
        }
    }
}
