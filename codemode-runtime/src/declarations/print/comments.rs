//! Doc comments: what they say, line by line.

use crate::declarations::model::Docs;

/// The lines of a doc comment, none longer than `width` where a space allows it.
pub(super) fn lines(docs: &Docs, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut in_code = false;
    for line in docs.text.lines() {
        let line = harmless(line.trim_end());
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if in_code {
            lines.push(line);
        } else {
            wrap(&line, width, &mut lines);
        }
    }
    for (tag, value) in &docs.tags {
        let mut value_lines = value.lines();
        let line = format!("@{tag} {}", value_lines.next().unwrap_or_default());
        lines.push(harmless(line.trim_end()));
        lines.extend(value_lines.map(|line| harmless(line.trim_end())));
    }
    lines
}

/// All of a doc comment on one line, for a comment that ends with it.
pub(super) fn one_line(docs: &Docs) -> String {
    let mut line = flattened(&docs.text);
    let tags: Vec<String> = docs
        .tags
        .iter()
        .map(|(tag, value)| short(tag, value))
        .collect();
    if let (false, Some(first)) = (line.is_empty(), tags.first()) {
        // A word could be read as the end of the text.
        let is_word = first.starts_with(|letter: char| letter.is_alphanumeric());
        line.push_str(if is_word { " @" } else { " " });
    }
    line.push_str(&flattened(&tags.join(" ")));
    line
}

/// A text on one line.
pub(super) fn flattened(text: &str) -> String {
    // The two characters end a line for TypeScript, and so a comment.
    text.split(|letter: char| letter.is_whitespace() || matches!(letter, '\u{2028}' | '\u{2029}'))
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A tag as one would say it in passing: `>=1` for `@minimum 1`.
fn short(tag: &str, value: &str) -> String {
    let (path, tag) = tag
        .rsplit_once('.')
        .map_or(("", tag), |(path, tag)| (path, tag));
    let place = if path.is_empty() { "" } else { " " };
    let said = match tag {
        "contentEncoding" | "contentMediaType" | "format" => value.to_owned(),
        "default" => format!("={value}"),
        "exclusiveMaximum" => format!("<{value}"),
        "exclusiveMinimum" => format!(">{value}"),
        "maxItems" => format!("<={value} items"),
        "maxLength" => format!("<={value} chars"),
        "maxProperties" => format!("<={value} keys"),
        "maximum" => format!("<={value}"),
        "minItems" => format!(">={value} items"),
        "minLength" => format!(">={value} chars"),
        "minProperties" => format!(">={value} keys"),
        "minimum" => format!(">={value}"),
        "multipleOf" => format!("multiple of {value}"),
        "pattern" => format!("/{value}/"),
        "uniqueItems" => "unique".to_owned(),
        _ => format!("{tag} {value}"),
    };
    format!("{path}{place}{said}")
}

/// A comment ends at the first `*/`, wherever it stands; what followed would become code.
fn harmless(line: &str) -> String {
    line.replace("*/", "*\\/")
}

/// Breaks a line at spaces. What follows stands as far in as the line itself, and in a list as far as its text.
fn wrap(line: &str, width: usize, lines: &mut Vec<String>) {
    let text = line.trim_start();
    let mut indent = line.len() - text.len();
    if text.starts_with("- ") || text.starts_with("* ") {
        indent += 2;
    }
    let mut current = line[..line.len() - text.len()].to_owned();
    let mut length = current.chars().count();
    let mut is_empty = true;
    for word in text.split(' ') {
        let word_length = word.chars().count();
        if !is_empty && length + 1 + word_length > width {
            lines.push(std::mem::replace(&mut current, " ".repeat(indent)));
            length = indent;
            is_empty = true;
        }
        if !is_empty {
            current.push(' ');
            length += 1;
        }
        current.push_str(word);
        length += word_length;
        is_empty = false;
    }
    lines.push(current);
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
        assert_eq!(lines(&docs(text), 10), expected);
    }

    #[test]
    fn one_line_has_nothing_that_ends_it() {
        assert_eq!(one_line(&docs("a\n\n b\u{2028}c\r\nd")), "a b c d @date */");
    }
}
