//! How else a value may be written.

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE};

/// The value, and what programs make of it when they pass it on: within JSON, in an address, in base64.
pub(super) fn of(value: &str) -> Vec<String> {
    let mut forms = vec![value.to_owned()];
    let json = serde_json::Value::from(value).to_string();
    forms.push(json[1..json.len() - 1].to_owned());
    for unescaped in UNESCAPED {
        for digits in [UPPER, LOWER] {
            let escaped = percent_encoded(value, unescaped, digits);
            // The form of a query string.
            forms.push(escaped.replace("%20", "+"));
            forms.push(escaped);
        }
    }
    for engine in [BASE64_STANDARD, BASE64_URL_SAFE] {
        let whole = engine.encode(value);
        forms.push(whole.trim_end_matches('=').to_owned());
        forms.push(whole);
        forms.extend((0..3).map(|before| within(value, before, &engine)));
    }
    forms.sort();
    forms.dedup();
    forms
}

/// What of a value's base64 stays the same when something stands before it, `before` bytes more than a multiple of three,
/// and anything behind it.
fn within(value: &str, before: usize, engine: &impl base64::Engine) -> String {
    let mut bytes = vec![0; before];
    bytes.extend(value.bytes());
    let encoded = engine.encode(&bytes);
    // A character has six bits; one with bits of other bytes in it isn't always the same.
    let from = (before * 8).div_ceil(6);
    let to = bytes.len() * 8 / 6;
    encoded.get(from..to).unwrap_or_default().to_owned()
}

const UPPER: &[u8; 16] = b"0123456789ABCDEF";
const LOWER: &[u8; 16] = b"0123456789abcdef";

/// What is left as it is, beside letters and digits: by RFC 3986, by forms, and by JavaScript's two functions.
const UNESCAPED: [&str; 4] = ["-._~", "-._*", "-_.!~*'()", "-_.!~*'();/?:@&=+$,#"];

fn percent_encoded(value: &str, unescaped: &str, digits: &[u8; 16]) -> String {
    let mut encoded = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || unescaped.as_bytes().contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(char::from(digits[usize::from(byte >> 4)]));
            encoded.push(char::from(digits[usize::from(byte & 15)]));
        }
    }
    encoded
}
