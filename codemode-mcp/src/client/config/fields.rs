//! The fields of an entry, read in the forms in which people write them.

use std::collections::BTreeMap;

use super::file::WAYS;
use super::jsonc::{Data, Node};

/// What is odd in an entry and costs no more than itself, with its line.
pub(super) type Notes = Vec<(usize, String)>;

/// The fields of an entry, in whatever form they are.
pub(super) struct Entry<'a> {
    /// Those of objects within the entry stand behind its own.
    pub(super) fields: Vec<(&'a str, &'a Node)>,
    pub(super) notes: &'a mut Notes,
}

impl<'a> Entry<'a> {
    /// Takes the fields of an entry, and of objects within it that say how a server is reached.
    pub(super) fn collect(&mut self, entry: &'a Node) {
        let Data::Object(fields) = &entry.data else {
            return;
        };
        let mut names: Vec<&str> = Vec::new();
        for (name, value) in fields {
            if names.contains(&name.as_str()) {
                self.notes.push((
                    value.line,
                    format!("its `{name}` is there twice; the last one counts"),
                ));
            }
            names.push(name);
            self.fields.retain(|(known, _)| known != name);
            self.fields.push((name, value));
        }
        for (name, value) in fields {
            // `"command": { "path": …, "args": … }`, `"transport": { "type": …, "url": … }`.
            if let Data::Object(inner) = &value.data
                && (WAYS.contains(&name.as_str()) || name == "requestInit")
            {
                for (inner, value) in inner {
                    let inner = match (name.as_str(), inner.as_str()) {
                        ("command" | "cmd", "path") => "command",
                        (_, inner) => inner,
                    };
                    self.fields.push((inner, value));
                }
            }
        }
    }

    /// The first of these that is there and has a value.
    pub(super) fn field(&self, names: &[&str]) -> Option<(&'a str, &'a Node)> {
        let with_value = |(_, value): &(&'a str, &'a Node)| match &value.data {
            Data::Null | Data::Object(_) => false,
            Data::Text(text) => !text.trim().is_empty(),
            _ => true,
        };
        names.iter().find_map(|name| {
            let mut fields = self.fields.iter();
            fields
                .find(|field| field.0 == *name && with_value(field))
                .copied()
        })
    }

    /// The text of the first of these.
    pub(super) fn text(&self, names: &[&str]) -> Result<Option<String>, String> {
        let Some((name, value)) = self.field(names) else {
            return Ok(None);
        };
        let text = value.scalar();
        let wrong = || format!("its `{name}` is {}, and should be a text", value.kind());
        text.map(Some).ok_or_else(wrong)
    }

    pub(super) fn note(&mut self, line: usize, note: String) {
        self.notes.push((line, note));
    }

    /// What a switch is set to, if it is one and is set.
    pub(super) fn switch(&mut self, names: &[&str]) -> Option<bool> {
        let (name, value) = self.field(names)?;
        let text = value
            .scalar()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        match text.as_str() {
            "true" | "1" | "yes" | "on" => Some(true),
            "false" | "0" | "no" | "off" => Some(false),
            _ => {
                let note = format!("its `{name}` is neither `true` nor `false`, and has no effect");
                self.note(value.line, note);
                None
            }
        }
    }

    /// A list of texts, where one alone is a list as well.
    pub(super) fn texts(&mut self, name: &str, value: &Node) -> Result<Vec<String>, String> {
        let Data::List(items) = &value.data else {
            return value.scalar().map(|text| vec![text]).ok_or_else(|| {
                format!(
                    "its `{name}` is {}, and should be a list of texts",
                    value.kind()
                )
            });
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            match item.scalar() {
                Some(text) => texts.push(text),
                None if item.is_null() => {
                    self.note(item.line, format!("a `null` in its `{name}` is left out"));
                }
                None => {
                    return Err(format!(
                        "its `{name}` has {} in it, and should be a list of texts",
                        item.kind()
                    ));
                }
            }
        }
        Ok(texts)
    }

    /// Names that somebody has listed. What isn't one is told.
    pub(super) fn list(&mut self, names: &[&str]) -> Vec<String> {
        let Some((name, value)) = self.field(names) else {
            return Vec::new();
        };
        self.texts(name, value).unwrap_or_else(|problem| {
            self.note(value.line, problem);
            Vec::new()
        })
    }

    /// Names with their values: an object, or a list of `NAME=value` and `Name: value`.
    pub(super) fn pairs(&mut self, names: &[&str]) -> BTreeMap<String, String> {
        let mut pairs = BTreeMap::new();
        let nodes: Vec<(&str, &Node)> = self
            .fields
            .iter()
            .filter(|(name, value)| names.contains(name) && !value.is_null())
            .copied()
            .collect();
        // Those of the entry itself stand before those of objects within it, and count.
        for (field, node) in nodes.into_iter().rev() {
            let items: Vec<(String, &Node)> = match &node.data {
                Data::Object(fields) => fields
                    .iter()
                    .map(|(name, value)| (name.clone(), value))
                    .collect(),
                Data::List(items) => items.iter().map(|item| (String::new(), item)).collect(),
                _ => {
                    self.note(
                        node.line,
                        format!(
                            "its `{field}` is {}, and should be an object; it has no effect",
                            node.kind()
                        ),
                    );
                    continue;
                }
            };
            for (name, value) in items {
                if value.is_null() {
                    continue;
                }
                match pair(name, value) {
                    Ok((name, value)) => {
                        if pairs.contains_key(&name) {
                            self.note(
                                node.line,
                                format!("`{name}` is twice in its `{field}`; the last one counts"),
                            );
                        }
                        pairs.insert(name, value);
                    }
                    Err(problem) => self.note(
                        value.line,
                        format!("in its `{field}`, {problem}, and is left out"),
                    ),
                }
            }
        }
        pairs
    }

    /// The line of the first of these; 0 if there is none.
    pub(super) fn field_line(&self, names: &[&str]) -> usize {
        let mut fields = self.fields.iter();
        let field = fields.find(|(name, _)| names.contains(name));
        field.map_or(0, |(_, value)| value.line)
    }
}

/// A name and its text. Without a name, it is in the value.
fn pair(name: String, value: &Node) -> Result<(String, String), String> {
    if !name.is_empty() {
        return match value.scalar() {
            _ if name.contains(['=', '\0']) => Err(format!("`{name}` is no name")),
            Some(text) if text.contains('\0') => {
                Err(format!("`{name}` has a character that no value has"))
            }
            Some(text) => Ok((name, text)),
            None => Err(format!("`{name}` is {}", value.kind())),
        };
    }
    let named = value.get("name").or_else(|| value.get("key"));
    if let (Some(name), Some(value)) = (named.and_then(Node::scalar), value.get("value")) {
        return pair(name, value);
    }
    let text = value.scalar().unwrap_or_default();
    let (name, value) = text
        .split_once(['=', ':'])
        .filter(|(name, _)| !name.trim().is_empty())
        .ok_or("an entry has no name")?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}
