//! Credentials in what a service sends back.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// What stands in the place of a credential.
const HIDDEN: &str = "[hidden]";

/// Shorter texts are in other words by chance, and protect nothing.
const MIN_LENGTH: usize = 6;

/// Texts that must not be seen.
#[derive(Clone, Default)]
pub struct Secrets {
    texts: Vec<String>,
}

impl Secrets {
    /// Adds a text, as it is, as an address has it, and as JSON has it.
    pub fn add(&mut self, text: &str) {
        if text.len() < MIN_LENGTH {
            return;
        }
        let in_address = utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let in_json = Value::from(text).to_string();
        let in_json = in_json.trim_matches('"').to_owned();
        // Of `Bearer abc`, the second word is the secret.
        let words = text
            .split_whitespace()
            .filter(|word| word.len() >= MIN_LENGTH)
            .map(str::to_owned);
        self.texts.extend(
            [text.to_owned(), in_address, in_json]
                .into_iter()
                .chain(words),
        );
        // The longest first, so that nothing is left of one that has another one in it.
        self.texts
            .sort_by(|one, other| (other.len(), one).cmp(&(one.len(), other)));
        self.texts.dedup();
    }

    /// The text without them.
    pub fn scrub(&self, text: &str) -> String {
        let mut scrubbed = text.to_owned();
        for secret in &self.texts {
            if scrubbed.contains(secret.as_str()) {
                scrubbed = scrubbed.replace(secret.as_str(), HIDDEN);
            }
        }
        scrubbed
    }

    /// Takes them out of all texts of a value.
    pub fn scrub_value(&self, value: &mut Value) {
        match value {
            Value::String(text)
                if self
                    .texts
                    .iter()
                    .any(|secret| text.contains(secret.as_str())) =>
            {
                *text = self.scrub(text);
            }
            Value::Array(values) => values.iter_mut().for_each(|value| self.scrub_value(value)),
            Value::Object(fields) => {
                let is_seen = |name: &str| {
                    self.texts
                        .iter()
                        .any(|secret| name.contains(secret.as_str()))
                };
                if fields.keys().any(|name| is_seen(name)) {
                    let scrubbed = std::mem::take(fields).into_iter();
                    *fields = scrubbed
                        .map(|(name, value)| (self.scrub(&name), value))
                        .collect();
                }
                fields
                    .values_mut()
                    .for_each(|value| self.scrub_value(value));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_credential_is_not_seen_however_it_is_written() {
        let mut secrets = Secrets::default();
        for text in ["Bearer to/ken+1", "abc", "to/ken+1\"2"] {
            secrets.add(text);
        }
        let cases = [
            ("a to/ken+1 b", "a [hidden] b"),
            ("Bearer to/ken+1", "[hidden]"),
            ("?key=Bearer%20to%2Fken%2B1", "?key=[hidden]"),
            (r#"{"a":"to/ken+1\"2"}"#, r#"{"a":"[hidden]"}"#),
            ("abc", "abc"),
        ];
        for (text, expected) in cases {
            assert_eq!(secrets.scrub(text), expected);
        }
        let mut value = json!({ "a": ["to/ken+1", 1], "to/ken+1": null });
        secrets.scrub_value(&mut value);
        assert_eq!(value, json!({ "a": ["[hidden]", 1], "[hidden]": null }));
    }
}
