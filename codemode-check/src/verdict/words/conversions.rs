//! What makes a value of one type from a value of another.

use super::members::split;

pub(in crate::verdict) const MISSING: &str = "Use `?.` or `??`, or `!` where it is surely there.";
pub(in crate::verdict) const NOT_DECLARED: &str =
    "Its type isn't declared: return it to see it, and read it as `(value as any)`.";
const LEFT_OUT: &str = "Where there is no value, a field is left out or `undefined`.";
const AS_CONST: &str =
    "A text that is to be one of a few is written where it is used, or with `as const` behind it.";
const COMPARISON: &str =
    "What `sort` is given returns a number: `a - b`, or `a.localeCompare(b)` for texts.";
const BYTES: &str = "Bytes are a `Uint8Array`: `Uint8Array.fromBase64(text)` makes them of base64, and `new TextEncoder().encode(text)` of \
                     other text.";

/// What to do about a value of type `from` where one of type `to` is wanted.
pub(in crate::verdict) fn conversion(from: &str, to: &str, before: &str) -> Option<&'static str> {
    let is_wanted = |part: &&str| split(to, '|').contains(part);
    let from_parts = split(from, '|');
    let is_text = from == "string" || from.starts_with('"');
    let wants_text = is_wanted(&"string");
    if from == "unknown" {
        return Some(NOT_DECLARED);
    }
    if from == "null" && is_wanted(&"undefined") {
        return Some(LEFT_OUT);
    }
    let nothing = ["null", "undefined"];
    // Who has written nothing knows it.
    if nothing.contains(&from) {
        return None;
    }
    if nothing
        .iter()
        .any(|none| from_parts.contains(none) && !is_wanted(none))
    {
        return Some(MISSING);
    }
    if from.starts_with("Map<") && (to.starts_with("Record<") || to.starts_with('{')) {
        return Some("`Object.fromEntries(map)` makes an object of a `Map`.");
    }
    if from.starts_with("Set<") && to.contains("[]") {
        return Some("`[...set]` makes a list of a `Set`.");
    }
    if to.ends_with("readonly [unknown, unknown]") {
        return Some("`[key, value] as const` stays a pair.");
    }
    if from.strip_suffix("[]").is_some_and(|element| element == to) {
        return Some("`...list` hands over the elements of a list, one by one.");
    }
    if from == "Date" && wants_text {
        return Some(
            "`date.toISOString()` makes a text of a `Date`, and `.slice(0, 10)` takes the day of it.",
        );
    }
    if from == "boolean" && to == "number" && is_comparison(before) {
        return Some(COMPARISON);
    }
    if is_text && to.starts_with("Uint8Array") {
        return Some(BYTES);
    }
    if is_text && is_wanted(&"number") {
        return Some("`Number(text)` makes a number of a text.");
    }
    if (from == "number" || from.parse::<f64>().is_ok()) && wants_text {
        return Some("`String(value)` makes a text of it.");
    }
    if from == "string" && to.starts_with('"') {
        return Some(AS_CONST);
    }
    if to.strip_suffix("[]").is_some_and(|element| element == from) {
        return Some("`[value]` is a list of one.");
    }
    None
}

/// Whether code ends where the order of a list is given.
pub(in crate::verdict) fn is_comparison(before: &str) -> bool {
    let before = before.trim_end();
    before.ends_with("ort(") || before.ends_with("orted(")
}

/// The types of a sentence that says that one is no other.
pub(in crate::verdict) fn types(sentence: &str) -> Option<(&str, &str)> {
    let rest = sentence
        .strip_prefix("Type '")
        .or_else(|| sentence.strip_prefix("Argument of type '"))?;
    let (from, to) = [
        "' is not assignable to type '",
        "' is not assignable to parameter of type '",
        "' is missing the following properties from type '",
    ]
    .iter()
    .find_map(|between| rest.split_once(between))?;
    Some((from, to.split('\'').next()?))
}
