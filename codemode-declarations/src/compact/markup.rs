//! Markdown that is only typography: what is in bold or set as code is the same word without it.

use super::walk::for_each_docs;
use crate::model::{Declaration, Namespace};

/// Takes it out of the comments of a namespace.
pub(super) fn forget(namespace: &mut Namespace, declarations: &mut [Declaration]) {
    for_each_docs(namespace, declarations, &mut |docs| {
        if docs.text.contains(['*', '`']) {
            docs.text = plain(&docs.text);
        }
    });
}

/// The text without the signs around bold words and around names that are set as code.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(['*', '`']) {
        plain.push_str(&rest[..start]);
        let sign = &rest[start..];
        let (inner, length) = match marked(sign) {
            Some(inner) if stands_alone(&plain, &sign[inner.length..]) => {
                (inner.text, inner.length)
            }
            // Code of another kind may have signs in it that look like these.
            _ if sign.starts_with('`') => {
                let length = code(sign);
                (&sign[..length], length)
            }
            _ => {
                let length = sign.len() - sign.trim_start_matches('*').len();
                (&sign[..length], length)
            }
        };
        plain.push_str(inner);
        rest = &sign[length..];
    }
    plain.push_str(rest);
    plain
}

struct Marked<'t> {
    text: &'t str,
    /// With the signs.
    length: usize,
}

/// What is in bold, or the name that is set as code, at the start of the text.
fn marked(text: &str) -> Option<Marked<'_>> {
    let (sign, inner) = match text.strip_prefix("**") {
        Some(inner) => ("**", inner),
        None => ("`", text.strip_prefix('`')?),
    };
    let (inner, _) = inner.split_once(sign)?;
    let is_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-');
    let is_wanted = if sign == "`" {
        inner.chars().all(is_name)
    } else {
        // A pattern of paths, such as `**/*.ts`, isn't in bold.
        inner.starts_with(char::is_alphanumeric)
            && inner.ends_with(|last: char| last.is_alphanumeric() || ".:!?)".contains(last))
            && !inner.contains(['\n', '*', '`'])
    };
    (is_wanted && !inner.is_empty()).then_some(Marked {
        text: inner,
        length: inner.len() + 2 * sign.len(),
    })
}

/// Whether there is no letter right before or behind.
fn stands_alone(before: &str, behind: &str) -> bool {
    !before.ends_with(|last: char| last.is_alphanumeric() || "*`/\\".contains(last))
        && !behind.starts_with(|first: char| first.is_alphanumeric() || "*`/\\".contains(first))
}

/// How long the code at the start of the text is, with its signs; an open one goes to the end.
fn code(text: &str) -> usize {
    let signs = text.len() - text.trim_start_matches('`').len();
    let (fence, inner) = text.split_at(signs);
    inner
        .find(fence)
        .map_or(text.len(), |length| length + 2 * signs)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn words_lose_their_typography_and_code_stays() {
        let cases = [
            (
                "When `group` is true, `stack` isn't.",
                "When group is true, stack isn't.",
            ),
            ("**Note:** use (**only**) this.", "Note: use (only) this."),
            ("**Two words.**", "Two words."),
            ("`a b` and `f(x)` and `**`", "`a b` and `f(x)` and `**`"),
            ("`**bold**` in code", "`**bold**` in code"),
            ("```\n**x** `y`\n``` `z`", "```\n**x** `y`\n``` z"),
            (
                "Matches **/*.ts and src/**/x and 2**3**4",
                "Matches **/*.ts and src/**/x and 2**3**4",
            ),
            ("all `file`s, `open", "all `file`s, `open"),
            ("`src/a`, ``b``", "`src/a`, ``b``"),
            ("* a list\n* of **two**", "* a list\n* of two"),
            ("*", "*"),
        ];
        for (text, expected) in cases {
            assert_eq!(plain(text), expected, "{text}");
        }
    }
}
