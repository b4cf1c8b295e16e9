//! Values as they stand in code.

use std::fmt::Write as _;

use serde_json::Value;

use crate::visible::is_hidden;

/// A value as it stands in code, with what nobody would see in it written out.
pub(super) fn quoted(value: &Value) -> String {
    let text = value.to_string();
    if !text.contains(is_hidden) {
        return text;
    }
    let mut quoted = String::with_capacity(text.len());
    for letter in text.chars() {
        match u32::from(letter) {
            code @ ..=0xffff if is_hidden(letter) => {
                let _ = write!(quoted, "\\u{code:04x}");
            }
            _ if is_hidden(letter) => quoted.extend(letter.escape_unicode()),
            _ => quoted.push(letter),
        }
    }
    quoted
}

#[cfg(test)]
mod tests {
    #[test]
    fn hidden_letters_are_escapes() {
        let value = "a\u{2028}b\u{202e}c\u{1b}d\u{9b}e\u{e0041}f\"é".into();
        let expected = r#""a\u2028b\u202ec\u001bd\u009be\u{e0041}f\"é""#;
        assert_eq!(super::quoted(&value), expected);
    }
}
