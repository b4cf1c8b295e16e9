//! Names that TypeScript accepts.

pub mod script;

use std::borrow::Cow;

/// The name of the type at a pointer: what it is called among the definitions, else the way to it from the root.
pub(super) fn of_definition(pointer: &str, root: &str) -> String {
    let segments: Vec<String> = pointer
        .split('/')
        .skip(1)
        .map(|segment| segment.replace("~1", "/").replace("~0", "~"))
        .collect();
    if let [.., holder, key] = segments.as_slice()
        && matches!(holder.as_str(), "$defs" | "definitions")
    {
        return type_name(key);
    }
    let mut name = root.to_owned();
    for segment in &segments {
        match segment.as_str() {
            "properties" | "$defs" | "definitions" | "anyOf" | "oneOf" | "allOf" => {}
            "items" => name.push_str("Item"),
            "additionalProperties" => name.push_str("Value"),
            digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => name.push_str(digits),
            other => name.push_str(&type_name(other)),
        }
    }
    type_name(&name)
}

/// What the type at a pointer of a schema is called.
#[must_use]
pub fn type_name_at(pointer: &str) -> String {
    of_definition(pointer, "Root")
}

/// A reference is a URI fragment, so what isn't allowed in one stands as `%` and two hexadecimal digits.
pub fn percent_decode(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return Some(Cow::Borrowed(text));
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        if first == b'%' {
            let digits = std::str::from_utf8(after.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &after[2..];
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}

/// A definition's key as the name of a type: an identifier that hides nothing a declaration file needs.
pub(super) fn type_name(key: &str) -> String {
    let mut name = String::with_capacity(key.len());
    let mut start_of_word = true;
    for character in key.chars() {
        if matches!(character, '_' | '$') || unicode_ident::is_xid_continue(character) {
            if start_of_word {
                name.extend(character.to_uppercase());
            } else {
                name.push(character);
            }
            start_of_word = false;
        } else {
            start_of_word = true;
        }
    }
    if !name.starts_with(|first| matches!(first, '_' | '$') || unicode_ident::is_xid_start(first)) {
        name.insert(0, '_');
    }
    if GLOBAL_TYPES.contains(&name.as_str()) {
        name.push('_');
    }
    name
}

/// Types of the language itself. An interface of such a name would merge with the language's own, or hide it where the
/// declarations need it.
const GLOBAL_TYPES: &[&str] = &[
    "AggregateError",
    "Array",
    "ArrayBuffer",
    "ArrayLike",
    "AsyncIterable",
    "AsyncIterator",
    "Atomics",
    "Awaited",
    "BigInt",
    "BigInt64Array",
    "BigUint64Array",
    "Boolean",
    "Capitalize",
    "ConstructorParameters",
    "DataView",
    "Date",
    "Error",
    "ErrorOptions",
    "EvalError",
    "Exclude",
    "Extract",
    "Float32Array",
    "Float64Array",
    "Function",
    "Generator",
    "InstanceType",
    "Int16Array",
    "Int32Array",
    "Int8Array",
    "Intl",
    "Iterable",
    "Iterator",
    "IteratorResult",
    "JSON",
    "Lowercase",
    "Map",
    "Math",
    "NoInfer",
    "NonNullable",
    "Number",
    "Object",
    "Omit",
    "Parameters",
    "Partial",
    "Pick",
    "Promise",
    "PromiseLike",
    "PropertyDescriptor",
    "PropertyKey",
    "Proxy",
    "RangeError",
    "Readonly",
    "ReadonlyArray",
    "ReadonlyMap",
    "ReadonlySet",
    "Record",
    "ReferenceError",
    "Reflect",
    "RegExp",
    "RegExpExecArray",
    "RegExpMatchArray",
    "Required",
    "ReturnType",
    "Set",
    "SharedArrayBuffer",
    "String",
    "Symbol",
    "SymbolConstructor",
    "SyntaxError",
    "TemplateStringsArray",
    "ThisType",
    "TypeError",
    "URIError",
    "Uint16Array",
    "Uint32Array",
    "Uint8Array",
    "Uint8ClampedArray",
    "Uncapitalize",
    "Uppercase",
    "WeakKey",
    "WeakMap",
    "WeakRef",
    "WeakSet",
];

/// Whether a property can be written without quotes.
pub(super) fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    characters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || matches!(first, '_' | '$'))
        && characters.all(|other| other.is_ascii_alphanumeric() || matches!(other, '_' | '$'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_becomes_an_identifier() {
        let cases = [
            ("DayViews", "DayViews"),
            ("page_of-item", "Page_ofItem"),
            ("2d", "_2d"),
            ("", "_"),
            ("Promise", "Promise_"),
            ("Straße", "Straße"),
            ("日本", "日本"),
            ("a🙂b", "AB"),
        ];
        for (key, expected) in cases {
            assert_eq!(type_name(key), expected, "{key}");
        }
    }

    #[test]
    fn a_type_without_a_key_is_named_by_the_way_to_it() {
        let cases = [
            ("", "FindInput"),
            ("/$defs/Page", "Page"),
            ("/definitions/a~1b", "AB"),
            ("/$defs/Page/properties/rows/items", "FindInputPageRowsItem"),
        ];
        for (pointer, expected) in cases {
            assert_eq!(of_definition(pointer, "FindInput"), expected, "{pointer}");
        }
    }
}
