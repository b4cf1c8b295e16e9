//! Values that JSON has no name for: how a schema says them, and how they stand in a text.
//!
//! JSON text has no 64-bit integers that JavaScript could read, and no bytes. What a type opts into is carried as a *marked
//! string*: one that starts with [`MARK`], then a letter for its kind. A text with marked strings starts with a [`FLAG`], so that
//! texts without any, nearly all, need no second look. In a flagged text, an ordinary string that starts with the mark is itself
//! marked as a string.

use serde_json::{Map, Value};

/// The keyword by which a schema tells of a type that JSON has no name for: `bigint` or `bytes`.
pub const TYPE_KEYWORD: &str = "x-codemode-type";

/// The first character of a marked string.
pub const MARK: char = '\0';
/// After the mark: the digits of an integer.
pub const INTEGER: char = 'n';
/// After the mark: bytes in base64.
pub const BYTES: char = 'b';
/// After the mark: a string that starts with the mark by itself.
pub const STRING: char = 's';

/// The first byte of a text with marked strings. No JSON text starts with it.
pub const FLAG: char = '~';

/// What a string of a flagged text stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marked<'t> {
    /// Itself.
    Not,
    /// A string that starts with the mark by itself, as it is escaped.
    String(&'t str),
    /// An integer that is a `bigint` in JavaScript.
    BigInt,
    /// Bytes, which are a `Uint8Array` in JavaScript.
    Bytes,
}

/// A text without its flag, and whether it had one.
#[must_use]
pub fn without_flag(text: &str) -> (&str, bool) {
    match text.strip_prefix(FLAG) {
        Some(marked) => (marked, true),
        None => (text, false),
    }
}

/// What a string of a flagged text stands for, from what is between its quotes.
#[must_use]
pub fn mark_of(escaped: &str) -> Marked<'_> {
    let Some(marked) = escaped.strip_prefix("\\u0000") else {
        return Marked::Not;
    };
    match marked.chars().next() {
        Some(INTEGER) => Marked::BigInt,
        Some(BYTES) => Marked::Bytes,
        Some(STRING) => Marked::String(&marked[STRING.len_utf8()..]),
        _ => Marked::Not,
    }
}

/// Takes the keyword out of a schema of values that come as plain JSON, such as another host's, in which the types are what
/// JSON has in their places.
pub fn without_type_keyword(schema: &mut Value) {
    for_each_type_keyword(schema, &mut |_, _| {});
}

/// Makes a schema of values with bytes and bigints one of the same values in JSON, in which both are strings.
pub fn described_as_json(schema: &mut Value) {
    for_each_type_keyword(schema, &mut |keywords, kind| {
        if kind != "bigint" {
            return;
        }
        for of_numbers in ["format", "maximum", "minimum"] {
            keywords.shift_remove(of_numbers);
        }
        let kinds = match keywords.get_mut("type") {
            Some(Value::Array(kinds)) => kinds.as_mut_slice(),
            Some(kind) => std::slice::from_mut(kind),
            None => &mut [],
        };
        for kind in kinds.iter_mut().filter(|kind| *kind == "integer") {
            *kind = "string".into();
        }
    });
}

/// Removes the keyword wherever it stands, and calls `visit` with its neighbours and what it says.
fn for_each_type_keyword(
    schema: &mut Value,
    visit: &mut impl FnMut(&mut Map<String, Value>, &str),
) {
    match schema {
        Value::Object(keywords) => {
            // Among the names of properties it isn't a keyword, and has a schema.
            if keywords.get(TYPE_KEYWORD).is_some_and(Value::is_string)
                && let Some(Value::String(kind)) = keywords.shift_remove(TYPE_KEYWORD)
            {
                visit(keywords, &kind);
            }
            for inner in keywords.values_mut() {
                for_each_type_keyword(inner, visit);
            }
        }
        Value::Array(schemas) => {
            for inner in schemas {
                for_each_type_keyword(inner, visit);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_flag_and_a_mark_tell_what_a_text_has_in_it() {
        assert_eq!(without_flag("~[1]"), ("[1]", true));
        assert_eq!(without_flag("[1]"), ("[1]", false));
        assert!(matches!(mark_of("\\u0000n1"), Marked::BigInt));
        assert!(matches!(mark_of("\\u0000bAA=="), Marked::Bytes));
        assert!(matches!(
            mark_of("\\u0000s\\u0000n1"),
            Marked::String("\\u0000n1")
        ));
        for other in ["n1", "\\u0000x", "\\u0000", ""] {
            assert!(matches!(mark_of(other), Marked::Not), "{other}");
        }
    }

    #[test]
    fn a_schema_for_json_has_strings_in_the_place_of_bigints_and_no_keyword_of_ours() {
        let schema = json!({ "properties": {
            "x-codemode-type": { "type": "string" },
            "big": { "type": "integer", "format": "int64", "minimum": 1, "maximum": 9, "x-codemode-type": "bigint" },
            "bytes": { "type": "string", "contentEncoding": "base64", "x-codemode-type": "bytes" },
        }, "anyOf": [{ "type": ["integer", "null"], "x-codemode-type": "bigint" }] });
        let mut plain = schema.clone();
        without_type_keyword(&mut plain);
        assert_eq!(
            plain,
            json!({ "properties": {
            "x-codemode-type": { "type": "string" },
            "big": { "type": "integer", "format": "int64", "minimum": 1, "maximum": 9 },
            "bytes": { "type": "string", "contentEncoding": "base64" },
        }, "anyOf": [{ "type": ["integer", "null"] }] })
        );
        let mut described = schema;
        described_as_json(&mut described);
        assert_eq!(
            described,
            json!({ "properties": {
                "x-codemode-type": { "type": "string" },
                "big": { "type": "string" },
                "bytes": { "type": "string", "contentEncoding": "base64" },
            }, "anyOf": [{ "type": ["string", "null"] }] })
        );
    }
}
