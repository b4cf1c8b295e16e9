//! Values that must not get out: not to scripts, not into logs, not into errors.

mod forms;
mod names;
mod schema;
mod values;

use std::borrow::Cow;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

use self::names::Named;
use codemode_declarations::json_schema::percent_decode;

const MARK: &str = "[secret]";

/// The credentials of one server. What comes from the server is scrubbed of them, since a server may well repeat what it
/// was given: in an error, or in a tool that shows its environment.
///
/// They are found in the forms in which programs pass values on, and not in those that hide them, such as a cipher's.
#[derive(Clone, Default)]
pub(super) struct Secrets {
    values: Vec<String>,
    told: Told,
    /// Made when it is first needed. Finds all forms of all values at once, since texts are many and may be long.
    finder: OnceLock<Option<AhoCorasick>>,
}

/// The names of which a user has said what their values are.
#[derive(Clone, Default)]
pub(super) struct Told {
    secret: Vec<String>,
    public: Vec<String>,
    met: Vec<String>,
}

impl Told {
    pub(super) fn new(secret: Vec<String>, public: Vec<String>) -> Self {
        Self {
            secret,
            public,
            met: Vec::new(),
        }
    }

    fn has(names: &[String], name: &str) -> bool {
        names.iter().any(|known| known.eq_ignore_ascii_case(name))
    }

    fn met(&mut self, name: &str) {
        if Self::has(&self.secret, name) && !Self::has(&self.met, name) {
            self.met.push(name.to_owned());
        }
    }
}

/// What goes before a credential in a value.
const SCHEMES: [&str; 7] = [
    "apikey",
    "basic",
    "bearer",
    "digest",
    "key",
    "negotiate",
    "token",
];

impl Secrets {
    /// None yet, with what a user has said.
    pub(super) fn told(told: Told) -> Self {
        Self {
            told,
            ..Self::default()
        }
    }

    /// The names that a user has called secrets, and that nothing has.
    pub(super) fn unmet(&self) -> impl Iterator<Item = &str> {
        let names = self.told.secret.iter().map(String::as_str);
        names.filter(|name| !Told::has(&self.told.met, name))
    }

    /// Adds a value, and what follows the scheme in one such as `Bearer …`.
    pub(super) fn add(&mut self, value: &str) {
        self.add_part(value);
        // Keys and certificates may be shown line by line.
        for line in value.lines().filter(|line| values::is_token(line)) {
            self.add_part(line);
        }
        let Some((scheme, rest)) = value.trim().split_once(' ') else {
            return;
        };
        let scheme = scheme.to_ascii_lowercase();
        if SCHEMES.contains(&scheme.as_str()) {
            self.add_part(rest);
        }
        if scheme == "basic"
            && let Ok(decoded) = BASE64_STANDARD.decode(rest.trim())
            && let Ok(decoded) = String::from_utf8(decoded)
        {
            self.add_user(&decoded);
        }
    }

    fn add_part(&mut self, value: &str) {
        if !values::is_everywhere(value.trim()) {
            self.add_certain(value);
        }
    }

    fn add_certain(&mut self, value: &str) {
        let value = value.trim();
        if !values::is_short(value) && !self.values.iter().any(|known| known == value) {
            self.values.push(value.to_owned());
            self.finder = OnceLock::new();
        }
    }

    /// Adds `user:password`, which is sent as one, and the password by itself.
    fn add_user(&mut self, user: &str) {
        match user.split_once(':') {
            Some((_, password)) => {
                self.add_part(user);
                self.add_part(password);
            }
            // Some services take a token in the place of a user.
            None if values::is_odd(user) => self.add_part(user),
            None => {}
        }
    }

    /// Adds what of a variable, a header or a parameter is a secret, by what a user has said, by its name and by its look.
    ///
    /// # Errors
    ///
    /// If a user calls a value a secret that can't be looked for.
    pub(super) fn add_named(&mut self, name: &str, value: &str) -> Result<(), String> {
        self.told.met(name);
        if Told::has(&self.told.secret, name) {
            self.add_certain(value);
            return if values::is_short(value) {
                Err(format!(
                    "`{name}` is among its `secrets`, and a value so short isn't looked for in what the server sends"
                ))
            } else {
                self.add(value);
                Ok(())
            };
        }
        if Told::has(&self.told.public, name) {
            return Ok(());
        }
        let is_secret = match Named::of(name) {
            Named::Secret => !values::is_place(value),
            Named::Perhaps => !values::is_place(value) && values::is_odd(value),
            Named::Setting => false,
        };
        if is_secret {
            self.add(value);
            // A cookie has parts, and so has a list of tokens.
            self.add_parts(value, true);
        } else {
            self.add_found(value);
        }
        Ok(())
    }

    /// Adds what a value without a name, such as an argument, has of secrets.
    pub(super) fn add_found(&mut self, value: &str) {
        if let Ok(Value::Object(fields)) = serde_json::from_str(value) {
            for (name, field) in &fields {
                self.add_field(name, field);
            }
            return;
        }
        if value.contains("://") {
            self.add_url(value);
        }
        let scheme = value.split_once(' ').map(|(scheme, _)| scheme);
        if scheme.is_some_and(|scheme| ["Bearer", "Basic"].contains(&scheme))
            || values::is_token(value) && !values::is_place(value)
        {
            self.add(value);
        }
        // A header within an argument.
        if let Some((name, value)) = value.split_once(':')
            && !name.contains(char::is_whitespace)
            && Named::of(name) == Named::Secret
            && !value.starts_with("//")
        {
            self.add(value.trim());
        }
        self.add_parts(value, false);
    }

    fn add_field(&mut self, name: &str, value: &Value) {
        match value {
            // Whether it can be looked for is said of the names that a user has written.
            Value::String(text) => {
                let _ = self.add_named(name, text);
            }
            Value::Object(fields) => {
                for (name, field) in fields {
                    self.add_field(name, field);
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.add_field(name, item);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// Adds the values of `name=value` in a list of such, as addresses of databases and options have them.
    fn add_parts(&mut self, value: &str, is_secret: bool) {
        let parts = value.split(|letter: char| letter.is_whitespace() || ";&,".contains(letter));
        for part in parts {
            let (named, value) = match part.split_once('=') {
                Some((name, value)) if !value.trim_matches('=').is_empty() => {
                    (Named::of(name), value)
                }
                _ => (Named::Setting, part),
            };
            let is_secret = match named {
                Named::Secret => true,
                Named::Perhaps => values::is_odd(value),
                Named::Setting => is_secret && values::is_token(value),
            };
            if is_secret && !values::is_place(value) {
                self.add_part(value.trim_matches(['"', '\'']));
            }
        }
    }

    /// Adds what an address has of secrets: a password, parameters with such names, and tokens in its path.
    pub(super) fn add_url(&mut self, url: &str) {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if let Some((user, _)) = authority.rsplit_once('@') {
            self.add_user(user);
            self.add_user(&percent_decode(user).unwrap_or_default());
        }
        let path = rest.split(['?', '#']).next().unwrap_or_default();
        for segment in path
            .split('/')
            .skip(1)
            .filter(|part| values::is_token(part))
        {
            self.add_part(segment);
        }
        let query = url.split_once('?').map_or("", |(_, query)| query);
        let query = query.split('#').next().unwrap_or_default();
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            for value in [value, &percent_decode(value).unwrap_or_default()] {
                // Too short is said of names that aren't within others.
                let _ = self.add_named(name, value);
            }
        }
    }

    /// The text with a mark in the place of each secret.
    pub(super) fn scrub<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.values.is_empty() {
            return Cow::Borrowed(text);
        }
        let Some(finder) = self.finder() else {
            return Cow::Borrowed(MARK);
        };
        if !finder.is_match(text) {
            return Cow::Borrowed(text);
        }
        let mut scrubbed = String::with_capacity(text.len());
        finder.replace_all_with(text, &mut scrubbed, |_, _, scrubbed| {
            scrubbed.push_str(MARK);
            true
        });
        Cow::Owned(self.still_json(text, scrubbed))
    }

    /// The scrubbed text. If it was JSON and isn't any more, as with a number in the place of the mark, the JSON scrubbed
    /// string by string.
    fn still_json(&self, text: &str, scrubbed: String) -> String {
        let is_json = |text: &str| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
        if !text.trim_start().starts_with(['{', '[']) || !is_json(text) || is_json(&scrubbed) {
            return scrubbed;
        }
        match serde_json::from_str(text) {
            Ok(mut value) => {
                self.scrub_value(&mut value);
                value.to_string()
            }
            Err(_) => scrubbed,
        }
    }

    /// Bytes with a mark in the place of each secret: they may be those of a text.
    pub(super) fn scrub_bytes(&self, bytes: Vec<u8>) -> Vec<u8> {
        if self.values.is_empty() {
            return bytes;
        }
        let Some(finder) = self.finder() else {
            return MARK.into();
        };
        if !finder.is_match(&bytes) {
            return bytes;
        }
        let mut scrubbed = Vec::with_capacity(bytes.len());
        finder.replace_all_with_bytes(&bytes, &mut scrubbed, |_, _, scrubbed| {
            scrubbed.extend(MARK.bytes());
            true
        });
        scrubbed
    }

    /// `None` if there are more forms than can be looked for. Then nothing gets out.
    fn finder(&self) -> Option<&AhoCorasick> {
        let make = || {
            let forms = self.values.iter().flat_map(|value| forms::of(value));
            AhoCorasick::builder()
                // One value may be part of another.
                .match_kind(MatchKind::LeftmostLongest)
                .build(forms)
                .ok()
        };
        self.finder.get_or_init(make).as_ref()
    }

    /// Scrubs the strings of a value. Names of properties are its structure, and stay; a number is none of ours.
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
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

#[cfg(test)]
mod tests;
