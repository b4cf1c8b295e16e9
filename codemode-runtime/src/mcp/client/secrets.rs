//! Values that must not get out: not to scripts, not into logs, not into errors.

use std::borrow::Cow;

use serde_json::Value;

/// Shorter values are no secrets worth the name, and would be found where they don't stand.
const MIN_LENGTH: usize = 6;

const MARK: &str = "[secret]";

/// Parts of the names of variables and parameters that hold secrets.
const NAMES: [&str; 12] = [
    "apikey",
    "auth",
    "bearer",
    "cookie",
    "credential",
    "key",
    "pass",
    "pat",
    "private",
    "secret",
    "session",
    "token",
];

/// The credentials of one server. What comes from the server is scrubbed of them, since a server may well repeat what it
/// was given: in an error, or in a tool that shows its environment.
///
/// Only the values themselves are found, not other ways to write them, such as base64.
#[derive(Clone, Default)]
pub(super) struct Secrets {
    /// The longest first, since one may be part of another.
    values: Vec<String>,
}

impl Secrets {
    /// Adds a value, and what follows the scheme in one such as `Bearer …`.
    pub(super) fn add(&mut self, value: &str) {
        for part in [Some(value), value.split_once(' ').map(|(_, rest)| rest)] {
            let part = part.unwrap_or_default().trim();
            if part.len() >= MIN_LENGTH && !self.values.iter().any(|known| known == part) {
                self.values.push(part.to_owned());
            }
        }
        self.values
            .sort_by_key(|value| std::cmp::Reverse(value.len()));
    }

    /// Adds a value if its name is that of a secret.
    pub(super) fn add_named(&mut self, name: &str, value: &str) {
        let name: String = name
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_lowercase())
            .collect();
        // `PATH` isn't a personal access token.
        if name != "path" && NAMES.iter().any(|part| name.contains(part)) {
            self.add(value);
        }
    }

    /// Adds what an address has of secrets: a password, and parameters with such names.
    pub(super) fn add_url(&mut self, url: &str) {
        let authority = url.split_once("://").map_or(url, |(_, rest)| rest);
        let authority = authority.split(['/', '?', '#']).next().unwrap_or_default();
        if let Some((user, _)) = authority.rsplit_once('@') {
            self.add(user.split_once(':').map_or(user, |(_, password)| password));
        }
        let query = url.split_once('?').map_or("", |(_, query)| query);
        let query = query.split('#').next().unwrap_or_default();
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            self.add_named(name, value);
        }
    }

    /// The text with a mark in the place of each secret.
    pub(super) fn scrub<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let mut text = Cow::Borrowed(text);
        for value in &self.values {
            if text.contains(value) {
                text = Cow::Owned(text.replace(value, MARK));
            }
        }
        text
    }

    /// Scrubs all strings of a value, names of properties included.
    pub(super) fn scrub_value(&self, value: &mut Value) {
        if self.values.is_empty() {
            return;
        }
        match value {
            Value::String(text) => {
                if let Cow::Owned(scrubbed) = self.scrub(text) {
                    *text = scrubbed;
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.scrub_value(item);
                }
            }
            Value::Object(fields) => {
                for field in fields.values_mut() {
                    self.scrub_value(field);
                }
                if fields
                    .keys()
                    .any(|name| matches!(self.scrub(name), Cow::Owned(_)))
                {
                    let old = std::mem::take(fields);
                    let scrubbed =
                        |(name, field): (String, Value)| (self.scrub(&name).into_owned(), field);
                    fields.extend(old.into_iter().map(scrubbed));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn secrets_are_taken_out_wherever_they_stand() {
        let mut secrets = Secrets::default();
        secrets.add("Bearer abcdef-123");
        secrets.add("abcdef-123-longer");
        secrets.add("short");
        let mut value = json!({ "abcdef-123": ["x abcdef-123-longer y", 3], "a": "short" });
        secrets.scrub_value(&mut value);
        assert_eq!(
            value,
            json!({ "[secret]": ["x [secret] y", 3], "a": "short" })
        );
        assert_eq!(secrets.scrub("Bearer abcdef-123"), "[secret]");
    }

    #[test]
    fn a_name_tells_whether_its_value_is_a_secret() {
        let cases = [
            ("GITHUB_PERSONAL_ACCESS_TOKEN", true),
            ("OPENAI_API_KEY", true),
            ("db-password", true),
            ("PATH", false),
            ("HOME", false),
            ("NODE_ENV", false),
        ];
        for (name, expected) in cases {
            let mut secrets = Secrets::default();
            secrets.add_named(name, "some value");
            assert_eq!(!secrets.values.is_empty(), expected, "{name}");
        }
    }
}
