//! The parts of what the compiler says.

/// One of the parts of a message that stand in quotes.
pub(super) fn quoted(text: &str, number: usize) -> &str {
    text.split('\'').nth(2 * number + 1).unwrap_or_default()
}

/// The identifier that code begins with.
pub(super) fn identifier(code: &str) -> &str {
    let is_part = |letter: char| letter == '$' || unicode_ident::is_xid_continue(letter);
    code.find(|letter| !is_part(letter))
        .map_or(code, |end| &code[..end])
}
