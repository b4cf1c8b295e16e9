//! What is learned of answers, declared, honoured and kept.

use std::sync::Arc;

use serde_json::json;

use super::{Learned, Learning, Store};
use crate::client::answer::{self, Answer};
use crate::list::McpCatalogue as _;
use codemode_declarations::ResultType;
use codemode_runtime::{Catalogue, ToolInfo};

fn text(text: &str) -> Answer {
    Answer::Text(text.to_owned())
}

fn parts() -> Answer {
    Answer::Parts(Vec::new())
}

fn learning(server: &str, store: &Arc<Store>) -> Learning {
    Learning::of(server, Some(true), None, store).unwrap()
}

fn learned(answers: &[Answer]) -> Learned {
    let learning = learning("it", &Arc::default());
    for answer in answers {
        learning.learn("look", answer);
    }
    learning.known("look").unwrap()
}

fn tool(learned: &Learned) -> ToolInfo {
    let listed = json!([{ "name": "look", "inputSchema": { "type": "object", "properties": {} } }]);
    let mut tool = Catalogue::from_mcp("it", listed).unwrap().tools()[0].clone();
    tool.output = answer::schema();
    if let Some(schema) = learned.schema(&tool.output) {
        tool.output = schema;
    }
    tool
}

#[test]
fn what_was_seen_is_declared_and_no_less() {
    let object = || text(r#"{ "id": 1 }"#);
    let cases = [
        (vec![object()], "look(): Promise<LookOutput>;"),
        (vec![text("[1, 2]")], "look(): Promise<number[]>;"),
        (
            vec![text("[1, 2]"), text("none")],
            "look(): Promise<number[] | string>;",
        ),
        (
            vec![text("[1, 2]"), parts()],
            "look(): Promise<number[] | McpContent[]>;",
        ),
        (
            vec![text("[]"), text("none"), parts()],
            "look(): Promise<unknown[] | string | McpContent[]>;",
        ),
        // Nothing is known that would help.
        (
            vec![text("none")],
            "look(): Promise<string | McpContent[]>;",
        ),
        (vec![parts()], "look(): Promise<string | McpContent[]>;"),
        // A number by itself is a text, and so is what a script couldn't have exactly.
        (vec![text("12")], "look(): Promise<string | McpContent[]>;"),
        (
            vec![text("[9007199254740993]")],
            "look(): Promise<string | McpContent[]>;",
        ),
    ];
    for (answers, expected) in cases {
        let tool = tool(&learned(&answers));
        let declarations = Catalogue::from_tools(vec![tool]).declarations().unwrap();
        assert!(
            declarations.contains(expected),
            "{answers:?}: {declarations}"
        );
    }
}

#[test]
fn what_does_not_fit_is_an_error_with_the_result_in_it() {
    let rows = vec![text(r#"[{ "id": 1 }]"#)];
    let rows_or_text = vec![text(r#"[{ "id": 1 }]"#), text("none")];
    let cases = [
        (&rows, text(" [ {\"id\": 2} ]\n"), Ok("[{\"id\":2}]")),
        (
            &rows,
            text(r#"[{ "id": 2, "more": true }]"#),
            Ok(r#"[{"id":2,"more":true}]"#),
        ),
        (
            &rows,
            text(r#"[{ "id": null }]"#),
            Err("`/0/id` is null, and declared as `number`"),
        ),
        (
            &rows,
            text(r#"[{ "id": null }]"#),
            Err(r#"Its result: [{ "id": null }]"#),
        ),
        (&rows, text("none"), Err("it is a text that isn't JSON")),
        (&rows, parts(), Err("it has more than text in it")),
        (&rows_or_text, text("other"), Ok("\"other\"")),
        // Of the declared type as it came, and so no error.
        (
            &rows_or_text,
            text(r#"{ "id": 1 }"#),
            Ok(r#""{ \"id\": 1 }""#),
        ),
    ];
    for (before, answer, expected) in cases {
        let learned = learned(before);
        let ty = ResultType::of(&tool(&learned)).unwrap();
        let honoured = learned.honour(&answer, Some(&ty));
        match (honoured, expected) {
            (Ok(text), Ok(expected)) => assert_eq!(text, expected),
            (Err(error), Err(expected)) => assert!(error.message().contains(expected), "{error}"),
            (honoured, _) => panic!("{before:?} {answer:?}: {honoured:?}"),
        }
    }
}

#[test]
fn a_long_result_is_shortened_in_the_error() {
    let learned = learned(&[text("[1]")]);
    let ty = ResultType::of(&tool(&learned)).unwrap();
    let long = text(&"ä".repeat(100_000));
    let error = learned.honour(&long, Some(&ty)).unwrap_err();
    assert!(error.message().chars().count() < 3_000);
}

#[test]
fn shapes_are_kept_and_values_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("learned.json");
    let first = Arc::new(Store::in_file(&path).unwrap());
    let answers = [
        text(
            r#"{ "name": "canary-1", "by": { "canary@2.example": { "at": "canary-3" } }, "n": 77123 }"#,
        ),
        text("canary-4"),
        text(r#"{ "name": null, "by": {} }"#),
    ];
    for answer in &answers {
        learning("it", &first).learn("look", answer);
    }
    first.keep().unwrap();
    let written = std::fs::read_to_string(&path).unwrap();
    for value in ["canary", "77123"] {
        assert!(!written.contains(value), "{written}");
    }
    let second = Arc::new(Store::in_file(&path).unwrap());
    assert_eq!(
        learning("it", &second).known("look"),
        learning("it", &first).known("look")
    );

    // What is known is one text, whoever learned what first.
    learning("it", &second).learn("look", &text(r#"{ "name": "x" }"#));
    learning("other", &first).learn("find", &text("[1]"));
    second.keep().unwrap();
    first.keep().unwrap();
    let written = std::fs::read_to_string(&path).unwrap();
    second.keep().unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), written);
    let all = Arc::new(Store::in_file(&path).unwrap());
    assert!(learning("other", &all).known("find").is_some());
    assert_eq!(learning("it", &all).known("look").unwrap().results, 4);
}

#[test]
fn a_file_with_something_else_in_it_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.json");
    for text in [
        "[]",
        "mine",
        r#"{ "servers": { "a": { "b": { "example": 1 } } } }"#,
    ] {
        std::fs::write(&path, text).unwrap();
        let problem = Store::in_file(&path).err().unwrap();
        assert!(problem.contains("notes.json"), "{problem}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    }
}
