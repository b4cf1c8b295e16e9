//! The first sentence of a text: what it is in short.

/// What is longer isn't a sentence.
const MAX_CHARACTERS: usize = 600;

/// Words that end with a full stop within a sentence.
const ABBREVIATIONS: &[&str] = &[
    "approx", "cf", "e.g", "eg", "etc", "fig", "i.e", "ie", "incl", "no", "resp", "st", "vs",
];

/// Takes the first sentence off a text; the second part is what follows it.
///
/// It may go on over several lines, but not over an empty one, nor into a list or a heading. Without a full stop it is
/// all of the first paragraph.
pub(in crate::catalogue) fn split_first(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let paragraph = &text[..end_of_paragraph(text)];
    let end = end_of_sentence(paragraph).unwrap_or(paragraph.len());
    (text[..end].trim_end(), &text[end..])
}

/// The first sentence in one line. It is whole, unless it is of a length that no sentence has.
pub(in crate::catalogue) fn first(text: &str) -> String {
    let (sentence, _) = split_first(text);
    let mut line = String::with_capacity(sentence.len());
    for word in sentence.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    match line.char_indices().nth(MAX_CHARACTERS) {
        None => line,
        Some((end, _)) => {
            let end = line[..end].rfind(' ').unwrap_or(end);
            line.truncate(end);
            line.push('…');
            line
        }
    }
}

/// A text of at most so many characters, with a mark where it is cut.
#[must_use]
pub fn shortened(text: &str, characters: usize) -> String {
    if text.chars().nth(characters).is_none() {
        return text.to_owned();
    }
    let kept: String = text.chars().take(characters.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

fn end_of_paragraph(text: &str) -> usize {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let begins = line.trim_start();
        let is_other = begins.is_empty() || begins.starts_with(['#', '-', '*', '|', '>', '`']);
        if at > 0 && is_other {
            return at;
        }
        at += line.len();
    }
    text.len()
}

fn end_of_sentence(paragraph: &str) -> Option<usize> {
    let mut signs = paragraph.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        let mut end = at + sign.len_utf8();
        if matches!(sign, '。' | '！' | '？') {
            return Some(end);
        }
        if !matches!(sign, '.' | '!' | '?') {
            continue;
        }
        // What closes a quotation belongs to the sentence.
        while let Some((place, closing)) = signs.next_if(|(_, next)| CLOSING.contains(next)) {
            end = place + closing.len_utf8();
        }
        let rest = &paragraph[end..];
        if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
            continue;
        }
        let rest = rest.trim_start();
        if rest.is_empty()
            || !(rest.starts_with(char::is_lowercase) || is_abbreviation(&paragraph[..at]))
        {
            return Some(end);
        }
    }
    None
}

const CLOSING: [char; 9] = ['.', '!', '?', '"', '\'', ')', '*', '_', '`'];

fn is_abbreviation(before: &str) -> bool {
    let word = before
        .rsplit(|letter: char| letter.is_whitespace() || letter == '(')
        .next();
    ABBREVIATIONS.contains(&word.unwrap_or_default().to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_sentence_ends_where_it_does() {
        let cases = [
            ("Reads a file. It must exist.", "Reads a file."),
            ("Reads a file", "Reads a file"),
            (
                "Reads a file\nof any length.\nSlowly.",
                "Reads a file of any length.",
            ),
            ("Reads a file\n\nIt must exist.", "Reads a file"),
            (
                "Takes, e.g. a file, i.e. its name. More.",
                "Takes, e.g. a file, i.e. its name.",
            ),
            (
                "Takes letters, digits etc. Then more.",
                "Takes letters, digits etc. Then more.",
            ),
            (
                "Reads version 1.2 of a.b! Really.",
                "Reads version 1.2 of a.b!",
            ),
            ("Says \"no.\" More.", "Says \"no.\""),
            ("Is it there? Says so.", "Is it there?"),
            ("Wait... then go. End.", "Wait... then go."),
            ("Gives:\n- one. Two.\n- three", "Gives:"),
            ("読む。書く。", "読む。"),
            ("", ""),
            (" \n", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(first(text), expected, "{text:?}");
        }
    }

    #[test]
    fn no_text_takes_long() {
        for text in [
            ".".repeat(1_000_000),
            "a.".repeat(500_000),
            "e.g. ".repeat(200_000),
            "\n".repeat(1_000_000),
        ] {
            assert!(first(&text).chars().count() <= MAX_CHARACTERS + 1);
        }
    }

    #[test]
    fn only_what_is_no_sentence_is_cut_and_never_in_a_word() {
        let long = "word ".repeat(119) + "end.";
        assert_eq!(first(&long), long);
        let endless = "word ".repeat(2_000);
        let cut = first(&endless);
        assert!(cut.ends_with(" word…"), "{cut}");
        assert!(cut.chars().count() <= MAX_CHARACTERS + 1);
        assert_eq!(
            first(&"ä".repeat(5_000)).chars().count(),
            MAX_CHARACTERS + 1
        );
    }
}
