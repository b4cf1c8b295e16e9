//! Texts that `serde_json` reads as [`super::read`] would, only faster.

use std::sync::OnceLock;

use codemode_declarations::exact::FLAG;

use super::json::{PRIVATE_NAMES, is_of_number};
use crate::exact::integers::SAFE_DIGITS;
use crate::exact::text::has_unsafe_integer;

const DIGIT: u8 = 1;
const QUOTE: u8 = 2;
/// What an odd key can start with.
const ODD: u8 = 4;

/// What each byte means here. Every byte of every input is looked up in it, and most mean nothing.
const MEANING: [u8; 256] = {
    let mut meaning = [0; 256];
    let mut byte = 0_u8;
    loop {
        meaning[byte as usize] = match byte {
            b'0'..=b'9' => DIGIT | ODD,
            b'"' => QUOTE,
            b'-' | b't' | b'f' | b'$' | 0x80.. => ODD,
            _ => 0,
        };
        if byte == u8::MAX {
            break meaning;
        }
        byte += 1;
    }
};

fn meaning(byte: Option<&u8>) -> u8 {
    byte.map_or(0, |byte| MEANING[usize::from(*byte)])
}

/// Whether it is such a text, whatever type is read.
pub(crate) fn is_plain(text: &str) -> bool {
    if text.starts_with(FLAG) || changes_numbers() {
        return false;
    }
    let bytes = text.as_bytes();
    let mut digits = 0;
    for (position, byte) in bytes.iter().enumerate() {
        let found = meaning(Some(byte));
        if found & DIGIT != 0 {
            digits += 1;
            // Most texts have no run of digits that long, strings included.
            if digits == SAFE_DIGITS && has_unsafe_integer(text) {
                return false;
            }
            continue;
        }
        digits = 0;
        if found == QUOTE
            && meaning(bytes.get(position + 1)) & ODD != 0
            && is_odd_key(&bytes[position + 1..])
        {
            return false;
        }
    }
    true
}

/// Whether what follows a quote is a key that could be more than text, or one that `serde_json` stumbles over.
fn is_odd_key(text: &[u8]) -> bool {
    match text.first() {
        Some(b'0'..=b'9' | b'-') => {
            let end = text.iter().position(|byte| !is_of_number(*byte));
            end.is_some_and(|end| is_end_of_key(&text[end..]))
        }
        Some(b't') => text.strip_prefix(b"true").is_some_and(is_end_of_key),
        Some(b'f') => text.strip_prefix(b"false").is_some_and(is_end_of_key),
        Some(b'$') => text.starts_with(PRIVATE_NAMES.as_bytes()),
        // Where a boolean is to be, it reads on in the middle of the character.
        Some(0x80..) => {
            let end = text.iter().position(|byte| *byte == b'"');
            end.is_some_and(|end| is_end_of_key(&text[end..]))
        }
        _ => false,
    }
}

fn is_end_of_key(text: &[u8]) -> bool {
    text.strip_prefix(b"\"").is_some_and(|rest| {
        let mut rest = rest.iter().skip_while(|byte| byte.is_ascii_whitespace());
        rest.next() == Some(&b':')
    })
}

/// Whether `serde_json` keeps the digits of numbers (its feature `arbitrary_precision`). It then shows them to serde's
/// buffer as objects.
fn changes_numbers() -> bool {
    static CHANGES: OnceLock<bool> = OnceLock::new();
    *CHANGES.get_or_init(|| serde_json::from_str::<serde_json::Value>("1e400").is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_texts_are_told_from_plain_ones() {
        let plain = [
            "{}",
            r#"{"a":1,"b":[true,"1"],"c":"2024-01-01: 12","d":"true"}"#,
            r#"{"a":"1234567890123456 is no number"}"#,
            r#"["é","-","$serde","false"]"#,
            r#"{"1a":1,"t":1,"trues":1,"$ref":1}"#,
            "[9007199254740991]",
            r#"{"a1":1,"not true":1,"x-1.5":2}"#,
        ];
        for text in plain {
            assert!(is_plain(text), "{text}");
        }
        let odd = [
            "~{}",
            r#"{"1":1}"#,
            r#"{"a":{"-1.5e3" : 1}}"#,
            r#"{"true":1}"#,
            "{\"false\"\n:1}",
            r#"{"é":1}"#,
            r#"{"$serde_json::private::Number":"1"}"#,
            "[9007199254740992]",
        ];
        for text in odd {
            assert!(!is_plain(text), "{text}");
        }
    }
}
