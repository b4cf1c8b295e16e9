//! What is declared once, under which name and where.

use serde_json::{Value, json};

use crate::listed::{Listed, Owned};

fn words(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("word{number}")).collect()
}

#[allow(clippy::needless_pass_by_value, reason = "callers make it for this")]
fn tool(namespace: &str, name: &str, property: &str, schema: Value) -> Owned {
    let input = json!({ "type": "object", "properties": { property: schema } });
    Owned::new(namespace, name, Some(input), json!({ "type": "null" }))
}

fn printed(tools: Vec<Owned>) -> String {
    Listed::new(tools).text().unwrap()
}

#[test]
fn what_is_longer_than_a_line_is_declared_once() {
    let zone = json!({ "type": "string", "enum": words(20), "description": "Where." });
    let either = json!({ "anyOf": [{ "enum": words(20) }, { "type": "null" }] });
    let text = printed(vec![
        tool("n", "f", "time_zone", zone),
        tool(
            "n",
            "g",
            "zones",
            json!({ "type": "array", "items": { "enum": words(20) } }),
        ),
        tool("n", "h", "other_zone", either),
    ]);
    assert_eq!(text.matches("word7").count(), 1, "{text}");
    for part in [
        "/** Where. */\n    time_zone?: Zone;",
        "zones?: Zone[];",
        "other_zone?: Zone | null;",
    ] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn what_fits_on_a_line_stays() {
    let level = json!({ "enum": ["low", "high"] });
    let text = printed(vec![
        tool("n", "f", "level", level.clone()),
        tool("n", "g", "level", level),
    ]);
    assert_eq!(
        text.matches(r#"level?: "low" | "high";"#).count(),
        2,
        "{text}"
    );
}

#[test]
fn what_several_namespaces_have_is_outside_of_them() {
    let page = json!({ "type": "object", "properties": { "word": { "enum": words(20) }, "other": { "enum": words(20) } } });
    let text = printed(vec![
        tool("a", "f", "page", page.clone()),
        tool("b", "k", "page", page),
        tool("a", "g", "word", json!({ "enum": words(21) })),
        tool("a", "h", "word", json!({ "enum": words(21) })),
    ]);
    assert!(
        text.contains("\ndeclare interface Page {\n  word?: Word;\n  other?: Word;\n}"),
        "{text}"
    );
    assert!(text.contains("\ndeclare type Word ="), "{text}");
    assert!(text.contains("\n  type GWord ="), "{text}");
}

#[test]
fn a_name_is_one_that_nothing_else_has() {
    let word = json!({ "$ref": "#/$defs/Word", "$defs": { "Word": { "type": "string" } } });
    let mut page = json!({ "type": "object", "properties": { "word": { "enum": words(20) }, "own": { "$ref": "#/$defs/Word" } } });
    page["$defs"] = word["$defs"].clone();
    let text = printed(vec![
        Owned::new("n", "f", Some(page), json!(true)),
        tool("n", "g", "word", json!({ "enum": words(20) })),
    ]);
    assert!(text.contains("type Word = string;"), "{text}");
    assert!(text.contains("word?: FWord;"), "{text}");
}
