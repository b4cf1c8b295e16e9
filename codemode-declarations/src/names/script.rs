//! What scripts call functions that others have named: identifiers that hide nothing a script needs.

/// The name of a function.
///
/// ```
/// use codemode_declarations::script_names;
///
/// assert_eq!(script_names::function("delete".to_owned()), "delete_");
/// assert_eq!(script_names::function("escape".to_owned()), "escape");
/// ```
#[must_use]
pub fn function(name: String) -> String {
    usable(name, &[RESERVED, WITH_A_MEANING])
}

/// The name of a namespace, which is a global name of scripts.
///
/// ```
/// use codemode_declarations::script_names;
///
/// assert_eq!(script_names::namespace("escape".to_owned()), "escape_");
/// ```
#[must_use]
pub fn namespace(name: String) -> String {
    usable(name, &[RESERVED, WITH_A_MEANING, GLOBALS])
}

/// The name as an identifier that isn't one of `taken`.
fn usable(mut name: String, taken: &[&[&str]]) -> String {
    if !name.starts_with(unicode_ident::is_xid_start) {
        name.insert(0, '_');
    }
    if taken.iter().any(|words| words.contains(&name.as_str())) {
        name.push('_');
    }
    name
}

/// Words that can't name a function or a namespace in strict code. Names begin with a small letter here and have no `_`.
#[rustfmt::skip]
const RESERVED: &[&str] = &[
    "arguments", "await", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do", "else", "enum",
    "eval", "export", "extends", "false", "finally", "for", "function", "if", "implements", "import", "in", "instanceof", "interface", "let",
    "new", "null", "package", "private", "protected", "public", "return", "static", "super", "switch", "this", "throw", "true", "try",
    "typeof", "undefined", "var", "void", "while", "with", "yield",
];

/// What the language calls by itself, or finds on every object: a tool of such a name would be called by `await`, by a template
/// or by `JSON.stringify`.
const WITH_A_MEANING: &[&str] = &[
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "prototype",
    "then",
    "toJSON",
    "toLocaleString",
    "toString",
    "valueOf",
];

/// What every script has under a name that begins with a small letter, and would lose.
#[rustfmt::skip]
const GLOBALS: &[&str] = &[
    "atob", "btoa", "clearInterval", "clearTimeout", "console", "crypto", "decodeURI", "decodeURIComponent", "encodeURI",
    "encodeURIComponent", "escape", "globalThis", "isFinite", "isNaN", "output", "parseFloat", "parseInt", "performance",
    "queueMicrotask", "setInterval", "setTimeout", "structuredClone", "unescape",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_an_identifier_that_means_nothing_else() {
        let cases = [
            ("delete", "delete_"),
            ("then", "then_"),
            ("2fa", "_2fa"),
            ("", "_"),
            ("list", "list"),
        ];
        for (name, expected) in cases {
            assert_eq!(function(name.to_owned()), expected, "{name}");
        }
    }
}
