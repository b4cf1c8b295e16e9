//! Text that others have written, as a person can look at it.

/// The text without what a terminal would obey, and what would show the rest in another order or not at all: all of that is
/// written as `\u{…}`. Line ends and tabs stay.
///
/// ```
/// assert_eq!(codemode_declarations::visible("a\u{1b}[2Jb\tc\r\n"), "a\\u{1b}[2Jb\tc\r\n");
/// assert_eq!(codemode_declarations::visible("all is well\rnot"), "all is well\\u{d}not");
/// ```
#[must_use]
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let ends_line = letter == '\r' && letters.peek() == Some(&'\n');
        if is_hidden(letter) && !ends_line {
            shown.extend(letter.escape_unicode());
        } else {
            shown.push(letter);
        }
    }
    shown
}

/// The same of a text that is seldom in need of it. In TypeScript it means the same in a string and in a comment.
pub fn made_visible(text: String) -> String {
    if text.chars().any(is_hidden) {
        visible(&text)
    } else {
        text
    }
}

/// Whether a letter does something else than to be seen. The joiners of letters do, too, but emoji and some scripts need them.
pub fn is_hidden(letter: char) -> bool {
    match letter {
        '\n' | '\t' => false,
        // Zero width, directions, separators of lines, and a second alphabet that nobody sees.
        '\u{61c}'
        | '\u{200b}'
        | '\u{200e}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{e0000}'..='\u{e007f}' => true,
        _ => letter.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn what_is_there_can_be_seen() {
        for (text, expected) in [
            (
                "größe 日本 👩\u{200d}💻\tx\ny",
                "größe 日本 👩\u{200d}💻\tx\ny",
            ),
            ("\u{1b}]0;title\u{7}", "\\u{1b}]0;title\\u{7}"),
            ("\u{9b}1A", "\\u{9b}1A"),
            (
                "a\u{202e}b\u{e0041}\u{feff}",
                "a\\u{202e}b\\u{e0041}\\u{feff}",
            ),
            ("\r\r\n", "\\u{d}\r\n"),
        ] {
            assert_eq!(visible(text), expected);
        }
    }
}
