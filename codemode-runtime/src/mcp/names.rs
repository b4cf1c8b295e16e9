//! What scripts call the tools of a server that knows nothing of TypeScript.

/// The function that a tool is.
pub(super) fn tool(name: &str) -> String {
    usable(camel_case(name), &[RESERVED])
}

/// The namespace that a server is.
pub(super) fn namespace(name: &str) -> String {
    usable(camel_case(name), &[RESERVED, GLOBALS])
}

/// The words of a name, without what is between them: the first in lower case, the others with a capital.
///
/// A word in capitals, as in `API-post-page`, is lowered as a whole if it is the first, and else stays as it is.
fn camel_case(name: &str) -> String {
    let is_letter = |letter: char| letter != '_' && unicode_ident::is_xid_continue(letter);
    let mut words = name
        .split(|letter: char| !is_letter(letter))
        .filter(|word| !word.is_empty());
    let mut joined = words.next().map(lowered).unwrap_or_default();
    for word in words {
        let mut letters = word.chars();
        joined.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        joined.push_str(letters.as_str());
    }
    joined
}

/// `GetUser` as `getUser`, and `HTTPServer` as `httpServer`.
fn lowered(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let capitals = letters
        .iter()
        .take_while(|letter| letter.is_uppercase())
        .count();
    let begins_next_word = letters
        .get(capitals)
        .is_some_and(|next| next.is_alphabetic());
    let to_lower = if capitals > 1 && begins_next_word {
        capitals - 1
    } else {
        capitals
    };
    let (first, rest) = letters.split_at(to_lower);
    let first = first.iter().flat_map(|letter| letter.to_lowercase());
    first.chain(rest.iter().copied()).collect()
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

/// What every script has under a name that begins with a small letter, and would lose.
#[rustfmt::skip]
const GLOBALS: &[&str] = &[
    "clearInterval", "clearTimeout", "console", "decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent", "escape", "globalThis",
    "isFinite", "isNaN", "output", "parseFloat", "parseInt", "queueMicrotask", "setInterval", "setTimeout", "unescape",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_is_called_as_a_script_can_call_it() {
        let cases = [
            ("get-user", "getUser"),
            ("get_user", "getUser"),
            ("getUser", "getUser"),
            ("GetUser", "getUser"),
            ("fs/read", "fsRead"),
            ("fs.read file", "fsReadFile"),
            ("API-post-page", "apiPostPage"),
            ("HTTPServer", "httpServer"),
            ("get-URL", "getURL"),
            ("TODO", "todo"),
            ("S3", "s3"),
            ("2fa", "_2fa"),
            ("_hidden_", "hidden"),
            ("delete", "delete_"),
            ("Delete", "delete_"),
            ("escape", "escape"),
            ("größe-lesen", "größeLesen"),
            ("Übung", "übung"),
            ("日本-語", "日本語"),
            ("a🙂b", "aB"),
            ("$ref", "ref"),
            ("", "_"),
            ("🙂", "_"),
        ];
        for (name, expected) in cases {
            assert_eq!(tool(name), expected, "{name}");
        }
    }

    #[test]
    fn a_namespace_hides_nothing_that_scripts_have() {
        let cases = [
            ("my-server", "myServer"),
            ("console", "console_"),
            ("output", "output_"),
            ("escape", "escape_"),
            ("JSON", "json"),
            ("default", "default_"),
        ];
        for (name, expected) in cases {
            assert_eq!(namespace(name), expected, "{name}");
        }
    }
}
