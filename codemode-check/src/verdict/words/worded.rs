//! What the compiler says, without what says nothing more.

use std::borrow::Cow;

use super::conversions::{is_comparison, types};
use crate::verdict::found::Found;
use crate::verdict::text::quoted;

/// What comes before the reason why a function of several forms can't be called so.
const OVERLOADS: &str = "The last overload gave the following error.";

/// Something else than a number on the left side of an operator, and on the right.
const NO_NUMBER_LEFT: u32 = 2362;
const NO_NUMBER_RIGHT: u32 = 2363;
/// Something else than a list that is gone through.
const NO_LIST: u32 = 2488;
/// A type that is said to be another one.
const CAST: u32 = 2352;
/// A value without many of the methods that it needs.
const MISSING_METHODS: u32 = 2740;

/// How much of what the compiler says from the general to the particular is told.
const MAX_SAID: usize = 4;

/// How sentences begin that repeat the one before them in other words.
const REPEATED: [&str; 4] = [
    "Index signature for type ",
    "No index signature with a parameter of type ",
    "Type 'undefined' is not assignable to type ",
    "Type 'null' is not assignable to type ",
];

/// The sentences that are told of a problem, from the general to the particular. `before` is the code before its place.
pub(in crate::verdict) fn said<'f>(found: &'f Found, before: &str) -> Vec<Cow<'f, str>> {
    if let Some(short) = short(found) {
        let is_of_cast = found.code == CAST;
        let details = found.details.iter().filter(|_| is_of_cast);
        let details = details.map(|detail| Cow::Borrowed(detail.as_str()));
        return [short].into_iter().chain(details).take(MAX_SAID).collect();
    }
    let details = found.details.iter().map(String::as_str);
    let all: Vec<&str> = [found.text.as_str()].into_iter().chain(details).collect();
    let all = match all.as_slice() {
        [_, OVERLOADS, rest @ ..] if !rest.is_empty() => rest,
        // The types of whole functions, which differ in what they return.
        [first, rest @ ..]
            if !rest.is_empty() && is_comparison(before) && first.contains(" => ") =>
        {
            rest
        }
        all => all,
    };
    let is_repeated = |sentence: &str| REPEATED.iter().any(|start| sentence.starts_with(start));
    let told = all.iter().take(MAX_SAID).enumerate();
    told.filter(|(number, sentence)| *number == 0 || !is_repeated(sentence))
        .map(|(_, sentence)| Cow::Borrowed(plain(sentence)))
        .collect()
}

/// The same in few words, where the compiler's are about its own matters.
fn short(found: &Found) -> Option<Cow<'_, str>> {
    let text = &found.text;
    match found.code {
        NO_NUMBER_LEFT | NO_NUMBER_RIGHT => Some("This is no number.".into()),
        NO_LIST if !text.contains("'Promise<") => {
            Some(format!("Type '{}' is no list.", quoted(text, 0)).into())
        }
        // What every list has.
        MISSING_METHODS => {
            let (from, to) = types(text).filter(|(_, to)| to.ends_with("[]"))?;
            Some(format!("Type '{from}' is not assignable to type '{to}'.").into())
        }
        CAST => {
            let (from, to) = (quoted(text, 0), quoted(text, 1));
            Some(format!("Type '{from}' can't be taken for type '{to}'.").into())
        }
        _ => None,
    }
}

/// A sentence without words about the options of the compiler.
fn plain(sentence: &str) -> &str {
    sentence
        .strip_prefix("Element implicitly has an 'any' type because ")
        .unwrap_or(sentence)
}
