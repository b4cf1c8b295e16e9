//! The parts of what the compiler says.

/// One of the parts of a message that stand in quotes.
pub(super) fn quoted(text: &str, number: usize) -> &str {
    text.split('\'').nth(2 * number + 1).unwrap_or_default()
}

/// The identifier that code begins with.
pub(super) fn identifier(code: &str) -> &str {
    code.find(|letter| !is_part(letter))
        .map_or(code, |end| &code[..end])
}

/// Whether a letter can be in an identifier.
pub(super) fn is_part(letter: char) -> bool {
    letter == '$' || unicode_ident::is_xid_continue(letter)
}
