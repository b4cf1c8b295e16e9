//! A result cut short, for whoever wants to see what comes.

use std::fmt::Write as _;

use serde_json::Value;

use crate::client::answer::Answer;
use codemode_runtime::__own::shortened;

/// How long an example may be, in characters.
const MAX_EXAMPLE: usize = 200;

/// One result of a tool, in one line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Example {
    pub(super) text: String,
    /// Whether it is a text that is JSON.
    pub(super) is_structured: bool,
}

/// How much of a value is shown.
#[derive(Clone, Copy)]
struct Detail {
    levels: usize,
    items: usize,
    fields: usize,
    letters: usize,
}

/// From much to little.
const DETAILS: [Detail; 5] = [
    Detail {
        levels: 6,
        items: 3,
        fields: 12,
        letters: 60,
    },
    Detail {
        levels: 5,
        items: 1,
        fields: 12,
        letters: 40,
    },
    Detail {
        levels: 4,
        items: 1,
        fields: 8,
        letters: 24,
    },
    Detail {
        levels: 3,
        items: 1,
        fields: 8,
        letters: 12,
    },
    Detail {
        levels: 2,
        items: 1,
        fields: 6,
        letters: 8,
    },
];

impl Example {
    /// Of an answer, which is this value if it is a text with one in it.
    pub(super) fn of(answer: &Answer, value: Option<&Value>) -> Self {
        let text = match (answer, value) {
            (_, Some(value)) => short(value),
            (Answer::Text(text), None) => {
                // A text with escapes is longer than without, and is cut again.
                let begin: String = text.chars().take(MAX_EXAMPLE + 1).collect();
                Value::from(shortened(begin.trim(), MAX_EXAMPLE - 2)).to_string()
            }
            (Answer::Parts(parts), None) => {
                let kinds: Vec<&str> = parts
                    .iter()
                    .map(super::super::answer::McpContent::kind)
                    .collect();
                format!("[{}]", kinds.join(", "))
            }
        };
        // The two characters end a line for TypeScript, and so a comment, and stand in JSON as they are.
        let text = text
            .replace('\u{2028}', "\\u2028")
            .replace('\u{2029}', "\\u2029");
        Self {
            text: shortened(&text, MAX_EXAMPLE),
            is_structured: value.is_some(),
        }
    }
}

/// A value in as much detail as there is room for.
fn short(value: &Value) -> String {
    let mut text = String::new();
    for detail in DETAILS {
        text.clear();
        write(&mut text, value, detail);
        if text.chars().count() <= MAX_EXAMPLE {
            break;
        }
    }
    text
}

fn write(text: &mut String, value: &Value, detail: Detail) {
    let inner = Detail {
        levels: detail.levels.saturating_sub(1),
        ..detail
    };
    match value {
        Value::Array(values) if !values.is_empty() && detail.levels == 0 => text.push_str("[…]"),
        Value::Object(fields) if !fields.is_empty() && detail.levels == 0 => text.push_str("{…}"),
        Value::Array(values) => {
            text.push('[');
            for (position, value) in values.iter().take(detail.items).enumerate() {
                text.push_str(if position > 0 { "," } else { "" });
                write(text, value, inner);
            }
            text.push_str(if values.len() > detail.items {
                ",…]"
            } else {
                "]"
            });
        }
        Value::Object(fields) => {
            text.push('{');
            for (position, (name, value)) in fields.iter().take(detail.fields).enumerate() {
                text.push_str(if position > 0 { "," } else { "" });
                // Writing to a string doesn't fail.
                let _ = write!(text, "{}:", Value::from(name.as_str()));
                write(text, value, inner);
            }
            text.push_str(if fields.len() > detail.fields {
                ",…}"
            } else {
                "}"
            });
        }
        Value::String(string) => {
            let _ = write!(text, "{}", Value::from(shortened(string, detail.letters)));
        }
        other => {
            let _ = write!(text, "{other}");
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_example_has_the_form_of_what_came_and_is_cut_short() {
        let item = |id: u32| json!({ "id": id, "title": "t".repeat(90), "labels": [{ "name": "a" }, { "name": "b" }] });
        for (value, expected) in [
            (json!({ "total": 3 }), r#"{"total":3}"#.to_owned()),
            (json!([1, 2, 3]), "[1,2,3]".to_owned()),
            (json!([1, 2, 3, 4]), "[1,2,3,…]".to_owned()),
            (json!([]), "[]".to_owned()),
            (
                json!({ "total": 3, "items": [item(1), item(2), item(3)] }),
                format!(
                    r#"{{"total":3,"items":[{{"id":1,"title":"{}…","labels":[{{"name":"a"}},…]}},…]}}"#,
                    "t".repeat(39)
                ),
            ),
        ] {
            assert_eq!(short(&value), expected);
        }
    }

    #[test]
    fn no_example_is_longer_than_its_bound() {
        let wide: Value = (0..50)
            .map(|number| (format!("{number}{}", "n".repeat(90)), json!(number)))
            .collect();
        let deep = (0..40).fold(json!("x".repeat(500)), |inner, _| json!([inner, 1]));
        for value in [wide, deep] {
            let example = Example::of(&Answer::Text(value.to_string()), Some(&value));
            assert!(
                example.text.chars().count() <= MAX_EXAMPLE,
                "{}",
                example.text
            );
        }
        for text in ["\"\n".repeat(1_000), "ä".repeat(1_000), String::new()] {
            let example = Example::of(&Answer::Text(text), None);
            assert!(
                example.text.chars().count() <= MAX_EXAMPLE,
                "{}",
                example.text
            );
            assert!(!example.text.contains('\n'));
        }
        assert_eq!(Example::of(&Answer::Parts(Vec::new()), None).text, "[]");
    }
}
