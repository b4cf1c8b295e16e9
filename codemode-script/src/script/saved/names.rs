//! Names that a saved script can have.

/// Names that a script expects to mean what they always mean, and those of its world. Words of the language can't be the name of
/// a function, so they needn't be here.
#[rustfmt::skip]
const TAKEN: [&str; 77] = [
    "globalThis", "Infinity", "NaN", "undefined", "arguments", "eval", "isFinite", "isNaN", "parseFloat", "parseInt",
    "decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent", "escape", "unescape",
    "AggregateError", "Array", "ArrayBuffer", "BigInt", "BigInt64Array", "BigUint64Array", "Boolean", "DataView", "Date",
    "Error", "EvalError", "FinalizationRegistry", "Float16Array", "Float32Array", "Float64Array", "Function", "Int8Array",
    "Int16Array", "Int32Array", "Iterator", "Map", "Number", "Object", "Promise", "Proxy", "RangeError", "ReferenceError",
    "RegExp", "Set", "String", "Symbol", "SyntaxError", "TypeError", "URIError", "Uint8Array", "Uint8ClampedArray",
    "Uint16Array", "Uint32Array", "WeakMap", "WeakRef", "WeakSet", "Intl", "JSON", "Math", "Reflect",
    "console", "output", "scripts", "setTimeout", "setInterval", "clearTimeout", "clearInterval", "queueMicrotask",
    "structuredClone", "crypto", "URL", "URLSearchParams", "atob", "btoa", "constructor", "then",
];

const MAX_LENGTH: usize = 64;

/// Why a saved script can't have this name.
pub(super) fn refusal(name: &str) -> Option<String> {
    let mut letters = name.chars();
    let is_identifier = letters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if !is_identifier || name.len() > MAX_LENGTH {
        return Some(format!(
            "a saved script is called as a function is, such as `parseInvoices`: letters, digits and `_`, at most {MAX_LENGTH}"
        ));
    }
    TAKEN
        .contains(&name)
        .then(|| format!("`{name}` is there already in every script: take another name"))
}
