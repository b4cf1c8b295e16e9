//! What to do about a mistake that is made by habit.

use codemode_script::absent::{self, IS_PARSED};

use super::found::Found;
use super::text::{identifier, quoted};
use crate::types::CatalogueTypes;

/// A value that is no function is called.
const NOT_CALLABLE: u32 = 2349;

/// Something that may be `undefined`.
const MAY_BE_MISSING: u32 = 2532;
pub(super) const NO_PROPERTY: u32 = 2339;
const WRONG_ARGUMENT: u32 = 2345;

const NO_THIS: &str = "`this` is `undefined` in a script: a variable holds what it needs.";

/// What to do about a mistake that is made by habit.
pub(super) fn advice(
    found: &Found,
    types: &CatalogueTypes,
    module: &str,
    offset: usize,
) -> Option<String> {
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
        MAY_BE_MISSING if identifier(&module[offset..]) == "this" => Some(NO_THIS.to_owned()),
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

pub(super) const IS_TEXT: &str = "This is a text: if it is JSON, `JSON.parse(text)` makes a value of it, whose parts can be read.";
const MAY_BE_TEXT: &str = "This may be a text: where `typeof value === \"string\"`, and if it is JSON, `JSON.parse(value)` makes a \
                           value of it, whose parts can be read.";
const MAY_BE_PARSED: &str = "This may be something else than a text: only where `typeof value === \"string\"`, there is something to parse.";

fn is_text(ty: &str) -> bool {
    ty == "string" || (ty.len() > 1 && ty.starts_with('"') && ty.ends_with('"'))
}
