//! What a script sent as plain JSON, for those who look at a call and read no Rust type of it.

use std::borrow::Cow;

use codemode_declarations::exact::{BYTES, FLAG, INTEGER, STRING};

use super::integers::{MAX_SAFE, SAFE_DIGITS};
use super::read::json::{is_of_number, string_length};
use super::wrapped::BYTES_NAME;

/// Turns a script's text into plain JSON.
///
/// Marked integers become their digits, so that any integer type reads them exactly. Integers that a `number` can't hold
/// exactly become floating-point numbers of the same value: `f64` takes them as they are, and integer types refuse them.
/// The script's number may have been rounded before anybody saw it, so nothing else would be honest.
pub(crate) fn unmark(text: &str) -> Cow<'_, str> {
    match text.strip_prefix(FLAG) {
        Some(marked) => Cow::Owned(rewrite(marked, true)),
        None if has_unsafe_integer(text) => Cow::Owned(rewrite(text, false)),
        None => Cow::Borrowed(text),
    }
}

/// Writes the text of a value as it stands in a text with marked strings, of which only some are: without a flag, and with what
/// begins like a mark marked as a string.
pub(crate) fn within_marked(text: &str) -> Cow<'_, str> {
    const BEGINS_LIKE_ONE: &str = "\"\\u0000";
    if let Some(marked) = text.strip_prefix(FLAG) {
        return Cow::Borrowed(marked);
    }
    if !text.contains(BEGINS_LIKE_ONE) {
        return Cow::Borrowed(text);
    }
    let mut marked = String::with_capacity(text.len());
    let mut tokens = tokens(text).peekable();
    while let Some(token) = tokens.next() {
        let is_key = is_before_colon(tokens.peek());
        match token {
            Token::String(string) if !is_key && string.starts_with(BEGINS_LIKE_ONE) => {
                marked.push_str(BEGINS_LIKE_ONE);
                marked.push(STRING);
                marked.push_str(&string[1..]);
            }
            Token::String(piece) | Token::Number(piece) | Token::Other(piece) => {
                marked.push_str(piece);
            }
        }
    }
    Cow::Owned(marked)
}

/// A piece of JSON text.
enum Token<'t> {
    /// With its quotes, as it is escaped.
    String(&'t str),
    Number(&'t str),
    Other(&'t str),
}

/// Splits valid JSON into pieces; invalid one into whatever comes of it, for serde to refuse.
fn tokens<'t>(text: &'t str) -> impl Iterator<Item = Token<'t>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.bytes().next()?;
        let (length, token): (usize, fn(&'t str) -> Token<'t>) = match first {
            b'"' => (string_length(rest), Token::String),
            b'-' | b'0'..=b'9' => (span(rest, is_of_number), Token::Number),
            _ => (
                span(rest, |byte| byte != b'"' && !is_of_number(byte)).max(1),
                Token::Other,
            ),
        };
        let (piece, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        rest = after;
        Some(token(piece))
    })
}

fn span(text: &str, keep: impl Fn(u8) -> bool) -> usize {
    text.bytes()
        .position(|byte| !keep(byte))
        .unwrap_or(text.len())
}

fn is_unsafe_integer(number: &str) -> bool {
    let digits = number.strip_prefix('-').unwrap_or(number);
    digits.len() >= SAFE_DIGITS
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits
            .parse::<u64>()
            .is_ok_and(|integer| integer <= MAX_SAFE)
}

pub(super) fn has_unsafe_integer(text: &str) -> bool {
    // Most texts have no run of digits that long, strings included.
    let mut run = 0;
    let long_run = text.bytes().any(|byte| {
        run = if byte.is_ascii_digit() { run + 1 } else { 0 };
        run >= SAFE_DIGITS
    });
    long_run
        && tokens(text)
            .any(|token| matches!(token, Token::Number(number) if is_unsafe_integer(number)))
}

/// Whether this stands behind a key. Keys are never marked, whatever they start with.
fn is_before_colon(next: Option<&Token<'_>>) -> bool {
    matches!(next, Some(Token::Other(next)) if next.trim_start().starts_with(':'))
}

fn rewrite(text: &str, marked: bool) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut tokens = tokens(text).peekable();
    while let Some(token) = tokens.next() {
        let is_key = is_before_colon(tokens.peek());
        match token {
            Token::Number(number) if is_unsafe_integer(number) => {
                plain.push_str(number);
                plain.push_str(".0");
            }
            Token::String(string) if marked && !is_key => match string.strip_prefix("\"\\u0000") {
                Some(value) => push_marked(value, &mut plain),
                None => plain.push_str(string),
            },
            Token::String(piece) | Token::Number(piece) | Token::Other(piece) => {
                plain.push_str(piece);
            }
        }
    }
    plain
}

/// `value` is what follows the mark, with the closing quote.
fn push_marked(value: &str, plain: &mut String) {
    let integer = value
        .strip_prefix(INTEGER)
        .and_then(|rest| rest.strip_suffix('"'));
    if let Some(integer) = integer {
        let digits = integer.strip_prefix('-').unwrap_or(integer);
        if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            plain.push_str(integer);
        } else {
            // A script can forge a mark with a boxed string. Without this, the rest of the string would become JSON.
            plain.push_str("\"\\u0000");
            plain.push_str(value);
        }
    } else if let Some(string) = value.strip_prefix(STRING) {
        plain.push('"');
        plain.push_str(string);
    } else if let Some(base64) = value.strip_prefix(BYTES) {
        // As an object, so that a type of strings refuses them instead of reading their base64.
        plain.push_str("{\"");
        plain.push_str(BYTES_NAME);
        plain.push_str("\":\"");
        plain.push_str(base64);
        plain.push('}');
    }
}
