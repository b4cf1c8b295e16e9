//! Names as words, and words as identifiers.

/// The words of a name: `repos/list-for-org`, `listForOrg` and `HTTPServer` have them, and so has `iss_v2`.
pub(super) fn of(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let is_letter = |letter: char| letter != '_' && unicode_ident::is_xid_continue(letter);
    for run in name.split(|letter: char| !is_letter(letter)) {
        let letters: Vec<char> = run.chars().collect();
        let mut word = String::new();
        for (position, letter) in letters.iter().enumerate() {
            let before = position
                .checked_sub(1)
                .and_then(|before| letters.get(before));
            let next = letters.get(position + 1);
            let begins = letter.is_uppercase()
                && before.is_some_and(|before| {
                    !before.is_uppercase() || next.is_some_and(|next| next.is_lowercase())
                });
            if begins && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            word.push(*letter);
        }
        if !word.is_empty() {
            words.push(word);
        }
    }
    words
}

/// The words in camel case: the first one in small letters, the others with a capital. What is written in capitals behind the
/// first word stays so.
pub(super) fn camel_case(words: &[String]) -> String {
    let mut joined = String::new();
    for word in words {
        if joined.is_empty() {
            joined.push_str(&word.to_lowercase());
        } else {
            let mut letters = word.chars();
            joined.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            joined.push_str(letters.as_str());
        }
    }
    joined
}

/// Whether two words are one, whatever their letters' case.
pub(super) fn are_same(one: &[String], other: &[String]) -> bool {
    one.len() == other.len()
        && one
            .iter()
            .zip(other)
            .all(|(one, other)| one.to_lowercase() == other.to_lowercase())
}

/// The name as an identifier that means nothing else to a script.
pub(super) fn usable(mut name: String, taken: &[&[&str]]) -> String {
    if !name.starts_with(unicode_ident::is_xid_start) {
        name.insert(0, '_');
    }
    if taken.iter().any(|words| words.contains(&name.as_str())) {
        name.push('_');
    }
    name
}

/// Words that can't name a function or a namespace in strict code.
#[rustfmt::skip]
pub(super) const RESERVED: &[&str] = &[
    "arguments", "await", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do", "else", "enum",
    "eval", "export", "extends", "false", "finally", "for", "function", "if", "implements", "import", "in", "instanceof", "interface", "let",
    "new", "null", "package", "private", "protected", "public", "return", "static", "super", "switch", "this", "throw", "true", "try",
    "typeof", "undefined", "var", "void", "while", "with", "yield",
];

/// What the language calls by itself, or finds on every object.
pub(super) const WITH_A_MEANING: &[&str] = &[
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
pub(super) const GLOBALS: &[&str] = &[
    "atob", "btoa", "clearInterval", "clearTimeout", "console", "crypto", "decodeURI", "decodeURIComponent", "encodeURI",
    "encodeURIComponent", "escape", "globalThis", "isFinite", "isNaN", "output", "parseFloat", "parseInt", "performance",
    "queueMicrotask", "setInterval", "setTimeout", "structuredClone", "unescape",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_name_are_found_and_joined() {
        let cases = [
            ("repos/list-for-org", "reposListForOrg"),
            ("listForOrg", "listForOrg"),
            ("HTTPServer", "httpServer"),
            ("getURL", "getURL"),
            ("core_v1", "coreV1"),
            ("readCoreV1NamespacedPod", "readCoreV1NamespacedPod"),
            ("GetAccounts", "getAccounts"),
            ("größe lesen", "größeLesen"),
            ("日本-語", "日本語"),
            ("…", ""),
        ];
        for (name, expected) in cases {
            assert_eq!(camel_case(&of(name)), expected, "{name}");
        }
    }

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
            assert_eq!(
                usable(name.to_owned(), &[RESERVED, WITH_A_MEANING]),
                expected,
                "{name}"
            );
        }
    }
}
