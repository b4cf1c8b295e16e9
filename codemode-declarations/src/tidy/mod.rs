//! Schemas as servers send them, put right where they stand.
//!
//! What no schema can say is taken out, and what is left is as wide as needed: a fault costs the place that it is in. What
//! was written there is kept as a note, which the declaration's comment shows. Words of older dialects and of `OpenAPI` are
//! replaced by those of 2020-12.

mod contradictions;
mod fits;
mod keyword;
mod merged;
mod notes;
mod places;
mod references;
mod targets;

use serde_json::{Map, Value};

use self::notes::{is_empty_list, unread};
pub use notes::{NOTES, SchemaNotes, notes, notes_of};

/// Puts a schema right. What isn't a schema at all stays as it is.
pub fn tidy(root: &mut Value) {
    if is_empty_list(root) {
        *root = Value::Object(Map::new());
    }
    if root.is_object() {
        references::tidy(root);
    }
}

/// Puts right what stands where a schema should, whatever it is.
pub fn tidy_any(root: &mut Value) {
    tidy(root);
    if !root.is_object() && !root.is_boolean() {
        *root = unread(notes::shown(root));
    }
}

#[cfg(test)]
mod tests;
