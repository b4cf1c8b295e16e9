//! Doc comments: what they say, line by line.

use std::borrow::Cow;

use super::facts::facts;
use crate::model::Docs;
use crate::visible::{is_hidden, visible};

/// A line of a comment: how many spaces it begins with, and what stands behind them.
pub(super) type Line<'a> = (usize, Cow<'a, str>);

/// The lines of a doc comment, none longer than `width` where a space allows it.
pub(super) fn lines(docs: &Docs, width: usize) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut in_code = false;
    for line in docs.text.lines() {
        let line = line.trim_end();
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if in_code {
            lines.push((0, harmless(line)));
        } else {
            wrap(line, width, &mut lines);
        }
    }
    for (tag, value) in &docs.tags {
        let mut value_lines = value.lines();
        let line = format!("@{tag} {}", value_lines.next().unwrap_or_default());
        lines.push((0, Cow::Owned(harmless(line.trim_end()).into_owned())));
        lines.extend(value_lines.map(|line| (0, harmless(line.trim_end()))));
    }
    lines
}

/// All of a doc comment on one line, for a comment that ends with it.
pub(super) fn one_line(docs: &Docs) -> String {
    let mut line = flattened(&docs.text);
    let facts = flattened(&facts(docs));
    if !line.is_empty() && !facts.is_empty() {
        let has_ended = line.ends_with(['.', ':', ';', '!', '?', '…']);
        line.push_str(if has_ended { " " } else { "; " });
    }
    line.push_str(&facts);
    line
}

/// A text on one line.
pub(super) fn flattened(text: &str) -> String {
    // The two characters end a line for TypeScript, and so a comment.
    let words = text
        .split(|letter: char| letter.is_whitespace() || matches!(letter, '\u{2028}' | '\u{2029}'))
        .filter(|word| !word.is_empty());
    visible(&words.collect::<Vec<_>>().join(" "))
}

/// A comment ends at the first `*/`, wherever it stands; what followed would become code. And whatever is in it is to be seen.
fn harmless(line: &str) -> Cow<'_, str> {
    if line.contains("*/") || line.contains(is_hidden) {
        Cow::Owned(visible(line).replace("*/", "*\\/"))
    } else {
        Cow::Borrowed(line)
    }
}

/// Breaks a line at spaces. What follows stands as far in as the line itself, and in a list as far as its text.
fn wrap<'a>(line: &'a str, width: usize, lines: &mut Vec<Line<'a>>) {
    let text = line.trim_start();
    let mut indent = line.len() - text.len();
    let mut rest = line;
    // The spaces in front of the first word are no place to break at.
    let mut first_word = indent;
    if text.starts_with("- ") || text.starts_with("* ") {
        indent += 2;
        first_word += 1;
    }
    let mut spaces = 0;
    loop {
        let room = width.saturating_sub(spaces);
        // A space that ends a line may stand right behind the room.
        let end = rest.char_indices().nth(room + 1).map(|(end, _)| end);
        let fits = end.is_none() && rest.chars().nth(room).is_none();
        let end = end.unwrap_or(rest.len());
        let in_room = rest.get(first_word..end).and_then(|room| room.rfind(' '));
        let behind = |end: usize| Some(end + rest.get(end..)?.find(' ')?);
        let space = match in_room {
            Some(space) => Some(first_word + space),
            None => behind(end.max(first_word)),
        };
        let Some(space) = space.filter(|_| !fits) else {
            lines.push((spaces, harmless(rest)));
            return;
        };
        lines.push((spaces, harmless(&rest[..space])));
        rest = &rest[space + 1..];
        spaces = indent;
        first_word = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn docs(text: &str) -> Docs {
        Docs {
            text: text.to_owned(),
            tags: vec![("format".to_owned(), "date */".to_owned())],
        }
    }

    #[test]
    fn long_lines_are_broken_and_code_is_not() {
        let text = "- one two three four\n```ts\nconst far = too + long;\n```";
        let expected = [
            "- one two",
            "  three",
            "  four",
            "```ts",
            "const far = too + long;",
            "```",
            "@format date *\\/",
        ];
        let docs = docs(text);
        let lines = lines(&docs, 10).into_iter();
        let lines: Vec<String> = lines
            .map(|(spaces, line)| " ".repeat(spaces) + &line)
            .collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn lines_are_as_full_as_they_can_be() {
        let cases: [(&str, &[&str]); 6] = [
            ("1234567890 1", &["1234567890", "1"]),
            ("123456789 1", &["123456789", "1"]),
            ("12345678 1", &["12345678 1"]),
            ("12345678901 1", &["12345678901", "1"]),
            ("12345678901", &["12345678901"]),
            ("ä ö ü ä ö ü", &["ä ö ü ä ö", "ü"]),
        ];
        for (text, expected) in cases {
            let mut lines = Vec::new();
            wrap(text, 10, &mut lines);
            let lines: Vec<String> = lines
                .into_iter()
                .map(|(_, line)| line.into_owned())
                .collect();
            assert_eq!(lines, expected, "{text}");
        }
    }

    #[test]
    fn one_line_has_nothing_that_ends_it() {
        assert_eq!(one_line(&docs("a\n\n b\u{2028}c\r\nd")), "a b c d; date */");
    }

    #[test]
    fn what_nobody_would_see_is_written_out() {
        let docs = docs("a\u{202e}b\u{1b}[2J\u{2028}c\rd");
        let expected = r"a\u{202e}b\u{1b}[2J\u{2028}c\u{d}d";
        assert_eq!(lines(&docs, 80)[0], (0, Cow::Borrowed(expected)));
        assert_eq!(one_line(&docs), r"a\u{202e}b\u{1b}[2J c d; date */");
    }
}
