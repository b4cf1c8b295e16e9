//! A value as the text that crosses between Rust and JavaScript, taken apart once: a comparison needs to know where each part
//! begins, and no more of it, so nothing is copied.

use std::borrow::Cow;

use serde_json::Value;

use super::part::{self, Kind, Part};
use crate::exact::{self, Marked};

/// Where the parts of a text are.
pub(super) struct Text<'t> {
    whole: &'t str,
    /// Whether strings may be marked as something else.
    marked: bool,
    /// Each part before those that lie in it. The names of properties are parts, too.
    parts: Vec<Entry>,
}

/// Small, because a long list has many.
struct Entry {
    /// Its first byte.
    start: u32,
    /// The entry behind it and all that lies in it.
    next: u32,
}

impl<'t> Text<'t> {
    /// Takes a text apart that is exact JSON; `None` if it can't be any.
    pub(super) fn new(text: &'t str) -> Option<Self> {
        let (text, marked) = exact::without_flag(text);
        u32::try_from(text.len()).ok()?;
        let bytes = text.as_bytes();
        let mut parts: Vec<Entry> = Vec::with_capacity(text.len() / 8 + 1);
        let mut open = Vec::new();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            let end = match byte {
                b'{' | b'[' => {
                    open.push(parts.len());
                    at + 1
                }
                b'}' | b']' => {
                    let next = index(parts.len());
                    parts.get_mut(open.pop()?)?.next = next;
                    at += 1;
                    continue;
                }
                b'"' => string_end(bytes, at)?,
                b'n' | b't' | b'f' | b'-' | b'0'..=b'9' => word_end(bytes, at),
                b',' | b':' | b' ' | b'\n' | b'\r' | b'\t' => {
                    at += 1;
                    continue;
                }
                _ => return None,
            };
            parts.push(Entry {
                start: index(at),
                next: index(parts.len() + 1),
            });
            at = end;
        }
        let is_one = parts.first()?.next == index(parts.len());
        (is_one && open.is_empty()).then_some(Self {
            whole: text,
            marked,
            parts,
        })
    }

    /// The value as a whole.
    pub(super) fn root(&self) -> InText<'_> {
        InText {
            text: self,
            index: 0,
        }
    }
}

/// A position in a text that isn't longer than a `u32` can say.
fn index(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

fn string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

fn word_end(bytes: &[u8], start: usize) -> usize {
    let is_of_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
    let rest = bytes.get(start..).unwrap_or_default();
    let length = rest.iter().position(|byte| !is_of_word(byte));
    start + length.unwrap_or(rest.len())
}

/// A part of a text.
#[derive(Clone, Copy)]
pub(super) struct InText<'p> {
    text: &'p Text<'p>,
    index: usize,
}

impl<'p> InText<'p> {
    fn next(self) -> usize {
        let entry = self.text.parts.get(self.index);
        entry.map_or(self.text.parts.len(), |entry| entry.next as usize)
    }

    /// The text from this part on.
    fn rest(self) -> &'p str {
        let entry = self.text.parts.get(self.index);
        entry
            .and_then(|entry| self.text.whole.get(entry.start as usize..))
            .unwrap_or_default()
    }

    /// What stands between the quotes of a string, as it is escaped.
    fn escaped(self) -> &'p str {
        let rest = self.rest();
        string_end(rest.as_bytes(), 0)
            .and_then(|end| rest.get(1..end - 1))
            .unwrap_or_default()
    }

    fn string(self) -> Cow<'p, str> {
        let escaped = self.escaped();
        let escaped = match self.mark() {
            Marked::String(rest) => rest,
            _ => escaped,
        };
        unescaped(escaped)
    }

    fn mark(self) -> Marked<'p> {
        if self.text.marked {
            exact::mark_of(self.escaped())
        } else {
            Marked::Not
        }
    }

    /// This part and those behind it, up to an end.
    fn up_to(self, end: usize) -> impl Iterator<Item = Self> {
        let first = (self.index < end).then_some(self);
        std::iter::successors(first, move |part| {
            let index = part.next();
            (index < end).then_some(Self { index, ..*part })
        })
    }

    fn inner(self) -> impl Iterator<Item = Self> {
        let first = Self {
            index: self.index + 1,
            ..self
        };
        first.up_to(self.next())
    }
}

fn unescaped(escaped: &str) -> Cow<'_, str> {
    if !escaped.contains('\\') {
        return Cow::Borrowed(escaped);
    }
    let read = serde_json::from_str(&format!("\"{escaped}\""));
    read.map_or(Cow::Borrowed(escaped), Cow::Owned)
}

impl<'p> Part<'p> for InText<'p> {
    fn kind(self) -> Kind {
        match self.rest().as_bytes().first() {
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::List,
            Some(b'"') => match self.mark() {
                Marked::BigInt => Kind::BigInt,
                Marked::Bytes => Kind::Bytes,
                Marked::String(_) | Marked::Not => Kind::String,
            },
            Some(b't' | b'f') => Kind::Boolean,
            Some(b'n') | None => Kind::Null,
            Some(_) => Kind::Number,
        }
    }

    fn is(self, literal: &Value) -> bool {
        match literal {
            Value::String(text) => self.kind() == Kind::String && *text == self.string(),
            Value::Number(_) => {
                let rest = self.rest();
                let number = rest.get(..word_end(rest.as_bytes(), 0));
                let number = number.and_then(|number| number.parse().ok());
                number.is_some_and(|number| part::is_number(literal, number))
            }
            Value::Bool(true) => self.rest().starts_with('t'),
            Value::Bool(false) => self.rest().starts_with('f'),
            Value::Null => self.kind() == Kind::Null,
            Value::Array(_) | Value::Object(_) => false,
        }
    }

    fn items(self) -> impl Iterator<Item = Self> {
        self.inner()
    }

    fn fields(self) -> impl Iterator<Item = (Cow<'p, str>, Self)> {
        let mut parts = self.inner();
        std::iter::from_fn(move || {
            let name = parts.next()?;
            // Names are never marked, whatever they start with.
            Some((unescaped(name.escaped()), parts.next()?))
        })
    }

    fn count(self) -> usize {
        self.next() - self.index
    }
}
