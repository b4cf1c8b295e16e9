//! Doc comments to plain text.

use syn::{Attribute, Expr, Meta};

use super::arguments::string;

/// One line of documentation, or an expression such as `include_str!("…")` that rustc evaluates to
/// text.
#[derive(Clone)]
pub(crate) enum DocLine {
    Text(String),
    Expression(Box<Expr>),
}

/// The documentation in `attributes`, whatever stands between its lines: without the indentation
/// that all lines share and without blank lines at either end.
///
/// `#[doc(hidden)]` and its like say nothing to a reader and are passed over.
pub(crate) fn docs(attributes: &[Attribute]) -> Vec<DocLine> {
    let mut lines = Vec::new();
    for attribute in attributes {
        let Meta::NameValue(doc) = &attribute.meta else {
            continue;
        };
        if !doc.path.is_ident("doc") {
            continue;
        }
        match string(&doc.value) {
            Some(text) => lines.extend(without_stars(&text.value()).into_iter().map(DocLine::Text)),
            None => lines.push(DocLine::Expression(Box::new(doc.value.clone()))),
        }
    }
    trim_blank_ends(&mut lines);
    remove_common_indentation(&mut lines);
    lines
}

/// The lines of one doc attribute, without the column of stars that many write in a `/** … */`.
fn without_stars(text: &str) -> Vec<String> {
    let starred = |line: &str| line.trim_start().starts_with('*');
    let mut after_first = text.lines().skip(1).filter(|line| !line.trim().is_empty());
    let has_stars = text.lines().count() > 1 && after_first.all(starred);
    if text.is_empty() {
        return vec![String::new()];
    }
    text.lines()
        .map(|line| match line.trim_start().strip_prefix('*') {
            Some(rest) if has_stars => rest,
            _ => line,
        })
        .map(|line| line.trim_end().to_owned())
        .collect()
}

fn is_blank(line: &DocLine) -> bool {
    matches!(line, DocLine::Text(text) if text.is_empty())
}

fn trim_blank_ends(lines: &mut Vec<DocLine>) {
    while lines.last().is_some_and(is_blank) {
        lines.pop();
    }
    let blank = lines.iter().take_while(|line| is_blank(line)).count();
    lines.drain(..blank);
}

fn remove_common_indentation(lines: &mut [DocLine]) {
    let indentation = |text: &str| {
        text.chars()
            .take_while(|letter| letter.is_whitespace())
            .count()
    };
    let common = lines
        .iter()
        .filter_map(|line| match line {
            DocLine::Text(text) if !text.is_empty() => Some(indentation(text)),
            _ => None,
        })
        .min()
        .unwrap_or(0);
    for line in lines {
        if let DocLine::Text(text) = line {
            // A `///` has a space in front of its text, and a `#[doc = "…"]` beside it mostly has none.
            let one_space = common == 0 && text.starts_with(' ') && !text.starts_with("  ");
            *text = text.chars().skip(common + usize::from(one_space)).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use syn::parse::Parser;

    use super::*;

    /// The documentation of `source`, which holds attributes only, joined to one text.
    fn text(source: &str) -> String {
        let attributes = Attribute::parse_outer
            .parse_str(source)
            .expect("the test writes attributes");
        let lines: Vec<String> = docs(&attributes)
            .into_iter()
            .map(|line| match line {
                DocLine::Text(text) => text,
                DocLine::Expression(_) => "<expression>".to_owned(),
            })
            .collect();
        lines.join("\n")
    }

    #[test]
    fn the_space_after_the_slashes_is_removed() {
        assert_eq!(text("/// One.\n/// Two."), "One.\nTwo.");
    }

    #[test]
    fn blank_lines_and_inner_indentation_stay() {
        assert_eq!(
            text("/// Use it so:\n///\n///     let x = 1;\n/// - a\n///   - b"),
            "Use it so:\n\n    let x = 1;\n- a\n  - b"
        );
    }

    #[test]
    fn indentation_shared_by_all_lines_is_removed() {
        assert_eq!(
            text("///   One.\n///     Two.\n///   Three."),
            "One.\n  Two.\nThree."
        );
    }

    #[test]
    fn blank_lines_at_the_ends_are_removed() {
        assert_eq!(text("///\n/// One.\n///\n///"), "One.");
    }

    #[test]
    fn another_attribute_between_or_behind_loses_nothing() {
        assert_eq!(
            text("/// One.\n#[allow(dead_code)]\n/// Two.\n#[inline]"),
            "One.\nTwo."
        );
    }

    #[test]
    fn block_comments_lose_their_stars() {
        assert_eq!(text("/** One.\n  *\n  *   Two.\n  */"), "One.\n\n  Two.");
        assert_eq!(text("/** One. */"), "One.");
        assert_eq!(text("/**\n    One.\n      Two.\n*/"), "One.\n  Two.");
    }

    #[test]
    fn markdown_bullets_are_not_mistaken_for_stars() {
        assert_eq!(text("/// List:\n/// * a\n/// * b"), "List:\n* a\n* b");
    }

    #[test]
    fn plain_doc_attributes_count() {
        assert_eq!(text("#[doc = \"One.\\nTwo.\"]"), "One.\nTwo.");
        assert_eq!(text("#[doc(hidden)]"), "");
    }

    #[test]
    fn a_plain_attribute_beside_a_comment_leaves_no_space() {
        assert_eq!(text("/// One.\n#[doc = \"Two.\"]"), "One.\nTwo.");
        assert_eq!(text("#[doc = \"One.\"]\n/// - two"), "One.\n- two");
    }

    #[test]
    fn expressions_are_kept_for_rustc_to_evaluate() {
        assert_eq!(
            text("/// One.\n#[doc = include_str!(\"more.md\")]"),
            "One.\n<expression>"
        );
    }
}
