//! Values that must not get out: not to scripts, not into logs, not into errors.

mod forms;

use std::borrow::Cow;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

use crate::declarations::percent_decode;

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
/// They are found in the forms in which programs pass values on, and not in those that hide them, such as a cipher's.
#[derive(Clone, Default)]
pub(super) struct Secrets {
    values: Vec<String>,
    /// Made when it is first needed. Finds all forms of all values at once, since texts are many and may be long.
    finder: OnceLock<Option<AhoCorasick>>,
}

impl Secrets {
    /// Adds a value, and what follows the scheme in one such as `Bearer …`.
    pub(super) fn add(&mut self, value: &str) {
        self.add_part(value);
        let Some((scheme, rest)) = value.split_once(' ') else {
            return;
        };
        self.add_part(rest);
        if scheme.eq_ignore_ascii_case("basic")
            && let Ok(decoded) = BASE64_STANDARD.decode(rest.trim())
            && let Ok(decoded) = String::from_utf8(decoded)
        {
            self.add_user(&decoded);
        }
    }

    fn add_part(&mut self, value: &str) {
        let value = value.trim();
        if value.len() >= MIN_LENGTH && !self.values.iter().any(|known| known == value) {
            self.values.push(value.to_owned());
            self.finder = OnceLock::new();
        }
    }

    /// Adds `user:password`, which is sent as one, and the password by itself.
    fn add_user(&mut self, user: &str) {
        self.add_part(user);
        if let Some((_, password)) = user.split_once(':') {
            self.add_part(password);
        }
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
            self.add_user(user);
            self.add_user(&percent_decode(user).unwrap_or_default());
        }
        let query = url.split_once('?').map_or("", |(_, query)| query);
        let query = query.split('#').next().unwrap_or_default();
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            self.add_named(name, value);
            self.add_named(name, &percent_decode(value).unwrap_or_default());
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
        Cow::Owned(scrubbed)
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
    use base64::prelude::BASE64_URL_SAFE_NO_PAD;
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
    fn secrets_are_found_however_they_are_passed_on() {
        let cases = [
            (
                "quoted\"back\\slash\nline\u{3}",
                r#"{"TOKEN":"quoted\"back\\slash\nline\u0003"}"#,
            ),
            ("p@ss/wörd+1?&2", "a=p%40ss%2Fw%C3%B6rd%2B1%3F%262&b=3"),
            ("p@ss/wörd+1?&2", "a=p%40ss%2fw%c3%b6rd%2b1%3f%262"),
            ("p@ss/wörd+1?&2", "https://x/p@ss/w%C3%B6rd+1?&2"),
            ("(two words)!", "(two%20words)!"),
            ("(two words)!", "%28two+words%29%21"),
        ];
        for (value, text) in cases {
            let mut secrets = Secrets::default();
            secrets.add(value);
            assert!(secrets.scrub(text).contains(MARK), "{text}");
        }
        let mut secrets = Secrets::default();
        secrets.add("two words");
        assert_eq!(
            secrets.scrub("q=two+words&r=two%20words"),
            "q=[secret]&r=[secret]"
        );
        assert_eq!(
            secrets.scrub_bytes(b"\xff two words".to_vec()),
            b"\xff [secret]"
        );
    }

    #[test]
    fn secrets_are_found_in_base64_whatever_stands_around_them() {
        // Base64 takes three bytes at once, so all depends on lengths.
        for value in ["p@ss/wörd?>", "p@ss/wörd?>1", "p@ss/wörd?>12"] {
            let mut secrets = Secrets::default();
            secrets.add(value);
            for before in ["", "a", "ab", "abc", "user:"] {
                for after in ["", "x", "xy", ":more"] {
                    let text = format!("{before}{value}{after}");
                    for encoded in [
                        BASE64_STANDARD.encode(&text),
                        BASE64_URL_SAFE_NO_PAD.encode(&text),
                    ] {
                        let scrubbed = secrets.scrub(&encoded);
                        assert!(scrubbed.contains(MARK), "{text}: {encoded}");
                        // What is left of it stands in characters that have bits of its neighbours.
                        let neighbours =
                            [before, after].map(|text| BASE64_STANDARD.encode(text).len());
                        let left = scrubbed.len() - MARK.len();
                        assert!(
                            left <= neighbours.iter().sum::<usize>() + 2,
                            "{text}: {scrubbed}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn a_password_is_known_from_whatever_holds_it() {
        let whole = BASE64_STANDARD.encode("me:open sesame");
        let mut header = Secrets::default();
        header.add(&format!("Basic {whole}"));
        let mut address = Secrets::default();
        address.add_url("https://me:open%20sesame@x.example/?token=a%2Fb%2Fc%2Fd");
        for secrets in [header, address.clone()] {
            for text in [
                whole.as_str(),
                "open sesame",
                "open%20sesame",
                "me:open sesame",
            ] {
                assert_eq!(secrets.scrub(text), MARK, "{text}");
            }
        }
        assert_eq!(
            address.scrub("a/b/c/d a%2Fb%2Fc%2Fd me"),
            "[secret] [secret] me"
        );
        // Too short to be looked for by itself, but not with its user.
        let mut short = Secrets::default();
        short.add_url("https://admin:1234@x.example");
        assert_eq!(short.scrub(&BASE64_STANDARD.encode("admin:1234")), MARK);
        assert_eq!(short.scrub("1234"), "1234");
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
