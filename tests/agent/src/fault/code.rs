//! As much of a script's structure as it takes to make mistakes in it.

use std::ops::Range;

/// A script, and where its code is.
pub(super) struct Code<'a> {
    pub(super) text: &'a str,
    /// For each byte, whether it is code: no text, no regular expression.
    is_code: Vec<bool>,
}

/// A call of a tool.
pub(super) struct Call {
    pub(super) namespace: Range<usize>,
    pub(super) tool: Range<usize>,
    /// The whole call, without an `await` before it.
    pub(super) whole: Range<usize>,
    /// `await ` before it.
    pub(super) awaited: Option<Range<usize>>,
    /// Behind the brace of its object, where there is one.
    pub(super) object: Option<usize>,
    /// What stands in the object.
    pub(super) properties: Vec<Property>,
}

/// A property of the object that a tool is called with.
pub(super) struct Property {
    pub(super) key: Range<usize>,
    /// None in `{ key }`.
    pub(super) value: Option<Range<usize>>,
    /// With the comma behind it.
    pub(super) whole: Range<usize>,
}

impl<'a> Code<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            is_code: mask(text),
        }
    }

    /// The script with other texts in some places.
    pub(super) fn with(&self, changes: &[(Range<usize>, &str)]) -> String {
        let mut changes = changes.to_vec();
        changes.sort_by_key(|(range, _)| range.start);
        let mut text = self.text.to_owned();
        for (range, new) in changes.into_iter().rev() {
            text.replace_range(range, new);
        }
        text
    }

    /// The names in the code.
    pub(super) fn names(&self) -> Vec<Range<usize>> {
        let is_part = |at: usize| self.is_code[at] && is_letter(self.text.as_bytes()[at]);
        let mut names = Vec::new();
        let mut at = 0;
        while at < self.text.len() {
            let start = at;
            while at < self.text.len() && is_part(at) {
                at += 1;
            }
            if at == start {
                at += 1;
            } else if !self.text.as_bytes()[start].is_ascii_digit() {
                names.push(start..at);
            }
        }
        names
    }

    /// The calls of tools in these namespaces.
    pub(super) fn calls(&self, namespaces: &[String]) -> Vec<Call> {
        let is_call = |namespace: &Range<usize>| {
            namespaces
                .iter()
                .any(|name| *name == self.text[namespace.clone()])
                && !self.text[..namespace.start].ends_with('.')
        };
        self.names()
            .into_iter()
            .filter(is_call)
            .filter_map(|namespace| self.call(namespace))
            .collect()
    }

    fn call(&self, namespace: Range<usize>) -> Option<Call> {
        let rest = self.text[namespace.end..].strip_prefix('.')?;
        let length = rest.bytes().take_while(|byte| is_letter(*byte)).count();
        let tool = namespace.end + 1..namespace.end + 1 + length;
        if !self.text[tool.end..].starts_with('(') {
            return None;
        }
        let end = self.closing(tool.end)?;
        let awaited = self.text[..namespace.start]
            .ends_with("await ")
            .then(|| namespace.start - 6..namespace.start);
        let object = self.text[tool.end..]
            .starts_with("({")
            .then_some(tool.end + 2);
        let properties = object
            .map(|start| self.properties(start))
            .unwrap_or_default();
        Some(Call {
            whole: namespace.start..end + 1,
            namespace,
            tool,
            awaited,
            object,
            properties,
        })
    }

    fn properties(&self, start: usize) -> Vec<Property> {
        let end = self.closing(start - 1).unwrap_or(start);
        let mut properties = Vec::new();
        let mut from = start;
        while from < end {
            let until = self.next_at_this_level(from, end, b',').unwrap_or(end);
            let whole = from..(until + 1).min(end);
            let key_start = until - self.text[from..until].trim_start().len();
            let length = self.text[key_start..]
                .bytes()
                .take_while(|byte| is_letter(*byte))
                .count();
            let key = key_start..key_start + length;
            if length > 0 {
                let value = self.text[key.end..until].strip_prefix(": ").map(|_| {
                    let value = key.end + 2;
                    value..value + self.text[value..until].trim_end().len()
                });
                properties.push(Property { key, value, whole });
            }
            from = until + 1;
        }
        properties
    }

    /// Where the bracket at `open` is closed.
    pub(super) fn closing(&self, open: usize) -> Option<usize> {
        let close = match self.text.as_bytes()[open] {
            b'(' => b')',
            b'[' => b']',
            _ => b'}',
        };
        self.next_at_this_level(open + 1, self.text.len(), close)
    }

    fn next_at_this_level(&self, from: usize, until: usize, wanted: u8) -> Option<usize> {
        let mut depth = 0;
        for at in (from..until).filter(|at| self.is_code[*at]) {
            let byte = self.text.as_bytes()[at];
            if depth == 0 && byte == wanted {
                return Some(at);
            }
            match byte {
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => depth -= 1,
                _ => {}
            }
        }
        None
    }
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$'
}

/// Which bytes are code. What stands in `${…}` is, and regular expressions aren't.
fn mask(text: &str) -> Vec<bool> {
    let bytes = text.as_bytes();
    let mut mask = vec![true; bytes.len()];
    // What a `}` ends: a template's part, or a block.
    let mut open = Vec::new();
    let mut quote = None;
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        match quote {
            Some(end) => {
                mask[at] = false;
                if byte == b'\\' {
                    at += 1;
                    mask[at] = false;
                } else if byte == end {
                    quote = None;
                } else if end == b'`' && text[at..].starts_with("${") {
                    at += 1;
                    mask[at] = false;
                    open.push(true);
                    quote = None;
                }
            }
            None => match byte {
                b'"' | b'\'' | b'`' => {
                    quote = Some(byte);
                    mask[at] = false;
                }
                b'/' if text[..at].ends_with(['(', '=', ' ']) && !text[at..].starts_with("/ ") => {
                    quote = Some(b'/');
                    mask[at] = false;
                }
                b'{' => open.push(false),
                b'}' if open.pop() == Some(true) => {
                    quote = Some(b'`');
                    mask[at] = false;
                }
                _ => {}
            },
        }
        at += 1;
    }
    mask
}
