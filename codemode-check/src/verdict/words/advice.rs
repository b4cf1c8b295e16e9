//! What to do about a mistake that is made by habit.

use std::borrow::Cow;

use codemode_script::Script;
use codemode_script::absent::{self, IS_PARSED};

use super::conversions::{MISSING, NOT_DECLARED, conversion, types as types_of};
use super::fields;
use super::habits::{self, is_text};
use super::members::split;
use crate::types::CatalogueTypes;
use crate::verdict::found::Found;
use crate::verdict::text::{identifier, is_part, quoted};

/// A value that is no function is called.
const NOT_CALLABLE: u32 = 2349;
pub(in crate::verdict) const NO_PROPERTY: u32 = 2339;
/// A name in brackets that isn't one of the names in question.
const NO_INDEX: u32 = 7053;
const NO_LIST: u32 = 2488;
const WRONG_ARGUMENT: u32 = 2345;
pub(in crate::verdict) const WRONG_NUMBER: u32 = 2554;
const UNKNOWN_FIELD: u32 = 2353;
/// What may be `undefined`, whatever it is.
const MAY_BE_MISSING: u32 = 2532;

/// What doesn't depend on more than the number of the problem.
const OF_NUMBER: &[(&[u32], &str)] = &[
    (&[2531, 2532, 2533, 18047, 18048, 18049], MISSING),
    (&[2571, 18046], NOT_DECLARED),
    (
        &[2362, 2363],
        "`Number(text)` makes a number of a text, and `date.getTime()` of a `Date`; `a.localeCompare(b)` compares texts.",
    ),
    (&[2588], "What changes is declared with `let`."),
    (&[2454], "It needs a first value where it is declared."),
    (
        &[2694],
        "Types needn't be written: that of a call is known.",
    ),
];

const NO_THIS: &str = "`this` is `undefined` in a script: a variable holds what it needs.";
pub(in crate::verdict) const IS_TEXT: &str = "This is a text: if it is JSON, `JSON.parse(text)` makes a value of it, whose parts can be read.";
const MAY_BE_TEXT: &str = "This may be a text: where `typeof value === \"string\"`, and if it is JSON, `JSON.parse(value)` makes a \
                           value of it, whose parts can be read.";
const MAY_BE_PARSED: &str = "This may be something else than a text: only where `typeof value === \"string\"`, there is something to parse.";
const IS_NAME: &str =
    "`for (… in …)` goes through names, and `for (… of …)` through what a list has.";
const IS_VALUE: &str = "It is a value already, and isn't called.";
const IS_FUNCTION: &str =
    "This is a function: what it gives comes of calling it, with `(…)` behind it.";
const ENTRIES: &str = "`Object.entries(object)` makes a list of an object.";
const IMAGE: &str = "An image is its bytes and their type: `output.image(bytes, \"image/png\")`, and a file `output.file(text, \"text/plain\")`.";
const FILE: &str = "`JSON.stringify(value)` makes a text of it.";

/// What to do about a mistake that is made by habit. `said` is what of the compiler's words is told.
pub(in crate::verdict) fn advice(
    found: &Found,
    said: &[Cow<'_, str>],
    types: &CatalogueTypes,
    script: &Script,
    offset: usize,
) -> Option<String> {
    let text = &found.text;
    let (before, code) = script.module().split_at(offset);
    match found.code {
        NOT_CALLABLE => return not_callable(found, types),
        MAY_BE_MISSING if identifier(code) == "this" => return Some(NO_THIS.to_owned()),
        NO_PROPERTY => return of_property(found, before),
        NO_INDEX if text.contains("index type 'typeof ") => {
            return Some(
                "Tools are called by names that are written out: `namespace.tool(…)`.".to_owned(),
            );
        }
        NO_LIST => {
            let has = fields::listed(quoted(text, 0), types, script);
            let has = has.map_or_else(String::new, |has| format!("It has {has}. "));
            return Some(has + ENTRIES);
        }
        WRONG_ARGUMENT if text.ends_with("parameter of type 'string'.") && is_to_parse(before) => {
            return Some(to_parse(quoted(text, 0)).to_owned());
        }
        WRONG_NUMBER if before.trim_end().ends_with("output.") => return Some(IMAGE.to_owned()),
        UNKNOWN_FIELD if text.contains("in type 'Uint8Array") => return Some(FILE.to_owned()),
        _ => {}
    }
    let of_number = OF_NUMBER
        .iter()
        .find(|(numbers, _)| numbers.contains(&found.code));
    let mut pairs = said.iter().rev().filter_map(|sentence| types_of(sentence));
    let of_types = || pairs.find_map(|(from, to)| conversion(from, to, before));
    of_number
        .map(|(_, advice)| *advice)
        .or_else(of_types)
        .map(str::to_owned)
}

fn not_callable(found: &Found, types: &CatalogueTypes) -> Option<String> {
    let mut details = found.details.iter();
    let (name, _) = details.find_map(|detail| {
        let ty = detail.strip_prefix("Type '")?;
        ty.split_once("' has no call signatures")
    })?;
    match name.strip_prefix("typeof ") {
        Some(namespace) => absent::instead_of_namespace(namespace, types.tools()),
        None => ["Number", "String", "Boolean"]
            .contains(&name)
            .then(|| IS_VALUE.to_owned()),
    }
}

/// What to do about a property that isn't there. Of some forms of a value, a detail says which.
fn of_property(found: &Found, before: &str) -> Option<String> {
    let text = &found.text;
    let (property, ty) = (quoted(text, 0), quoted(text, 1));
    if ty == "Console" {
        return absent::instead_of_property("console", property);
    }
    if let Some(habit) = habits::instead(property, ty) {
        return Some(habit.to_owned());
    }
    let of_text = |detail: &String| detail.ends_with("on type 'string'.");
    let advice = if is_text(ty) && is_name_of_loop(before) {
        IS_NAME
    } else if is_text(ty) {
        IS_TEXT
    } else if found.details.iter().any(of_text) {
        MAY_BE_TEXT
    } else if ["unknown", "object", "{}"].contains(&ty) {
        NOT_DECLARED
    } else if ty.starts_with('(') && ty.contains(") => ") {
        IS_FUNCTION
    } else {
        return None;
    };
    Some(advice.to_owned())
}

/// Whether code ends with a point behind the variable of a `for … in`.
fn is_name_of_loop(before: &str) -> bool {
    let Some(path) = before.trim_end().strip_suffix('.') else {
        return false;
    };
    let start = path.trim_end_matches(is_part).len();
    let name = &path[start..];
    !name.is_empty()
        && ["const", "let", "var"]
            .iter()
            .any(|keyword| before.contains(&format!("({keyword} {name} in ")))
}

fn is_to_parse(before: &str) -> bool {
    before.trim_end().ends_with("JSON.parse(")
}

/// What to do about a value that is parsed and is no text.
fn to_parse(ty: &str) -> &'static str {
    let forms = split(ty, '|');
    if forms.contains(&"undefined") || forms.contains(&"null") {
        MISSING
    } else if ty == "unknown" {
        "Where it is a text, `JSON.parse(String(value))` parses it."
    } else if forms.contains(&"string") {
        MAY_BE_PARSED
    } else {
        IS_PARSED
    }
}
