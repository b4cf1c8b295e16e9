//! What scripts call the tools of a server that knows nothing of TypeScript.

use std::collections::{BTreeSet, HashMap, HashSet};

use codemode_declarations::script_names;

/// The function that a tool is.
pub(super) fn tool(name: &str) -> String {
    script_names::function(camel_case(name))
}

/// The namespace that a server is.
pub(super) fn namespace(name: &str) -> String {
    script_names::namespace(camel_case(name))
}

/// What `form` makes of each name, with a number behind it where another name comes to the same.
///
/// Which one keeps its name doesn't depend on the order of the names, so that it is the same the next time: the one that
/// has it already, or else the first one by the alphabet.
pub(super) fn distinct<'a>(
    names: impl Iterator<Item = &'a str>,
    form: fn(&str) -> String,
) -> Vec<String> {
    let names: Vec<&str> = names.collect();
    let sorted: BTreeSet<(bool, &str)> = names
        .iter()
        .map(|name| (form(name) != *name, *name))
        .collect();
    let mut taken = HashSet::new();
    let mut given = HashMap::new();
    let mut late = Vec::new();
    for (_, name) in sorted {
        let formed = form(name);
        if taken.insert(formed.clone()) {
            given.insert(name, formed);
        } else {
            late.push((name, formed));
        }
    }
    for (name, formed) in late {
        let gap = if formed.ends_with(|last: char| last.is_ascii_digit()) {
            "_"
        } else {
            ""
        };
        let mut number = 2_u64;
        let numbered = loop {
            let numbered = format!("{formed}{gap}{number}");
            if taken.insert(numbered.clone()) {
                break numbered;
            }
            number += 1;
        };
        given.insert(name, numbered);
    }
    names
        .iter()
        .map(|name| given.get(name).cloned().unwrap_or_default())
        .collect()
}

/// Whether a script has this name in it, as a word of its own.
#[cfg(feature = "servers")]
pub(super) fn are_in(script: &str, name: &str) -> bool {
    let is_letter = |letter: char| letter == '$' || unicode_ident::is_xid_continue(letter);
    script.match_indices(name).any(|(at, _)| {
        !script[..at].ends_with(is_letter) && !script[at + name.len()..].starts_with(is_letter)
    })
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
            ("then", "then_"),
            ("to_json", "toJson"),
            ("toJSON", "toJSON_"),
            ("to-JSON", "toJSON_"),
            ("to_string", "toString_"),
            ("constructor", "constructor_"),
            ("__proto__", "proto"),
            ("name", "name"),
            ("apply", "apply"),
            ("...", "_"),
            ("", "_"),
            ("🙂", "_"),
        ];
        for (name, expected) in cases {
            assert_eq!(tool(name), expected, "{name}");
        }
    }

    #[cfg(feature = "servers")]
    #[test]
    fn a_script_names_what_it_has_as_a_word() {
        for script in ["await files.read()", "const { read } = files;", "files"] {
            assert!(are_in(script, "files"), "{script}");
        }
        for script in [
            "await profiles.read()",
            "files2.read()",
            "$files",
            "my_files.x()",
            "",
        ] {
            assert!(!are_in(script, "files"), "{script}");
        }
    }

    #[test]
    fn names_that_come_to_one_are_told_apart() {
        let cases: [(&[&str], &[&str]); 6] = [
            (&["build/dev", "build:dev"], &["buildDev", "buildDev2"]),
            // It has its name already.
            (&["build-dev", "buildDev"], &["buildDev2", "buildDev"]),
            (
                &["build dev", "build-dev", "build-dev2", "build.dev"],
                &["buildDev", "buildDev3", "buildDev2", "buildDev4"],
            ),
            (&["s-3", "s3", "s.3"], &["s3_2", "s3", "s3_3"]),
            (&["", "...", "🙂", "_"], &["_2", "_3", "_4", "_"]),
            (&["a", "a", "b"], &["a", "a", "b"]),
        ];
        for (names, expected) in cases {
            let mut pairs: Vec<(&str, &str)> = names
                .iter()
                .copied()
                .zip(expected.iter().copied())
                .collect();
            for _ in 0..names.len() {
                pairs.rotate_left(1);
                let given = distinct(pairs.iter().map(|(name, _)| *name), tool);
                let expected: Vec<&str> = pairs.iter().map(|(_, expected)| *expected).collect();
                assert_eq!(given, expected, "{names:?}");
            }
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
