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
}
