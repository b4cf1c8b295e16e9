//! How often a search finds what was looked for, among the tools of published servers.

use codemode_mcp::McpCatalogue as _;
use codemode_real_world::servers;
use codemode_runtime::{Catalogue, Discovery, Paging, ToolSummary};

const QUESTIONS: &str = include_str!("questions.txt");

/// How deep an answer may be to count.
const DEPTHS: [usize; 3] = [1, 3, 8];

struct Question<'a> {
    text: &'a str,
    answers: Vec<&'a str>,
    /// Whether it has none of the words of the function's name.
    in_other_words: bool,
}

fn questions() -> Vec<Question<'static>> {
    let lines = QUESTIONS
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let questions = lines.map(|line| {
        let (text, answers) = line.split_once(": ").unwrap();
        Question {
            text: text.trim_start_matches("~ "),
            answers: answers.split(", ").collect(),
            in_other_words: line.starts_with('~'),
        }
    });
    questions.collect()
}

fn real_tools() -> Catalogue {
    let mut tools = Vec::new();
    for server in servers::all().unwrap() {
        let listed = server.tools().unwrap_or_else(|error| panic!("{error}"));
        let catalogue = Catalogue::from_mcp(&server.name, listed).unwrap();
        tools.extend_from_slice(catalogue.tools());
    }
    Catalogue::from_tools(tools)
}

/// Of a hundred questions, for how many there is an answer within each depth.
fn percentages(ranks: &[Option<usize>]) -> [usize; 3] {
    DEPTHS.map(|depth| {
        let found = ranks.iter().flatten().filter(|rank| **rank < depth);
        100 * found.count() / ranks.len()
    })
}

#[test]
fn most_questions_are_answered_at_the_first_look() {
    let discovery = Discovery::new(real_tools());
    let mut ranks: [Vec<Option<usize>>; 2] = Default::default();
    let mut declared = [0; 2];
    let mut misses = String::new();
    for question in questions() {
        let page = discovery.search(question.text, Paging::default());
        let found: Vec<_> = page.tools.iter().map(|tool| tool.name.as_str()).collect();
        let rank = found
            .iter()
            .position(|name| question.answers.contains(name));
        if rank != Some(0) {
            let first = &found[..found.len().min(3)];
            misses += &format!(
                "{} ({rank:?} of {}): {first:?}\n",
                question.text, page.total
            );
        }
        let kind = usize::from(question.in_other_words);
        declared[kind] += usize::from(rank.is_some_and(|rank| rank < page.declared));
        ranks[kind].push(rank);
    }
    let [own, other] = [0, 1].map(|kind| {
        let [first, third, eighth] = percentages(&ranks[kind]);
        [
            first,
            third,
            eighth,
            100 * declared[kind] / ranks[kind].len(),
        ]
    });
    println!(
        "{misses}recall at {DEPTHS:?} and with declaration: {own:?}, in other words {other:?}"
    );
    assert!(ranks[0].len() >= 60 && ranks[1].len() >= 60);
    for (reached, least) in [own, other].iter().flatten().zip(LEAST.iter().flatten()) {
        assert!(
            reached >= least,
            "{reached} of a hundred is less than {least}\n{misses}"
        );
    }
}

/// What was reached, with the functions' own words and with others: at each depth, and with the declaration.
const LEAST: [[usize; 4]; 2] = [[94, 100, 100, 100], [62, 75, 81, 81]];

#[test]
fn what_fits_much_less_is_told_in_short_whatever_room_there_is() {
    let discovery = Discovery::new(real_tools());
    let page = discovery.search_within("close a ticket", Paging::default(), 100_000);
    let (declared, others) = page.tools.split_at(page.declared);
    let has = |tools: &[ToolSummary], name: &str| tools.iter().any(|tool| tool.name == name);
    assert!(has(declared, "github.updateIssue"), "{page}");
    assert!(has(others, "chart.generateFishboneDiagram"), "{page}");
}
