//! Text as the words that people search for.

/// Calls `found` with each word of a text in lower case, a plural as its singular.
///
/// The words of a name in camel or snake case count one by one: `listOpenPRs` is `list`, `open`, `pr`.
pub(super) fn each(text: &str, mut found: impl FnMut(&str)) {
    let mut word = String::new();
    let mut letters = text.chars().peekable();
    let mut before: Option<char> = None;
    while let Some(letter) = letters.next() {
        if !letter.is_alphanumeric() {
            // `don't` and `user's` are one word, whose end says nothing.
            if letter == '\'' && !word.is_empty() {
                while letters.next_if(|next| next.is_alphanumeric()).is_some() {}
            }
            end(&mut word, &mut found);
            before = None;
            continue;
        }
        let begins = letter.is_uppercase()
            && before.is_some_and(|before| {
                // `URLs` is one word, and `URLParser` two.
                let goes_on = letters.peek().is_some_and(|next| next.is_lowercase());
                !before.is_uppercase() || (goes_on && !is_plural_of_capitals(letters.clone()))
            });
        // `sha256` is `sha` and `256`, lest `part17` be a word of its own; but `s3` is one.
        let begins_number = letter.is_numeric()
            && before.is_some_and(char::is_alphabetic)
            && letters.peek().is_some_and(|next| next.is_numeric());
        if begins || begins_number {
            end(&mut word, &mut found);
        }
        word.extend(letter.to_lowercase());
        before = Some(letter);
    }
    end(&mut word, &mut found);
}

/// Whether what follows a capital is the `s` that makes an abbreviation plural.
fn is_plural_of_capitals(mut rest: impl Iterator<Item = char>) -> bool {
    rest.next() == Some('s') && rest.next().is_none_or(|next| !next.is_lowercase())
}

fn end(word: &mut String, found: &mut impl FnMut(&str)) {
    if !word.is_empty() {
        to_singular(word);
        found(word);
        word.clear();
    }
}

/// Takes an English plural's ending off. Where that is wrong it is wrong on both sides, so nothing is lost.
fn to_singular(word: &mut String) {
    if word.chars().count() <= 2 {
        return;
    }
    if word.len() > 4 && word.ends_with("ies") {
        word.truncate(word.len() - 3);
        word.push('y');
    } else if word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") {
        word.pop();
    }
}

/// Words that say nothing about what is wanted.
#[rustfmt::skip]
pub(super) const EMPTY: &[&str] = &[
    "a", "all", "an", "and", "any", "are", "as", "at", "be", "by", "can", "do", "for", "from", "how", "i", "in", "into", "is", "it", "its",
    "me", "my", "of", "on", "or", "out", "some", "that", "the", "thi", "this", "to", "tool", "use", "want", "what", "which", "with", "you",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_sentences_come_apart_into_words() {
        let cases: [(&str, &[&str]); 14] = [
            ("listOpenPRs", &["list", "open", "pr"]),
            ("send_mail", &["send", "mail"]),
            ("HTTPServer", &["http", "server"]),
            ("getURL", &["get", "url"]),
            ("URLs of pages", &["url", "of", "page"]),
            ("s3Bucket", &["s3", "bucket"]),
            ("oauth2-token", &["oauth2", "token"]),
            ("sha256Sum", &["sha", "256", "sum"]),
            ("the user's repositories", &["the", "user", "repository"]),
            ("class status bus", &["class", "status", "bus"]),
            ("Größe ändern", &["größe", "ändern"]),
            ("日本語", &["日本語"]),
            ("a.b/c", &["a", "b", "c"]),
            (" \u{0}'… ", &[]),
        ];
        for (text, expected) in cases {
            let mut words = Vec::new();
            each(text, |word| words.push(word.to_owned()));
            assert_eq!(words, expected, "{text}");
        }
    }
}
