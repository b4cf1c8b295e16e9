//! What is wrong with an input, and where.

use std::ptr;

use serde::de::DeserializeOwned;

use super::error::{Culprit, Misread, address};
use super::json::Json;
use super::reader::Reader;
use super::way::{Way, is_within};

/// Adds to an error what it doesn't say itself: the place within what serde had buffered, and what was expected instead of a
/// text that its own type couldn't read.
///
/// Both come from reading once more with values hidden. If the error is another one then, one of them is read before it came
/// up; the last that is read is what it is about, and what is said of it tells what was expected.
#[cold]
pub(crate) fn explain<'j, T: DeserializeOwned>(json: &'j Json<'j>, error: Misread) -> Misread {
    if error.culprit() == Culprit::Whole {
        return error;
    }
    let mut suspects = suspects(json, &error);
    if let Culprit::Text(_) = error.culprit() {
        return match suspects.into_iter().next() {
            Some(suspect) => error.at(suspect.path, None),
            None => error,
        };
    }
    let without = |hidden: &[Suspect<'j>]| {
        let hidden = hidden.iter().filter_map(|suspect| suspect.value);
        let hidden = hidden.map(|value| ptr::from_ref(value).addr()).collect();
        let other = T::deserialize(Reader::without(json, &hidden)).err();
        other.filter(|other| !other.is_alike(&error))
    };
    while !suspects.is_empty() {
        let mut last = 0..suspects.len();
        while last.len() > 1 {
            let middle = usize::midpoint(last.start, last.end);
            if without(&suspects[middle..]).is_some() {
                last.start = middle;
            } else {
                last.end = middle;
            }
        }
        let other = without(&suspects[last.clone()]);
        let suspect = suspects.remove(last.start);
        match other.as_ref().and_then(Misread::expected) {
            // A tag is read before what stands in front of it.
            Some("variant identifier") => {}
            Some(_) if error.culprit() != Culprit::Unknown => return error.at(suspect.path, None),
            // What reads a text as a text has looked at more than the text, and at what isn't known.
            Some(expected) if !is_any_text(expected) => {
                return error.at(suspect.path, Some(expected));
            }
            _ => break,
        }
    }
    error
}

fn is_any_text(expected: &str) -> bool {
    matches!(expected, "a string" | "a borrowed string" | "string")
}

struct Suspect<'j> {
    path: String,
    /// A key has none of its own.
    value: Option<&'j Json<'j>>,
}

/// What an error could be about, in the order in which it is read.
fn suspects<'j>(json: &'j Json<'j>, error: &Misread) -> Vec<Suspect<'j>> {
    let culprit = error.culprit();
    let mut suspects = Vec::new();
    Way::START.walk(json, &mut |way, value| {
        if let (Json::Object(object), Culprit::Text(culprit)) = (value, culprit) {
            let keys = object.entries.iter().map(|(key, _)| &**key);
            for key in keys.filter(|key| !key.is_empty() && address(key) == culprit) {
                let path = format!("{}.{key}", way.path());
                suspects.push(Suspect { path, value: None });
            }
        }
        let is_suspect = match (value, culprit) {
            (Json::String(text), Culprit::Text(culprit)) => {
                !text.is_empty() && address(text) == culprit
            }
            (Json::String(_), Culprit::Unknown) => true,
            (Json::Integer(integer), Culprit::Number(_)) => {
                Culprit::of_integer((*integer).into()) == culprit
            }
            (Json::Number(found), Culprit::Number(_)) => Culprit::Number(*found) == culprit,
            _ => false,
        };
        if is_suspect {
            let path = way.path();
            if is_within(&path, error.path()) {
                let value = Some(value);
                suspects.push(Suspect { path, value });
            }
        }
    });
    suspects
}
