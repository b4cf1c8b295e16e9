//! JSON as people keep it: with comments, commas before the end, and names of which each has its line.

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    pub(super) line: usize,
    pub(super) data: Data,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Data {
    Null,
    Bool(bool),
    /// As it is written.
    Number(String),
    Text(String),
    List(Vec<Node>),
    /// In the order of the file, with names that are there twice.
    Object(Vec<(String, Node)>),
    /// Something that ends where it should, and can't be read, for this reason.
    Unreadable(&'static str),
}

/// Why a text can't be read, and where.
#[derive(Debug, PartialEq)]
pub(super) struct Fault {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) problem: String,
}

/// Deeper than that nobody writes by hand, and reading is recursive.
const MAX_DEPTH: usize = 64;

impl Node {
    /// The value under a name; of two, the last one counts.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        let Data::Object(fields) = &self.data else {
            return None;
        };
        let mut named = fields.iter().rev().filter(|(known, _)| known == name);
        named.next().map(|(_, value)| value)
    }

    /// Text, and what somebody wrote without its quotes.
    pub(super) fn scalar(&self) -> Option<String> {
        match &self.data {
            Data::Text(text) | Data::Number(text) => Some(text.clone()),
            Data::Bool(value) => Some(value.to_string()),
            _ => None,
        }
    }

    pub(super) fn is_null(&self) -> bool {
        self.data == Data::Null
    }

    /// What it is, for an error that doesn't show it.
    pub(super) fn kind(&self) -> &'static str {
        match self.data {
            Data::Null => "null",
            Data::Bool(_) => "a boolean",
            Data::Number(_) => "a number",
            Data::Text(_) => "a text",
            Data::List(_) => "a list",
            Data::Object(_) => "an object",
            Data::Unreadable(_) => "unreadable",
        }
    }

    /// The first place in it that can't be read.
    pub(super) fn unreadable(&self) -> Option<(usize, &'static str)> {
        match &self.data {
            Data::Unreadable(problem) => Some((self.line, problem)),
            Data::List(items) => items.iter().find_map(Self::unreadable),
            Data::Object(fields) => fields.iter().find_map(|(_, value)| value.unreadable()),
            _ => None,
        }
    }
}

/// Reads a text.
pub(super) fn read(text: &str) -> Result<Node, Fault> {
    let mut reader = Reader {
        text,
        at: 0,
        line: 1,
        counted: 0,
    };
    let value = reader.space().and_then(|()| reader.value(0))?;
    reader.space()?;
    match reader.peek() {
        None => Ok(value),
        Some(_) => Err(reader.fault("there is more behind its end")),
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// The line of the place up to which lines are counted.
    line: usize,
    counted: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn line(&mut self) -> usize {
        let passed = self.text.get(self.counted..self.at).unwrap_or_default();
        self.line += passed.matches('\n').count();
        self.counted = self.at;
        self.line
    }

    fn fault(&mut self, problem: impl Into<String>) -> Fault {
        let before = self.text.get(..self.at).unwrap_or_default();
        let in_line = before.rsplit('\n').next().unwrap_or_default();
        Fault {
            line: self.line(),
            column: in_line.chars().count() + 1,
            problem: problem.into(),
        }
    }

    /// Goes on to what is neither space nor a comment.
    fn space(&mut self) -> Result<(), Fault> {
        loop {
            let rest = self.rest();
            let trimmed = rest
                .trim_start_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}');
            self.at += rest.len() - trimmed.len();
            if trimmed.starts_with("//") {
                self.at += trimmed.find('\n').unwrap_or(trimmed.len());
            } else if let Some(comment) = trimmed.strip_prefix("/*") {
                let Some(length) = comment.find("*/") else {
                    return Err(self.fault("this comment has no end"));
                };
                self.at += length + 4;
            } else {
                return Ok(());
            }
        }
    }

    fn value(&mut self, depth: usize) -> Result<Node, Fault> {
        if depth > MAX_DEPTH {
            return Err(self.fault("it is nested too deeply"));
        }
        let line = self.line();
        let data = match self.peek() {
            Some('{') => self.object(depth)?,
            Some('[') => self.list(depth)?,
            Some(quote @ ('"' | '\'')) => self.string(quote)?,
            Some(letter) if is_of_word(letter) => word(self.word()),
            Some(_) => return Err(self.fault("a value is missing here")),
            None => return Err(self.fault("it ends before a value")),
        };
        Ok(Node { line, data })
    }

    fn object(&mut self, depth: usize) -> Result<Data, Fault> {
        let mut fields = Vec::new();
        while self.has_more('}')? {
            let name = match self.peek() {
                Some(quote @ ('"' | '\'')) => match self.string(quote)? {
                    Data::Text(name) => name,
                    _ => return Err(self.fault("the name before this can't be read")),
                },
                Some(letter) if is_of_word(letter) => self.word().to_owned(),
                _ => return Err(self.fault("a name in quotes is missing here")),
            };
            self.space()?;
            if self.peek() != Some(':') {
                return Err(self.fault("a `:` is missing here"));
            }
            self.at += 1;
            self.space()?;
            fields.push((name, self.value(depth + 1)?));
        }
        Ok(Data::Object(fields))
    }

    fn list(&mut self, depth: usize) -> Result<Data, Fault> {
        let mut items = Vec::new();
        while self.has_more(']')? {
            items.push(self.value(depth + 1)?);
        }
        Ok(Data::List(items))
    }

    /// Goes on to the next entry of a list or an object, or behind its end.
    fn has_more(&mut self, end: char) -> Result<bool, Fault> {
        let is_first = self.rest().starts_with(['{', '[']);
        if is_first {
            self.at += 1;
        }
        self.space()?;
        let mut is_separated = is_first;
        while self.peek() == Some(',') {
            is_separated = true;
            self.at += 1;
            self.space()?;
        }
        match self.peek() {
            Some(letter) if letter == end => {
                self.at += 1;
                Ok(false)
            }
            Some(_) if is_separated => Ok(true),
            Some(_) => Err(self.fault(format!("a `,` or `{end}` is missing here"))),
            None => Err(self.fault(format!("it ends where a `{end}` is missing"))),
        }
    }

    fn string(&mut self, quote: char) -> Result<Data, Fault> {
        let rest = self.rest();
        let mut letters = rest.char_indices().skip(1);
        let end = loop {
            match letters.next() {
                Some((end, letter)) if letter == quote => break end,
                Some((_, '\\')) => {
                    letters.next();
                }
                Some(_) => {}
                None => return Err(self.fault("this text has no end")),
            }
        };
        let written = rest.get(..=end).unwrap_or_default();
        self.at += written.len();
        Ok(if quote == '\'' {
            Data::Unreadable("a text is in single quotes, and needs double ones")
        } else if written.contains(char::REPLACEMENT_CHARACTER) {
            Data::Unreadable("a text isn't in UTF-8: save the file in that encoding")
        } else {
            match serde_json::from_str(written) {
                Ok(text) => Data::Text(text),
                Err(_) => Data::Unreadable(
                    "a text has a `\\` or the end of a line in it that JSON doesn't know: write `\\\\` for a backslash, and `\\n`",
                ),
            }
        })
    }

    fn word(&mut self) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|letter| !is_of_word(letter));
        let word = rest.get(..length.unwrap_or(rest.len())).unwrap_or_default();
        self.at += word.len();
        word
    }
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || "_$+-.".contains(letter)
}

fn word(word: &str) -> Data {
    match word {
        "null" => Data::Null,
        "true" => Data::Bool(true),
        "false" => Data::Bool(false),
        number if serde_json::from_str::<serde_json::Number>(number).is_ok() => {
            Data::Number(number.to_owned())
        }
        _ => Data::Unreadable(
            "something without quotes is neither a number nor `true`, `false` or `null`",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Data {
        Data::Text(text.to_owned())
    }

    #[test]
    fn json_is_read_as_people_keep_it() {
        let root = read("\u{feff}// first\n{ \"a\": 1e3, /* , } */ 'b': [true,,],\n c: null, \"a\": \"//x\\n\", }\n// last").unwrap_err();
        // A name has to be read, since it says what the rest is about.
        assert_eq!((root.line, root.column), (2, 26));
        let root = read("\u{feff}// first\n{ \"a\": 1e3, /* , } */ \"b\": [true,,],\n c: null, \"a\": \"//x\\n\", }\n// last").unwrap();
        assert_eq!(root.line, 2);
        assert_eq!(root.get("a").unwrap().data, text("//x\n"));
        assert_eq!(root.get("a").unwrap().line, 3);
        let Data::Object(fields) = &root.data else {
            panic!("an object")
        };
        let names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["a", "b", "c", "a"]);
        assert_eq!(fields[0].1.data, Data::Number("1e3".to_owned()));
        assert!(root.get("c").unwrap().is_null());
    }

    #[test]
    fn a_text_that_cannot_be_read_leaves_the_rest() {
        for odd in [
            r#""C:\Users""#,
            "\"a\nb\"",
            r"'a'",
            r#""\ud800""#,
            "\"\u{fffd}\"",
            "undefined",
            "NaN",
            "007",
            "0x1f",
        ] {
            let root = read(&format!("{{ \"a\": [{odd}], \"b\": 1 }}")).unwrap();
            assert!(root.get("a").unwrap().unreadable().is_some(), "{odd}");
            assert_eq!(
                root.get("b").unwrap().scalar().as_deref(),
                Some("1"),
                "{odd}"
            );
        }
    }

    #[test]
    fn a_fault_has_its_place() {
        let cases = [
            ("", 1, 1, "ends before a value"),
            ("{\n  \"a\": 1\n  \"b\": 2 }", 3, 3, "`,` or `}` is missing"),
            ("{\n  \"a\": }", 2, 8, "a value is missing"),
            ("{ \"a\" 1 }", 1, 7, "`:` is missing"),
            ("{ \"a\": [1 }", 1, 11, "`,` or `]` is missing"),
            ("{ \"a\": 1", 1, 9, "ends where a `}` is missing"),
            ("{ \"ä\": \"x }", 1, 8, "has no end"),
            ("{} {}", 1, 4, "more behind its end"),
            ("/* {", 1, 1, "comment has no end"),
        ];
        for (text, line, column, problem) in cases {
            let fault = read(text).unwrap_err();
            assert_eq!((fault.line, fault.column), (line, column), "{text}");
            assert!(fault.problem.contains(problem), "{text}: {fault:?}");
        }
        let deep = "[".repeat(100_000);
        assert!(read(&deep).unwrap_err().problem.contains("deeply"));
    }
}
