//! The tools of published MCP servers.

use std::collections::BTreeSet;

use codemode_mcp::McpCatalogue as _;
use codemode_real_world::servers::{self, Server};
use codemode_real_world::tokens::{self, Tokens};
use codemode_real_world::unsaid;
use codemode_runtime::{Catalogue, estimate_tokens};
use serde_json::Value;

use crate::typescript;

fn catalogues() -> Vec<(Server, Catalogue)> {
    let all = servers::all().unwrap().into_iter().map(|server| {
        let listed = server.tools().unwrap_or_else(|error| panic!("{error}"));
        let count = listed["tools"].as_array().unwrap().len();
        let catalogue = Catalogue::from_mcp(&server.name, listed).unwrap();
        assert_eq!(catalogue.tools().len(), count, "{}", server.name);
        assert_ne!(count, 0, "{}", server.name);
        (server, catalogue)
    });
    let all: Vec<_> = all.collect();
    assert!(all.len() > 10, "{} servers", all.len());
    all
}

#[test]
fn every_tool_is_declared_and_accepted_by_tsc() {
    let mut tools = Vec::new();
    let mut hosted = Vec::new();
    for (server, catalogue) in catalogues() {
        tools.extend_from_slice(catalogue.tools());
        let listed = server.tools().unwrap();
        let catalogue = servers::as_a_host_has_them(&server.name, listed).unwrap();
        hosted.extend_from_slice(catalogue.tools());
    }
    let catalogue = Catalogue::from_tools(tools);
    let hosted = Catalogue::from_tools(hosted);
    for (style, (text, left_out)) in [
        ("readable", catalogue.declarable()),
        ("compact", catalogue.compact()),
        ("hosted", hosted.declarable()),
        ("hosted-compact", hosted.compact()),
    ] {
        assert_eq!(left_out, [], "{style}");
        for tool in catalogue.tools() {
            let function = format!("function {}(", tool.name);
            assert!(text.contains(&function), "{style}: {}", tool.path());
        }
        typescript::assert_accepted(&[(format!("{style}.d.ts"), text)]);
    }
}

#[test]
fn nothing_is_unknown_but_what_the_schemas_leave_open() {
    for (server, catalogue) in catalogues() {
        let (declarations, _) = catalogue.declarable();
        assert_eq!(unsaid::count(&declarations, "any"), 0, "{}", server.name);
        let schemas = catalogue
            .tools()
            .iter()
            .flat_map(|tool| tool.input.iter().chain([&tool.output]));
        let open = unsaid::places(schemas);
        assert_eq!(
            unsaid::count(&declarations, "unknown"),
            open,
            "{}:\n{declarations}",
            server.name
        );
    }
}

/// A sentence of fewer words than this may be one that the types say already.
const MANY_WORDS: usize = 10;

#[test]
fn a_prompt_takes_two_fifths_of_the_tokens_and_with_discovery_few() {
    let lists: Vec<(String, Value)> = servers::all()
        .unwrap()
        .into_iter()
        .map(|server| {
            let listed = server.tools().unwrap();
            (server.name, listed)
        })
        .collect();
    let tokens = Tokens::count(&lists).unwrap();
    assert!(tokens.prompt_share() <= 400, "{tokens}");
    assert!(tokens.discovery < 1_000, "{tokens}");
    // They are sent with every request.
    let rules = tokens.prompt - tokens.compact;
    assert!(rules <= 180, "{rules}");
}

#[test]
fn an_estimate_is_within_a_seventh_of_what_a_tokenizer_counts() {
    for (server, catalogue) in catalogues() {
        for text in [catalogue.declarable().0, catalogue.compact().0] {
            let (estimated, counted) = (estimate_tokens(&text), tokens::count(&text));
            println!("{}: {estimated} for {counted}", server.name);
            assert!(
                estimated.abs_diff(counted) * 7 <= counted,
                "{}: {estimated} for {counted}",
                server.name
            );
        }
    }
}

#[test]
fn the_compact_style_leaves_nothing_out() {
    let mut sentences = 0;
    for (server, catalogue) in catalogues() {
        let text = without_typography(&with_notes_in_place(&catalogue.compact().0));
        let mut descriptions = BTreeSet::new();
        for tool in catalogue.tools() {
            descriptions.insert(tool.docs.as_str());
            collect_descriptions(
                tool.input.as_ref().unwrap_or(&Value::Null),
                &mut descriptions,
            );
            collect_descriptions(&tool.output, &mut descriptions);
        }
        let lines = descriptions.iter().flat_map(|text| text.lines());
        for sentence in lines.flat_map(|line| line.split(". ")) {
            let words: Vec<&str> = sentence.split_whitespace().collect();
            if words.len() >= MANY_WORDS {
                sentences += 1;
                let sentence = without_typography(&words.join(" "));
                assert!(text.contains(&sentence), "{}: {sentence}", server.name);
            }
        }
    }
    assert!(sentences > 300, "{sentences}");
}

/// A text without the signs that set words in bold or as code.
fn without_typography(text: &str) -> String {
    text.replace("**", "").replace('`', "")
}

/// Compact declarations with the text of each note where its number stands.
fn with_notes_in_place(declarations: &str) -> String {
    let mut text = String::new();
    let mut notes: Vec<(String, &str)> = Vec::new();
    for line in declarations.lines() {
        match line
            .strip_prefix("// §")
            .and_then(|note| note.split_once(' '))
        {
            Some((number, note)) if number.parse() == Ok(notes.len() + 1) => {
                notes.push((format!("§{number}"), note));
            }
            _ => {
                let words = line.split(' ').map(|word| {
                    let note = notes.iter().find(|(mark, _)| mark == word);
                    note.map_or(word, |(_, note)| note)
                });
                text.extend(words.flat_map(|word| [word, " "]));
            }
        }
    }
    text
}

fn collect_descriptions<'a>(schema: &'a Value, found: &mut BTreeSet<&'a str>) {
    match schema {
        Value::Object(keywords) => {
            for (keyword, value) in keywords {
                match value {
                    Value::String(text) if keyword == "description" => {
                        found.insert(text);
                    }
                    inner => collect_descriptions(inner, found),
                }
            }
        }
        Value::Array(values) => values
            .iter()
            .for_each(|inner| collect_descriptions(inner, found)),
        _ => {}
    }
}
