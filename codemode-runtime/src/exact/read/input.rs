//! What a script sent to a Rust value.
//!
//! Mostly `serde_json` reads it, which is fastest. It can't where the text says more than JSON does (marked values), where
//! a feature of `serde_json` that somebody turned on changes what is read, and where serde's buffer stands in between: behind
//! `flatten`, `tag` and `untagged` a key is text for good, and a map with keys that are numbers or booleans refuses it.
//!
//! Such a map says so to the error that it makes, even if an `untagged` enum then throws the error away. So the text is read
//! once more with the keys of that map shown as what they could be, until nothing more is said. What is read at last is what
//! serde would have made of it without its buffer.

use serde::de::DeserializeOwned;

use super::error::{Misread, with_complaints};
use super::explain::explain;
use super::json::Json;
use super::maps::Maps;
use super::plain::is_plain;
use super::reader::Reader;

/// How often one input is read. Each time at least one more map is read as what it is; the maps of a list count as one.
const MAX_READS: usize = 100;

/// After so many reads it isn't asked any more which of the maps at one depth have other keys than text.
const MAX_PRECISE_READS: usize = 8;

/// Reads what a script sent.
///
/// # Errors
///
/// If it isn't of the type; the error names the place.
pub fn from_text<T: DeserializeOwned>(text: &str) -> Result<T, Misread> {
    if is_plain(text)
        && let Ok(value) = serde_json::from_str(text)
    {
        return Ok(value);
    }
    read(&Json::parse(text)?)
}

/// The names of the properties of an object.
pub(crate) fn names(text: &str) -> Result<Vec<String>, Misread> {
    Ok(match Json::parse(text)? {
        Json::Object(object) => {
            let names = object.entries.into_iter();
            names.map(|(name, _)| name.into_owned()).collect()
        }
        _ => Vec::new(),
    })
}

fn read<'j, T: DeserializeOwned>(json: &'j Json<'j>) -> Result<T, Misread> {
    let maps = Maps::of(json);
    let mut read = None;
    let mut problem = None;
    for count in 0..MAX_READS {
        let (result, complaints) = with_complaints(|| T::deserialize(Reader::new(json)));
        let changed = maps.show_as_scalars(&complaints, count < MAX_PRECISE_READS);
        match result {
            Ok(value) if !changed => return Ok(value),
            Ok(value) => read = Some(value),
            Err(_) if changed => {}
            Err(error) => {
                let path = error.path().to_owned();
                problem.get_or_insert_with(|| explain::<T>(json, error));
                if !maps.settle(&path) {
                    break;
                }
            }
        }
    }
    let undecided = || Misread::new("too many maps with keys that aren't text");
    read.ok_or_else(|| problem.unwrap_or_else(undecided))
}
