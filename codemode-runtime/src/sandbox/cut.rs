//! Texts of a bounded length.

/// The text, or the first bytes of it with a mark where it was cut.
pub(super) fn cut(text: &str, bytes: usize) -> String {
    if text.len() <= bytes {
        return text.to_owned();
    }
    let kept = &text[..text.floor_char_boundary(bytes)];
    format!("{kept}… (cut: the text has {} bytes)", text.len())
}
