//! Promises in the places of their values.

use super::found::Found;

pub(super) const MISSING_AWAIT: &str = "`await` is missing";

/// What the compiler says of a promise in the place of a value: see `world.d.ts`.
pub(super) const PROMISE: &str = "__MissingAwait";

/// Whether it depends on a type parameter, which may stand for anything, if a promise is lost.
pub(super) fn is_undecided(found: &Found) -> bool {
    const OPEN: [&str; 4] = ["__Settled<", "__Sent<", "__Returned<", "[__Simple]"];
    let reason = found.details.last().unwrap_or(&found.text);
    OPEN.iter().any(|open| reason.contains(open))
}

/// Says what the promise is, where the place is that of something around it.
pub(super) fn missing_await(found: &Found) -> String {
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

pub(super) fn says(found: &Found, what: &str) -> bool {
    found.text.contains(what) || found.details.iter().any(|detail| detail.contains(what))
}

/// Whether something was expected of a promise that only its value has.
pub(super) fn is_of_promise(text: &str) -> bool {
    const SUBJECTS: [&str; 7] = [
        "on type 'Promise<",
        "in type 'Promise<",
        "Type 'Promise<",
        "of type 'Promise<",
        "types 'Promise<",
        "this 'Promise<",
        "' and 'Promise<",
    ];
    SUBJECTS.iter().any(|subject| text.contains(subject))
        && !text.contains("to type 'Promise<")
        && !text.contains("parameter of type 'Promise<")
}
