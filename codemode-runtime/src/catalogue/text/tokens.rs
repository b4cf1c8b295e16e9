//! How long a text is to a language model.

/// Estimates the tokens of a text, without the vocabulary of any model.
///
/// Counts what tokenizers of today make one token of: a word of up to ten letters with the space before it, where a
/// capital inside of a name begins another word; up to three digits; up to three signs side by side; a line break with the
/// indentation behind it; outside of ASCII, two letters of an alphabet or one other character. For the declarations that the
/// tests know this is within a seventh of what the tokenizer `o200k_base` counts. Use a model's own tokenizer where the exact number counts.
///
/// ```
/// assert_eq!(codemode_runtime::estimate_tokens("function countWords(input: Text): Promise<number>;"), 12);
/// ```
#[must_use]
pub fn estimate_tokens(text: &str) -> usize {
    let mut tokens = 0;
    let mut kind = Kind::Space;
    let mut length = 0;
    for character in text.chars() {
        let next = Kind::of(character);
        let goes_on = next == kind || (kind == Kind::Capital && next == Kind::Small);
        if !goes_on {
            tokens += kind.tokens(length);
            length = 0;
        }
        length += 1;
        kind = next;
    }
    tokens + kind.tokens(length)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Space,
    Break,
    Small,
    Capital,
    Digit,
    Sign,
    Letter,
    Other,
}

impl Kind {
    fn of(character: char) -> Self {
        match character {
            '\n' | '\r' => Self::Break,
            _ if character.is_whitespace() => Self::Space,
            'a'..='z' => Self::Small,
            'A'..='Z' => Self::Capital,
            '0'..='9' => Self::Digit,
            _ if character.is_ascii() => Self::Sign,
            _ if character.is_lowercase() || character.is_uppercase() => Self::Letter,
            _ => Self::Other,
        }
    }

    fn tokens(self, length: usize) -> usize {
        match self {
            // One space belongs to what follows, and an indentation to the line break before it.
            Self::Space => 0,
            Self::Break => usize::from(length > 0),
            Self::Small | Self::Capital => length.div_ceil(10),
            Self::Digit | Self::Sign => length.div_ceil(3),
            Self::Letter => length.div_ceil(2),
            Self::Other => length,
        }
    }
}
