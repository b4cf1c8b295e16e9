//! The guide's examples come to what the guide says.

use super::*;
use crate::tool::source::ToolSource;

const GUIDE: &str = include_str!("../../../docs/policy.md");

/// The blocks of code, each with its language.
fn blocks() -> Vec<(&'static str, &'static str)> {
    let mut blocks = Vec::new();
    let mut rest = GUIDE;
    while let Some((_, after)) = rest.split_once("\n```") {
        let (language, body) = after.split_once('\n').unwrap();
        let (body, after) = body.split_once("\n```\n").unwrap();
        blocks.push((language, body));
        rest = after;
    }
    blocks
}

/// The words of a command, of which those in single quotes have spaces in them.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for (place, piece) in command.split('\'').enumerate() {
        let mut pieces = if place % 2 == 1 {
            vec![piece]
        } else {
            piece.split(' ').collect()
        };
        words.last_mut().unwrap().push_str(pieces.remove(0));
        words.extend(pieces.into_iter().map(str::to_owned));
    }
    words
}

/// What a command prints.
fn answer(policy: &PolicyFile, command: &str) -> String {
    let words = words(command);
    assert_eq!(words[..3], ["codemode-cli", "policy", "check"], "{command}");
    let mut question = PolicyQuestion::new("", "");
    for option in words[4..].chunks(2) {
        let value = option[1].as_str();
        match option[0].as_str() {
            "--call" => question.tool = value,
            "--input" => question.arguments = value,
            "--source" => {
                let mut all = ToolSource::ALL.into_iter();
                question.source = all.find(|source| source.as_str() == value).unwrap();
            }
            "--annotation" => match value {
                "read_only" => question.annotations.read_only = Some(true),
                "destructive=false" => question.annotations.destructive = Some(false),
                "open_world=false" => question.annotations.open_world = Some(false),
                other => panic!("{other}"),
            },
            other => panic!("{other}"),
        }
    }
    policy.explain(&question)
}

#[test]
fn each_example_of_the_guide_is_decided_as_it_says() {
    let mut policy = None;
    let mut decided = 0;
    for (language, body) in blocks() {
        match language {
            "toml" => policy = Some(PolicyFile::parse("policy.toml", body).unwrap()),
            "json" => policy = Some(PolicyFile::parse("policy.json", body).unwrap()),
            "console" => {
                for example in body.trim_start_matches("$ ").split("\n$ ") {
                    let (command, expected) = example.split_once('\n').unwrap();
                    let answer = answer(policy.as_ref().unwrap(), command);
                    let lines = expected.lines().count();
                    let answer = answer.lines().take(if lines == 1 { 1 } else { usize::MAX });
                    let answer: Vec<_> = answer.collect();
                    assert_eq!(answer.join("\n"), expected, "{command}");
                    decided += 1;
                }
            }
            _ => {}
        }
    }
    assert!(decided > 20, "{decided}");
}

#[test]
fn the_mistakes_in_the_guide_are_told_in_these_words() {
    let wrong = "default = 'deny'\n[[rules]]\ntools = 'mail'\nallow = true\ndenied = 'no'";
    let error = PolicyFile::parse("policy.toml", wrong)
        .unwrap_err()
        .to_string();
    assert!(blocks().contains(&("text", &error)), "{error}");
}
