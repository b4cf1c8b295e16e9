//! Defaults, bounds and formats that a text names aren't said again behind it.

use std::collections::BTreeSet;

use crate::model::Docs;

/// How many words behind `default` the value may stand.
const NEAR: usize = 5;

/// Leaves out what the text names.
pub(super) fn forget(docs: &mut Docs) {
    forget_default(docs);
    forget_range(docs);
    forget_format(docs);
}

/// Leaves the default out that the text names.
fn forget_default(docs: &mut Docs) {
    let text = &docs.text;
    docs.tags.retain(|(tag, value)| {
        let value = value.trim_matches('"');
        tag != "default" || value.is_empty() || !says_default(text, value)
    });
}

/// Leaves a format out that the text names.
fn forget_format(docs: &mut Docs) {
    let said: BTreeSet<String> = docs
        .text
        .split(|letter: char| !letter.is_alphanumeric())
        .map(str::to_lowercase)
        .collect();
    docs.tags
        .retain(|(tag, value)| tag != "format" || !said.contains(value));
}

/// Leaves bounds out that the text names as a range, such as `1-10`.
fn forget_range(docs: &mut Docs) {
    let bound = |wanted: &str| {
        let found = docs.tags.iter().find(|(tag, _)| tag == wanted);
        found.map(|(_, value)| value.as_str())
    };
    let (Some(min), Some(max)) = (bound("minimum"), bound("maximum")) else {
        return;
    };
    let dashes = ["-", "–", " - ", " – ", " to "].map(|dash| format!("{min}{dash}{max}"));
    let between = ["between", "Between"].map(|word| format!("{word} {min} and {max}"));
    let is_number = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '-');
    let says = dashes.iter().chain(&between).any(|range| {
        docs.text.match_indices(range.as_str()).any(|(at, _)| {
            let behind = docs.text[at + range.len()..].trim_start_matches('.');
            !docs.text[..at].ends_with(is_number) && !behind.starts_with(is_number)
        })
    });
    if says {
        docs.tags
            .retain(|(tag, _)| tag != "minimum" && tag != "maximum");
    }
}

fn says_default(text: &str, value: &str) -> bool {
    let said: Vec<&str> = text
        .split(|letter: char| letter.is_whitespace() || "()[]{},;:=\"'`*".contains(letter))
        .map(|word| word.trim_end_matches(['.', '!', '?']))
        .filter(|word| !word.is_empty())
        .collect();
    said.iter().enumerate().any(|(position, word)| {
        let is_default = word.to_ascii_lowercase().starts_with("default");
        is_default
            && said[position + 1..]
                .iter()
                .take(NEAR)
                .any(|word| *word == value)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::listed::said;

    #[test]
    fn a_default_that_the_text_names_is_not_said_again() {
        for (description, default, expected) in [
            (
                "How many. Default is 20.",
                json!(20),
                "How many. Default is 20.",
            ),
            (
                "How many (default: `20`)",
                json!(20),
                "How many (default: 20)",
            ),
            (
                "How many, defaults to low",
                json!("low"),
                "How many, defaults to low",
            ),
            (
                "How many. Default is 20.",
                json!(2),
                "How many. Default is 20. default 2",
            ),
            (
                "The default, 20 or not",
                json!(""),
                "The default, 20 or not; default \"\"",
            ),
            ("Of 20 at most", json!(20), "Of 20 at most; default 20"),
        ] {
            let schema =
                json!({ "type": "string", "description": description, "default": default });
            assert_eq!(said(&schema), expected, "{description}");
        }
    }

    #[test]
    fn bounds_that_the_text_names_are_not_said_again() {
        for (description, expected) in [
            ("How many (1-10)", "How many (1-10); integer"),
            ("Between 1 and 10.", "Between 1 and 10. integer"),
            ("How many, 1 to 10", "How many, 1 to 10; integer"),
            ("Pages 1 and 10", "Pages 1 and 10; integer 1–10"),
            ("Of 11-10 pages", "Of 11-10 pages; integer 1–10"),
            ("On 1-10.5 pages", "On 1-10.5 pages; integer 1–10"),
        ] {
            let schema = json!({ "type": "integer", "minimum": 1, "maximum": 10, "description": description });
            assert_eq!(said(&schema), expected, "{description}");
        }
    }

    #[test]
    fn a_format_that_the_text_names_is_not_said_again() {
        for (description, expected) in [
            ("The thing (UUID)", "The thing (UUID)"),
            ("The thing", "The thing; uuid"),
        ] {
            let schema = json!({ "type": "string", "format": "uuid", "description": description });
            assert_eq!(said(&schema), expected);
        }
    }
}
