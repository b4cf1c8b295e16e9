//! Keyword by keyword: what can be read, and what takes the place of an older word.

use serde_json::{Map, Value};

use super::notes::{self, is_empty_list};
use crate::document::{self, Holds};

/// What became of a keyword. What was written is there where it is to be noted.
pub(super) enum Reading {
    AsWritten,
    /// Its value is another one now.
    Otherwise(String),
    /// It is taken out.
    Unread(String),
    /// It is taken out, and nothing is lost.
    Dropped,
}

/// Reads the value of a keyword and puts it right as far as that can be done without the keyword's neighbours.
pub(super) fn read(keyword: &str, value: &mut Value) -> Reading {
    // Many programs write down all that they know of a schema, whether it is there or not.
    if value.is_null() && is_known(keyword) {
        return Reading::Dropped;
    }
    let is_right = match keyword {
        "type" => return types(value),
        "required" => return names(value),
        "enum" if value.as_array().is_none_or(Vec::is_empty) => false,
        "allOf" | "anyOf" | "oneOf" => value.as_array().is_some_and(|all| !all.is_empty()),
        "description" | "title" => return text(value),
        "$ref" | "$dynamicRef" | "$recursiveRef" | "format" | "pattern" | "contentEncoding"
        | "contentMediaType" => value.is_string(),
        "exclusiveMaximum" | "exclusiveMinimum" if value.is_boolean() => true,
        "exclusiveMaximum" | "exclusiveMinimum" | "maximum" | "minimum" | "multipleOf"
        | "divisibleBy" => return number(value, f64::is_finite),
        "maxItems" | "maxLength" | "maxProperties" | "minItems" | "minLength" | "minProperties" => {
            return number(value, |number| number >= 0.0 && number.fract() == 0.0);
        }
        "uniqueItems" | "nullable" => value.is_boolean(),
        _ if document::is_data(keyword) => {
            // Data with a note in it isn't what was written.
            return match notes::first_within(value) {
                Some(note) => Reading::Unread(format!("… {note}")),
                None => Reading::AsWritten,
            };
        }
        // What can't be read of it is read where it stands, as nothing.
        "items" => true,
        _ => match document::holds(keyword) {
            Some(Holds::Named) if is_empty_list(value) => {
                *value = Value::Object(Map::new());
                true
            }
            Some(Holds::Named) => value.is_object(),
            Some(Holds::List) => value.is_array(),
            Some(_) => value.is_object() || value.is_boolean() || is_empty_list(value),
            None => true,
        },
    };
    if is_right {
        Reading::AsWritten
    } else {
        Reading::Unread(notes::shown(value))
    }
}

/// Whether it is a keyword whose value can't be `null`.
fn is_known(keyword: &str) -> bool {
    document::holds(keyword).is_some()
        || matches!(
            keyword,
            "$ref"
                | "$dynamicRef"
                | "$recursiveRef"
                | "contentEncoding"
                | "contentMediaType"
                | "description"
                | "divisibleBy"
                | "enum"
                | "exclusiveMaximum"
                | "exclusiveMinimum"
                | "format"
                | "maxItems"
                | "maxLength"
                | "maxProperties"
                | "maximum"
                | "minItems"
                | "minLength"
                | "minProperties"
                | "minimum"
                | "multipleOf"
                | "nullable"
                | "pattern"
                | "required"
                | "title"
                | "uniqueItems"
        )
}

/// One type that is none leaves all of them open: nobody knows which values it stands for.
fn types(value: &mut Value) -> Reading {
    let written = value.clone();
    let in_list = value.is_array();
    let words = match &mut *value {
        Value::Array(words) => words.as_mut_slice(),
        // It is what was meant only beside others.
        Value::Null => return Reading::Unread(notes::shown(value)),
        word => std::slice::from_mut(word),
    };
    // Draft 3 has a word for what is said without one.
    if words.iter().any(|word| word == "any") {
        return Reading::Dropped;
    }
    for word in words.iter_mut() {
        let meant = match word {
            Value::String(word) => json_type(word),
            Value::Null if in_list => Some("null"),
            _ => None,
        };
        match meant {
            Some(meant) => *word = meant.into(),
            None => return Reading::Unread(notes::shown(&written)),
        }
    }
    if words.is_empty() {
        Reading::Unread(notes::shown(&written))
    } else if *value == written {
        Reading::AsWritten
    } else {
        Reading::Otherwise(notes::shown(&written))
    }
}

/// The type of JSON that a word means: its own name, in whichever case, or what Python and C call it. Words that may stand
/// for several, such as `date` and `long`, mean none.
fn json_type(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "array" | "list" => "array",
        "bool" | "boolean" => "boolean",
        "int" | "integer" => "integer",
        "none" | "null" => "null",
        "double" | "float" | "number" => "number",
        "dict" | "object" => "object",
        "str" | "string" => "string",
        _ => return None,
    })
}

/// The names in `required`, without what is no name.
fn names(value: &mut Value) -> Reading {
    let written = notes::shown(value);
    let Value::Array(names) = value else {
        return Reading::Unread(written);
    };
    let count = names.len();
    names.retain(Value::is_string);
    if names.len() == count {
        Reading::AsWritten
    } else {
        Reading::Otherwise(written)
    }
}

/// A text, or one in lines; it says nothing about values, so that it isn't missed.
fn text(value: &mut Value) -> Reading {
    if let Value::Array(lines) = value {
        let lines: Vec<&str> = lines.iter().filter_map(Value::as_str).collect();
        *value = lines.join("\n").into();
    }
    if value.is_string() {
        Reading::AsWritten
    } else {
        Reading::Dropped
    }
}

fn number(value: &mut Value, is_right: impl Fn(f64) -> bool) -> Reading {
    if value.as_f64().is_some_and(&is_right) {
        return Reading::AsWritten;
    }
    let written = notes::shown(value);
    let meant = value.as_str().and_then(|text| {
        let number: Value = serde_json::from_str(text.trim()).ok()?;
        number.as_f64().is_some_and(is_right).then_some(number)
    });
    match meant {
        Some(number) => {
            *value = number;
            Reading::Otherwise(written)
        }
        None => Reading::Unread(written),
    }
}

/// Puts words of today in the place of older ones.
pub(super) fn translate(keywords: &mut Map<String, Value>, said: &mut Vec<String>) {
    for (exclusive, inclusive) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        let Some(Value::Bool(excludes)) = keywords.get(exclusive) else {
            continue;
        };
        let excludes = *excludes;
        keywords.shift_remove(exclusive);
        match keywords.get(inclusive).cloned().filter(|_| excludes) {
            Some(bound) => {
                keywords.shift_remove(inclusive);
                keywords.insert(exclusive.to_owned(), bound);
            }
            None if excludes => said.push(format!("\"{exclusive}\": true")),
            None => {}
        }
    }
    for (old, new, in_list) in [
        ("divisibleBy", "multipleOf", false),
        ("example", "examples", true),
    ] {
        if !keywords.contains_key(new)
            && let Some(value) = keywords.shift_remove(old)
        {
            let value = if in_list {
                Value::Array(vec![value])
            } else {
                value
            };
            keywords.insert(new.to_owned(), value);
        }
    }
    // What says the type otherwise makes up for it.
    let says_type = [
        "$ref",
        "allOf",
        "anyOf",
        "const",
        "enum",
        "items",
        "oneOf",
        "properties",
    ];
    if says_type.iter().any(|other| keywords.contains_key(*other)) {
        said.retain(|note| note != "\"type\": null");
    }
}
