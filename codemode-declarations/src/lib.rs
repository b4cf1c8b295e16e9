//! JSON Schema to TypeScript declarations that hold: what is declared is what a value may be.
//!
//! For anyone who has functions described by JSON Schemas (2020-12) and wants to show them to a person, a compiler or a language
//! model. Nothing here knows of tools, engines or protocols.
//!
//! # A tour
//!
//! A [`FunctionSchema`] says what a function is called, takes and gives. [`declare`] prints any number of them as the text of one
//! `.d.ts` file, in the style for readers or in one for prompts that needs few tokens; types that several functions share are
//! printed once. A function that can't be declared truthfully is left out, with a [`DeclarationError`] that names the place.
//!
//! ```
//! use codemode_declarations::{FunctionSchema, ResultType, Style, declare};
//! use serde_json::json;
//!
//! let output = json!({
//!     "type": "object",
//!     "properties": { "page": { "type": "integer", "description": "From 1." }, "text": { "type": ["string", "null"] } },
//!     "required": ["page"],
//!     "additionalProperties": false,
//! });
//! let find = FunctionSchema { docs: "Looks a word up.", ..FunctionSchema::new("book", "find", &output) };
//!
//! let (text, _) = declare(&[find], Style::Readable);
//! assert!(text.contains("/** Looks a word up. */"));
//! assert!(text.contains("function find(): Promise<FindOutput>;"));
//!
//! // Whether a value is what was declared.
//! let declared = ResultType::of(find)?;
//! assert!(declared.check(&json!({ "page": 3 })).is_ok());
//! let misfit = declared.check(&json!({ "page": null })).unwrap_err();
//! assert_eq!(misfit.to_string(), "`/page` is null, and declared as `number`");
//! # Ok::<_, codemode_declarations::DeclarationError>(())
//! ```
//!
//! Schemas of others are put right first, with [`json_schema::tidy`]: words of older drafts become those of 2020-12, and a place
//! that nobody can read is declared as `unknown` and has a note.
//!
//! # How it is made
//!
//! Schemas are read into a `model` of TypeScript's types by `read`, with the help of `algebra` (unions and intersections);
//! `repeated` finds types that stand in several places, `roles` names them, `compact` makes the model short, and `print` writes it.
//! `fit` compares values with the model. Each step knows those above it and none below.

mod algebra;
mod compact;
mod document;
mod error;
pub mod exact;
mod fit;
mod function;
mod model;
mod names;
mod print;
mod read;
mod repeated;
mod roles;
mod source;
mod tidy;
mod visible;

#[cfg(test)]
mod listed;
#[cfg(test)]
mod tests;

pub use self::error::DeclarationError;
pub use self::fit::{Misfit, ResultType};
pub use self::function::FunctionSchema;
pub use self::names::script as script_names;
pub use self::print::Style;
pub use self::source::Source;
pub use self::tidy::SchemaNotes;
pub use self::visible::{is_hidden, made_visible, visible};

/// For those who change schemas: what is in one, and how one is put right.
pub mod json_schema {
    pub use crate::document::{
        Document, Holds, Step, TooDeep, for_each_subschema, holds, is_reference,
    };
    pub use crate::names::{percent_decode, type_name_at};
    pub use crate::tidy::{NOTES, notes, notes_of, tidy, tidy_any};
}

/// The declarations of functions, as the text of one `.d.ts` file, and why others are left out of it.
///
/// The text depends on the functions and their order alone. It has nothing in it that a terminal would obey.
#[must_use]
pub fn declare(functions: &[FunctionSchema<'_>], style: Style) -> (String, Vec<DeclarationError>) {
    let (mut module, left_out) = read::module::build(functions);
    if style == Style::Compact {
        compact::shorten(&mut module);
    }
    // Others have written most of it, and a terminal or a model shall see what there is.
    (made_visible(print::module(&module, style)), left_out)
}

/// The declarations of functions in parts, so that a reader can have some of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// Each namespace with its text.
    pub namespaces: Vec<(String, String)>,
    /// The types that several namespaces share.
    pub shared: String,
    /// Why functions are in no part.
    pub left_out: Vec<DeclarationError>,
}

/// The same as [`declare`] in the readable style, in parts.
#[must_use]
pub fn declare_in_parts(functions: &[FunctionSchema<'_>]) -> Parts {
    let (module, left_out) = read::module::build(functions);
    let (namespaces, shared) = print::parts(&module);
    Parts {
        namespaces,
        shared,
        left_out,
    }
}

/// Says in comments of TypeScript which functions are left out of declarations, and why.
#[must_use]
pub fn reasons(left_out: &[DeclarationError]) -> String {
    let reasons = left_out
        .iter()
        .map(|error| print::comment(&error.to_string()));
    reasons.collect()
}
