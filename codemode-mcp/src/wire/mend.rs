//! Text that was meant to be JSON, as JSON.
//!
//! Serializers of other languages write what isn't JSON by the letter. What is meant beyond doubt is mended; for the rest it is
//! said what is wrong, and the number of the message is found all the same.

#![cfg_attr(
    not(feature = "servers"),
    expect(dead_code, reason = "what only messages need is here as well")
)]

use serde_json::{Map, Value, json};

use codemode_declarations::json_schema::NOTES;

/// How deep a message may be nested. A script couldn't do much with more, and each level costs stack.
const MAX_DEPTH: usize = 500;

/// Reads one value, piece by piece: a value may go over several lines.
#[derive(Clone, Default)]
pub(crate) struct Mender {
    /// What is open, from the outside in.
    open: Vec<Container>,
    /// What is being read, once it has come to its end.
    value: Value,
    is_too_deep: bool,
    /// The text of the string that is open, as it is written.
    string: Option<String>,
    /// Where in its container reading is.
    place: Place,
    id: Option<Value>,
    names: Vec<String>,
    problem: Option<String>,
    /// The first number that JSON doesn't have.
    odd_number: Option<String>,
}

/// Why a value can't be taken.
pub(crate) struct Wrong {
    pub(crate) problem: String,
    /// What it is without the numbers that JSON doesn't have, if nothing else is wrong with it. Each is noted as the keyword of a
    /// schema that couldn't be read.
    pub(crate) rest: Option<Value>,
}

/// A message that can't be read.
pub(crate) struct Unreadable {
    /// The number that it seems to have.
    pub(crate) id: Option<Value>,
    /// Whether it has a method, and a result or an error, as far as it has been read.
    pub(crate) asks: bool,
    pub(crate) answers: bool,
    pub(crate) problem: String,
    /// What it is without the numbers that JSON doesn't have, if nothing else is wrong with it.
    pub(crate) rest: Option<Value>,
}

#[derive(Clone)]
enum Container {
    List(Vec<Value>),
    Fields {
        fields: Map<String, Value>,
        /// Whose value is next.
        name: Option<String>,
    },
}

/// What was read last within a container.
#[derive(Clone, Copy, Default, PartialEq)]
enum Place {
    /// Its bracket, or a comma.
    #[default]
    Beginning,
    Name,
    Colon,
    Value,
}

impl Mender {
    /// Reads on. Returns how many bytes of the text belong to the value, if that ends in it.
    pub(crate) fn feed(&mut self, text: &str) -> Option<usize> {
        let mut letters = text.char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            if self.string.is_some() {
                self.in_string(letter, &mut letters);
                continue;
            }
            match letter {
                '"' => self.string = Some(String::new()),
                '{' | '[' => self.begin(letter),
                '}' | ']' => {
                    self.end(letter);
                    if self.open.is_empty() {
                        return Some(at + letter.len_utf8());
                    }
                }
                // One behind the last value is meant as none.
                ',' if self.place == Place::Value => self.place = Place::Beginning,
                ':' if self.place == Place::Name => self.place = Place::Colon,
                ',' | ':' => self.is_wrong(&format!("a `{letter}` where none belongs")),
                _ if letter.is_whitespace() => {}
                _ => {
                    let mut word = String::from(letter);
                    while let Some((_, more)) = letters.next_if(|(_, more)| is_of_word(*more)) {
                        word.push(more);
                    }
                    self.word(&word);
                }
            }
        }
        None
    }

    fn begin(&mut self, bracket: char) {
        self.is_too_deep |= self.open.len() >= MAX_DEPTH;
        self.open.push(if bracket == '[' {
            Container::List(Vec::new())
        } else {
            Container::Fields {
                fields: Map::new(),
                name: None,
            }
        });
        // A value begins where one belongs, or it is found out at its end.
        self.place = Place::Beginning;
    }

    fn end(&mut self, bracket: char) {
        let value = match (bracket, self.open.pop()) {
            (']', Some(Container::List(values))) => values.into(),
            ('}', Some(Container::Fields { fields, name: None })) => fields.into(),
            _ => {
                self.is_wrong(&format!("a `{bracket}` where none belongs"));
                Value::Null
            }
        };
        if self.open.is_empty() {
            self.value = value;
            return;
        }
        // Dropping what is nested without a bound would take stack without a bound.
        let value = if self.open.len() < MAX_DEPTH {
            value
        } else {
            Value::Null
        };
        // What a container has been for is known by its parent: a name, or its place in a list.
        self.place = match self.open.last() {
            Some(Container::Fields { name: Some(_), .. }) => Place::Colon,
            _ => Place::Beginning,
        };
        self.put(value);
    }

    /// Puts a value where it belongs.
    fn put(&mut self, value: Value) {
        let is_of_message = self.open.len() == 1;
        let place = std::mem::replace(&mut self.place, Place::Value);
        let problem = match (self.open.last_mut(), place) {
            (Some(Container::List(values)), Place::Beginning) => {
                values.push(value);
                None
            }
            (Some(Container::Fields { fields, name }), Place::Colon) => {
                let name = name.take().unwrap_or_default();
                if is_of_message && name == "id" && !value.is_null() {
                    self.id = Some(value.clone());
                }
                fields.insert(name, value);
                None
            }
            (Some(Container::Fields { name, .. }), Place::Beginning) => match value {
                Value::String(text) => {
                    if is_of_message {
                        self.names.push(text.clone());
                    }
                    *name = Some(text);
                    self.place = Place::Name;
                    None
                }
                other => Some(format!(
                    "`{}` where a name belongs",
                    shortened(&other.to_string())
                )),
            },
            (_, _) => Some(format!(
                "`{}` where a comma or a colon belongs",
                shortened(&value.to_string())
            )),
        };
        if let Some(problem) = problem {
            self.is_wrong(&problem);
        }
    }

    fn in_string(
        &mut self,
        letter: char,
        letters: &mut std::iter::Peekable<std::str::CharIndices<'_>>,
    ) {
        let Some(string) = &mut self.string else {
            return;
        };
        match letter {
            '"' => {
                let string = self.string.take().unwrap_or_default();
                self.end_string(&string);
            }
            '\\' => match letters.peek().copied() {
                Some((_, 'u')) => {
                    letters.next();
                    let mut digits = String::new();
                    while digits.len() < 4
                        && let Some((_, digit)) =
                            letters.next_if(|(_, digit)| digit.is_ascii_hexdigit())
                    {
                        digits.push(digit);
                    }
                    if digits.len() == 4 {
                        string.push_str("\\u");
                    } else {
                        string.push_str("\\\\u");
                    }
                    string.push_str(&digits);
                }
                Some((_, next @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't'))) => {
                    letters.next();
                    string.push('\\');
                    string.push(next);
                }
                // No escape begins with it, so it stands for itself, as in a Windows path.
                _ => string.push_str("\\\\"),
            },
            control if u32::from(control) < 0x20 => {
                string.push_str(&format!("\\u{:04x}", u32::from(control)));
            }
            _ => string.push(letter),
        }
    }

    fn end_string(&mut self, written: &str) {
        let text = format!("\"{}\"", whole_characters(written));
        match serde_json::from_str::<String>(&text) {
            // Halves of several characters are the same one; the later name stays as it is written.
            Ok(name) if name.contains('\u{fffd}') && self.has(&name) => self.put(written.into()),
            Ok(text) => self.put(text.into()),
            Err(error) => self.is_wrong(&format!("a text that can't be read: {error}")),
        }
    }

    /// Whether it is the name of a field that the open object has already.
    fn has(&self, name: &str) -> bool {
        match (self.open.last(), self.place) {
            (Some(Container::Fields { fields, .. }), Place::Beginning) => fields.contains_key(name),
            _ => false,
        }
    }

    fn word(&mut self, word: &str) {
        if let Ok(value) = serde_json::from_str(word) {
            self.put(value);
            return;
        }
        let problem = format!("`{}`, which JSON doesn't have", shortened(word));
        if word.parse::<f64>().is_err() || !self.leave_away(word) {
            self.is_wrong(&problem);
            return self.put(Value::Null);
        }
        self.odd_number.get_or_insert(problem);
    }

    /// Leaves a value away, with a note. False where no value belongs.
    fn leave_away(&mut self, word: &str) -> bool {
        match (self.open.last_mut(), self.place) {
            (Some(Container::List(_)), Place::Beginning)
            | (Some(Container::Fields { .. }), Place::Colon) => {}
            _ => return false,
        }
        self.place = Place::Value;
        let mut is_innermost = true;
        for container in self.open.iter_mut().rev() {
            if let Container::Fields { fields, name } = container {
                let of = if is_innermost {
                    name.take()
                } else {
                    // What is in it is still to come.
                    name.clone()
                };
                let note = format!("\"{}\": {}", of.unwrap_or_default(), shortened(word));
                let notes = fields.entry(NOTES).or_insert_with(|| json!([]));
                if let Value::Array(notes) = notes {
                    notes.push(note.into());
                }
                break;
            }
            is_innermost = false;
        }
        true
    }

    fn is_wrong(&mut self, problem: &str) {
        self.problem.get_or_insert_with(|| problem.to_owned());
    }

    /// Whether what has been read is a message, and not a line of a log.
    pub(super) fn is_of_message(&self) -> bool {
        let has = |name: &str| self.names.iter().any(|known| known == name);
        has("jsonrpc") || (has("id") && (has("result") || has("error")))
    }

    /// What is known of a message that can't be read.
    pub(crate) fn unreadable(&self, problem: String) -> Unreadable {
        let has = |name: &str| self.names.iter().any(|known| known == name);
        Unreadable {
            id: self.id.clone(),
            asks: has("method"),
            answers: has("result") || has("error"),
            problem,
            rest: None,
        }
    }

    /// The value, which has come to its end.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub(crate) fn value(self) -> Result<Value, Wrong> {
        let (problem, rest) = match (self.problem, self.odd_number) {
            _ if self.is_too_deep => (
                format!("it is nested more than {MAX_DEPTH} levels deep"),
                None,
            ),
            (Some(problem), _) => (format!("it has {problem}"), None),
            (None, Some(problem)) => (format!("it has {problem}"), Some(self.value)),
            (None, None) => return Ok(self.value),
        };
        Err(Wrong { problem, rest })
    }
}

fn is_of_word(letter: char) -> bool {
    !letter.is_whitespace() && !matches!(letter, '{' | '}' | '[' | ']' | ',' | ':' | '"')
}

/// A written string with U+FFFD for each half of a surrogate pair, which is no character.
fn whole_characters(written: &str) -> String {
    let mut whole = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(at) = rest.find('\\') {
        whole.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match surrogate(rest) {
            Some(High) if matches!(rest.get(6..).and_then(surrogate), Some(Low)) => {
                whole.push_str(&rest[..12]);
                12
            }
            Some(_) => {
                whole.push_str("\\ufffd");
                6
            }
            // An escape of one letter; the digits of another one are letters like others.
            None => {
                whole.push_str(&rest[..2]);
                2
            }
        };
        rest = &rest[length..];
    }
    whole.push_str(rest);
    whole
}

enum Half {
    High,
    Low,
}
use Half::{High, Low};

/// Which half of a surrogate pair is written at the beginning.
fn surrogate(written: &str) -> Option<Half> {
    let digits = written.strip_prefix("\\u")?.get(..4)?;
    match u16::from_str_radix(digits, 16).ok()? {
        0xd800..=0xdbff => Some(High),
        0xdc00..=0xdfff => Some(Low),
        _ => None,
    }
}

fn shortened(word: &str) -> String {
    const SHOWN: usize = 40;
    match word.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &word[..at]),
        None => word.to_owned(),
    }
}

#[cfg(test)]
mod tests;
