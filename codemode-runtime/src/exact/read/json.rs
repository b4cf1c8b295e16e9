//! What a script sent, as a tree that can be read more than once.

use std::borrow::Cow;
use std::cell::Cell;

use codemode_declarations::exact::{BYTES, FLAG, INTEGER, STRING};
use serde::ser::{Error as _, Serialize, SerializeMap as _, Serializer};

use super::error::Misread;
use super::marked;
use crate::exact::integers::{MAX_SAFE, beyond};

/// Deeper values are refused, as `serde_json` does: reading them would need a stack without bound.
const MAX_DEPTH: usize = 127;

/// How `serde_json` calls what its features hand on in disguise. It takes a property of such a name for its own.
pub(crate) const PRIVATE_NAMES: &str = "$serde_json::private::";

/// A value. Texts are borrowed wherever they aren't escaped.
#[derive(Debug)]
pub(crate) enum Json<'t> {
    Null,
    Bool(bool),
    /// An integer that a script's `number` holds exactly.
    Integer(i64),
    /// Any other number, one that may have been rounded before anybody saw it.
    Number(f64),
    String(Cow<'t, str>),
    /// What JSON has no name for: the letter of its kind, and the digits of a bigint or the base64 of bytes.
    Marked(&'t str),
    List(Vec<Self>),
    Object(Object<'t>),
}

/// An object, and what its keys are shown as where nothing says what they are read as.
#[derive(Debug)]
pub(crate) struct Object<'t> {
    pub(crate) entries: Vec<(Cow<'t, str>, Json<'t>)>,
    pub(crate) keys: Cell<Keys>,
}

/// What those keys of an object that could be numbers or booleans are shown as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keys {
    Text,
    Scalars,
    /// Text, whatever is said of it: as scalars they weren't read either.
    Settled,
}

/// A key that could be something else than text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Scalar {
    Bool(bool),
    Integer(i128),
    Number(f64),
}

impl Scalar {
    /// What a key is if it isn't text: only the one way to write a value counts.
    pub(crate) fn of(key: &str) -> Option<Self> {
        match key {
            "true" => Some(Self::Bool(true)),
            "false" => Some(Self::Bool(false)),
            _ if !key.starts_with(|first: char| first == '-' || first.is_ascii_digit()) => None,
            _ if is_number(key) => match key.parse() {
                Ok(integer) if key != "-0" => Some(Self::Integer(integer)),
                _ => key.parse().ok().map(Self::Number),
            },
            _ => None,
        }
    }
}

impl<'t> Json<'t> {
    /// Reads what a script sent, flagged or not.
    pub(crate) fn parse(text: &'t str) -> Result<Self, Misread> {
        let (text, marked) = match text.strip_prefix(FLAG) {
            Some(text) => (text, true),
            None => (text, false),
        };
        Self::read(text, marked, false)
    }

    /// Reads JSON that was written in Rust, where an integer that a script can't hold exactly is refused.
    pub(crate) fn parse_exactly(text: &'t str) -> Result<Self, Misread> {
        Self::read(text, false, true)
    }

    fn read(text: &'t str, marked: bool, exactly: bool) -> Result<Self, Misread> {
        let mut parser = Parser {
            rest: text,
            marked,
            exactly,
            depth: 0,
        };
        let value = parser.value()?;
        match parser.peek() {
            None => Ok(value),
            Some(_) => Err(parser.unexpected("the end of the text")),
        }
    }

    /// The parts of a marked value: its kind's letter and what follows it.
    pub(crate) fn marked_parts(body: &str) -> (char, &str) {
        let mut rest = body.chars();
        (rest.next().unwrap_or(STRING), rest.as_str())
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Integer(integer) => serializer.serialize_i64(*integer),
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::String(text) => serializer.serialize_str(text),
            Self::Marked(body) => {
                let digits = marked::integer(body);
                match digits.map(|digits| (digits.parse::<u64>(), digits.parse::<i64>())) {
                    Some((Ok(integer), _)) => serializer.serialize_u64(integer),
                    Some((_, Ok(integer))) => serializer.serialize_i64(integer),
                    Some(_) => Err(S::Error::custom(
                        "a bigint of more than 64 bits has no JSON here",
                    )),
                    None => Err(S::Error::custom("a Uint8Array has no JSON")),
                }
            }
            Self::List(values) => serializer.collect_seq(values),
            Self::Object(object) => {
                // Without a length: nobody has looked whether a name is there twice.
                let mut map = serializer.serialize_map(None)?;
                for (key, value) in &object.entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

struct Parser<'t> {
    rest: &'t str,
    marked: bool,
    exactly: bool,
    depth: usize,
}

impl<'t> Parser<'t> {
    /// The next byte that isn't space.
    fn peek(&mut self) -> Option<u8> {
        self.rest = self.rest.trim_start_matches([' ', '\n', '\r', '\t']);
        self.rest.bytes().next()
    }

    fn take(&mut self, bytes: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    fn skip(&mut self, expected: u8) -> bool {
        let found = self.peek() == Some(expected);
        if found {
            self.take(1);
        }
        found
    }

    fn unexpected(&self, expected: &str) -> Misread {
        let found = match self.rest.chars().next() {
            Some(character) => format!("`{}`", character.escape_debug()),
            None => "its end".to_owned(),
        };
        Misread::new(format!("the text isn't JSON: {found}, expected {expected}"))
    }

    fn value(&mut self) -> Result<Json<'t>, Misread> {
        match self.peek() {
            Some(b'"') => self.string(),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b'[') => self.nested(Self::list),
            Some(b'{') => self.nested(Self::object),
            _ => {
                let words = [
                    ("null", Json::Null),
                    ("true", Json::Bool(true)),
                    ("false", Json::Bool(false)),
                ];
                for (word, value) in words {
                    if let Some(rest) = self.rest.strip_prefix(word) {
                        self.rest = rest;
                        return Ok(value);
                    }
                }
                Err(self.unexpected("a value"))
            }
        }
    }

    fn nested(
        &mut self,
        read: fn(&mut Self) -> Result<Json<'t>, Misread>,
    ) -> Result<Json<'t>, Misread> {
        if self.depth >= MAX_DEPTH {
            return Err(Misread::new(format!(
                "nested deeper than {MAX_DEPTH} levels"
            )));
        }
        self.depth += 1;
        self.take(1);
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn list(&mut self) -> Result<Json<'t>, Misread> {
        let mut values = Vec::new();
        if self.skip(b']') {
            return Ok(Json::List(values));
        }
        loop {
            let value = self.value();
            values.push(value.map_err(|error| error.at_index(values.len()))?);
            if self.skip(b']') {
                return Ok(Json::List(values));
            }
            if !self.skip(b',') {
                return Err(self.unexpected("`,` or `]`"));
            }
        }
    }

    fn object(&mut self) -> Result<Json<'t>, Misread> {
        let mut entries = Vec::new();
        let mut ended = self.skip(b'}');
        while !ended {
            if self.peek() != Some(b'"') {
                return Err(self.unexpected("the name of a property"));
            }
            let key = self.text()?;
            if key.starts_with(PRIVATE_NAMES) {
                return Err(Misread::new(format!(
                    "`{key}` is a name that serde_json keeps to itself; call the property something else"
                )));
            }
            if !self.skip(b':') {
                return Err(self.unexpected("`:`"));
            }
            let value = self.value().map_err(|error| error.at_key(&key))?;
            entries.push((key, value));
            ended = self.skip(b'}');
            if !ended && !self.skip(b',') {
                return Err(self.unexpected("`,` or `}`"));
            }
        }
        Ok(Json::Object(Object {
            entries,
            keys: Cell::new(Keys::Text),
        }))
    }

    fn number(&mut self) -> Result<Json<'t>, Misread> {
        let length = self.rest.bytes().position(|byte| !is_of_number(byte));
        let text = self.take(length.unwrap_or(self.rest.len()));
        if !is_number(text) {
            return Err(Misread::new(format!(
                "the text isn't JSON: {text} is no number"
            )));
        }
        if text != "-0"
            && let Ok(integer) = text.parse::<i64>()
            && integer.unsigned_abs() <= MAX_SAFE
        {
            return Ok(Json::Integer(integer));
        }
        if self.exactly && is_integer(text) && text != "-0" {
            return Err(Misread::new(beyond(text)));
        }
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Json::Number(number)),
            _ => Err(Misread::new(format!(
                "{text} is no number that a double holds"
            ))),
        }
    }

    fn string(&mut self) -> Result<Json<'t>, Misread> {
        let token = self.take(string_length(self.rest));
        if let Some(body) = token.strip_prefix("\"\\u0000").filter(|_| self.marked) {
            let mark = body.strip_suffix('"').unwrap_or(body);
            let (kind, rest) = Json::marked_parts(mark);
            match kind {
                INTEGER if is_integer(rest) => return Ok(Json::Marked(mark)),
                BYTES if !rest.contains('\\') => return Ok(Json::Marked(mark)),
                STRING if body.len() > rest.len() => {
                    return unescaped(&format!("\"{rest}\""))
                        .map(Cow::Owned)
                        .map(Json::String);
                }
                // A script can forge a mark with a boxed string. It is the string that it is, then.
                _ => {}
            }
        }
        content(token).map(Json::String)
    }

    fn text(&mut self) -> Result<Cow<'t, str>, Misread> {
        content(self.take(string_length(self.rest)))
    }
}

/// What is in a string with its quotes.
fn content(token: &str) -> Result<Cow<'_, str>, Misread> {
    let inner = token
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    match inner {
        Some(inner) if !inner.bytes().any(|byte| byte == b'\\' || byte < b' ') => {
            Ok(Cow::Borrowed(inner))
        }
        _ => unescaped(token).map(Cow::Owned),
    }
}

/// A string with its quotes, without its escapes.
fn unescaped(token: &str) -> Result<String, Misread> {
    serde_json::from_str(token).map_err(|error| {
        let text = error.to_string();
        let problem = text.rfind(" at line ").map_or(&*text, |end| &text[..end]);
        Misread::new(format!("a string that isn't text: {problem}"))
    })
}

/// The length of a string with its quotes.
pub(crate) fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (position, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return position + 1,
            _ => {}
        }
    }
    text.len()
}

pub(crate) fn is_of_number(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')
}

/// Whether it is the digits of an integer.
pub(crate) fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether it is a number by JSON's grammar.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.strip_prefix('-').unwrap_or(text);
    let whole = digits(rest);
    if whole == 0 || whole > 1 && rest.starts_with('0') {
        return false;
    }
    let mut rest = &rest[whole..];
    if let Some(fraction) = rest.strip_prefix('.') {
        let length = digits(fraction);
        if length == 0 {
            return false;
        }
        rest = &fraction[length..];
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let length = digits(exponent);
        if length == 0 {
            return false;
        }
        rest = &exponent[length..];
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests;
