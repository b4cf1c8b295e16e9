//! Text as the words that people search for.

/// Calls `found` with each word of a text, as its stem: `Listing`, `lists` and `listed` are all `list`.
///
/// The words of a name in camel or snake case count one by one: `listOpenPRs` is `list`, `open`, `pr`.
pub(in crate::catalogue) fn each(text: &str, mut found: impl FnMut(&str)) {
    split(text, |word| found(&stem(word)));
}

/// Calls `found` with each word of a text in lower case, as it is written.
pub(in crate::catalogue) fn split(text: &str, mut found: impl FnMut(String)) {
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

fn end(word: &mut String, found: &mut impl FnMut(String)) {
    if !word.is_empty() {
        found(std::mem::take(word));
    }
}

/// Takes off what English puts at a word's end: of a plural, of `-ing` and of `-ed`. Where that is wrong it is wrong on
/// both sides, so little is lost.
pub(in crate::catalogue) fn stem(mut word: String) -> String {
    to_singular(&mut word);
    for ending in ["ing", "ed"] {
        let Some(rest) = word.strip_suffix(ending) else {
            continue;
        };
        let letters: Vec<char> = rest.chars().collect();
        // `string` and `need` are whole.
        if letters.len() < 2 || !rest.contains(is_vowel) || rest.ends_with('e') {
            continue;
        }
        let may_double =
            |letter: char| !is_vowel(letter) && !matches!(letter, 'd' | 'l' | 's' | 'z');
        let doubled = matches!(letters[..], [.., a, b] if a == b && may_double(b));
        let short = match letters[..] {
            [a, b] => is_vowel(a) && !is_vowel(b),
            [a, b, c] => !is_vowel(a) && is_vowel(b) && !is_vowel(c) && !matches!(c, 'w' | 'x'),
            _ => false,
        };
        let length = rest.len();
        word.truncate(length - usize::from(doubled));
        if short && !doubled {
            word.push('e');
        }
        break;
    }
    // `create` has to be what is left of `creating`.
    if word.chars().count() > 4 && word.ends_with('e') {
        word.pop();
    }
    word
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// Takes an English plural's ending off.
fn to_singular(word: &mut String) {
    if word.chars().count() <= 2 {
        return;
    }
    if word.len() > 4 && word.ends_with("ies") {
        word.truncate(word.len() - 3);
        word.push('y');
    } else if ["xes", "ches", "shes", "sses"]
        .iter()
        .any(|ending| word.len() > 4 && word.ends_with(ending))
    {
        word.truncate(word.len() - 2);
    } else if word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") {
        word.pop();
    }
}

/// Words that say nothing about what is wanted.
#[rustfmt::skip]
pub(in crate::catalogue) const EMPTY: &[&str] = &[
    "a", "about", "after", "again", "all", "also", "am", "an", "and", "any", "anything", "are", "as", "at", "be",
    "because", "been", "before", "being", "both", "but", "by", "can", "could", "did", "do", "does", "during", "each",
    "else", "every", "for", "from", "function", "functions", "had", "has", "have", "he", "her", "here", "him", "his", "how",
    "however", "i", "if", "in", "into", "is", "it", "its", "just", "let", "like", "many", "may", "me", "more", "most", "much",
    "must", "my", "need", "never", "no", "not", "now", "of", "on", "once", "only", "or", "other", "our", "out",
    "own", "per", "please", "same", "she", "should", "since", "so", "some", "something", "still", "such", "than", "that", "the",
    "their", "them", "then", "there", "these", "they", "this", "those", "to", "too", "tool",
    "tools", "until", "up", "us", "use", "using", "very", "via", "want", "was", "we", "were", "what", "when", "where", "which",
    "while", "who", "why", "will", "with", "would", "you", "your",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_sentences_come_apart_into_words() {
        let cases: [(&str, &[&str]); 14] = [
            ("listOpenPRs", &["list", "open", "prs"]),
            ("send_mail", &["send", "mail"]),
            ("HTTPServer", &["http", "server"]),
            ("getURL", &["get", "url"]),
            ("URLs of pages", &["urls", "of", "pages"]),
            ("s3Bucket", &["s3", "bucket"]),
            ("oauth2-token", &["oauth2", "token"]),
            ("sha256Sum", &["sha", "256", "sum"]),
            ("the user's repositories", &["the", "user", "repositories"]),
            ("class status bus", &["class", "status", "bus"]),
            ("Größe ändern", &["größe", "ändern"]),
            ("日本語", &["日本語"]),
            ("a.b/c", &["a", "b", "c"]),
            (" \u{0}'… ", &[]),
        ];
        for (text, expected) in cases {
            let mut words = Vec::new();
            split(text, |word| words.push(word));
            assert_eq!(words, expected, "{text}");
        }
    }

    #[test]
    fn the_forms_of_a_word_have_one_stem() {
        let cases: [&[&str]; 22] = [
            &["list", "lists", "listed", "listing"],
            &["create", "creates", "created", "creating"],
            &["delete", "deleted", "deleting"],
            &["move", "moved", "moving"],
            &["use", "uses", "used", "using"],
            &["run", "runs", "running"],
            &["get", "getting"],
            &["add", "adds", "added", "adding"],
            &["merge", "merged", "merging"],
            &["type", "typed", "typing"],
            &["edit", "edits", "edited"],
            &["read", "reading"],
            &["call", "called", "calling"],
            &["page", "pages"],
            &["repository", "repositories"],
            &["branch", "branches"],
            &["box", "boxes"],
            &["address", "addresses"],
            &["file", "files"],
            &["pr", "prs"],
            &["status"],
            &["change", "changed", "changes"],
        ];
        for forms in cases {
            for form in forms {
                assert_eq!(
                    stem((*form).to_owned()),
                    stem(forms[0].to_owned()),
                    "{form}"
                );
            }
        }
        for whole in ["string", "thing", "need", "bed", "class", "bus", "red"] {
            assert_eq!(stem(whole.to_owned()), whole);
        }
    }

    #[test]
    fn different_words_stay_apart() {
        let words = [
            "file", "fill", "find", "form", "from", "list", "post", "page", "string", "start",
            "status", "state",
        ];
        let stems: std::collections::BTreeSet<_> =
            words.iter().map(|word| stem((*word).to_owned())).collect();
        assert_eq!(stems.len(), words.len(), "{stems:?}");
    }
}
