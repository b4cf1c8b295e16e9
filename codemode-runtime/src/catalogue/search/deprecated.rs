//! Which tools nobody should use any more.

use crate::tool::info::ToolInfo;

/// Whether a tool is marked so, or says so: MCP has no mark for it, so servers put it into the description.
pub(super) fn is_deprecated(tool: &ToolInfo) -> bool {
    tool.deprecated.is_some() || says_so(&tool.docs)
}

/// Whether a sentence is about the whole tool: `Deprecated: use another.`, or `[DEPRECATED]`.
fn says_so(docs: &str) -> bool {
    const WORD: &str = "deprecated";
    let text = docs.to_ascii_lowercase();
    text.match_indices(WORD).any(|(at, _)| {
        let before = text[..at].trim_end_matches(['*', '_', '[', '(', ' ']);
        let begins = before.is_empty()
            || before.ends_with([
                '.', '!', '?', '\n', ':', ']', ')', '-', '—', '⚠', '\u{fe0f}',
            ]);
        let ends = text[at + WORD.len()..].trim_start_matches(['*', '_']);
        begins
            && (ends.is_empty()
                || ends.starts_with(['.', ':', '!', ',', ';', ')', ']', '\n'])
                || ends.starts_with(" - "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_is_deprecated_if_a_sentence_says_so_of_it() {
        let cases = [
            ("Deprecated: use `g`.", true),
            (
                "Reads a file. DEPRECATED: Use read_text_file instead.",
                true,
            ),
            ("[DEPRECATED] Reads a file.", true),
            ("(deprecated) Reads a file.", true),
            ("**Deprecated.** Reads a file.", true),
            ("Old.\n\nDeprecated. Use `g`.", true),
            ("Lists the deprecated.", false),
            ("Finds fields that are deprecated.", false),
            ("Deprecated fields are left out.", false),
            ("", false),
        ];
        for (docs, expected) in cases {
            assert_eq!(says_so(docs), expected, "{docs}");
        }
    }
}
