//! Reads rules, and tells every mistake with its line and with what to write.

use super::condition::condition;
use super::reader::{Reader, list};
use super::tree::{self, Field, Format, Kind, Node};
use crate::policy::condition::Condition;
use crate::policy::mistake::Mistake;
use crate::policy::model::{Effect, Hint, Limit, Otherwise, Period, Rule, Rules};
use crate::policy::pattern::Pattern;
use crate::tool::source::ToolSource;

/// What a file may say.
pub(in crate::policy) const FILE: &[&str] = &["$schema", "default", "rules"];
/// What a rule may say.
pub(in crate::policy) const RULE: &[&str] = &[
    "name",
    "tools",
    "source",
    "annotations",
    "where",
    "allow",
    "deny",
    "ask",
    "limit",
];
/// What a limit says.
pub(in crate::policy) const LIMIT: &[&str] = &["calls", "per"];

const EFFECT: &str = "say in each rule what becomes of the call: `allow = true`, `deny = \"why\"`, `ask = \"question\"` or \
                      `limit = { calls = 10, per = \"run\" }`";
const DEFAULT: &str = "say what becomes of calls that no rule decides: `default = \"ask-changes\"`, or \"allow\", \"deny\" or \"ask\"";

/// More than anybody writes.
const MOST_CALLS: i64 = 1_000_000;

/// Reads a whole file.
///
/// # Errors
///
/// All mistakes, in the order of their lines.
pub(in crate::policy) fn read(text: &str, format: Format) -> Result<Rules, Vec<Mistake>> {
    let root = tree::read(text, format).map_err(|mistake| vec![mistake])?;
    let mut reader = Reader::default();
    let rules = file(&root, &mut reader);
    match rules {
        Some(rules) if reader.mistakes.is_empty() => Ok(rules),
        _ => {
            reader.mistakes.sort_by_key(|mistake| mistake.line);
            Err(reader.mistakes)
        }
    }
}

fn file(root: &Node, reader: &mut Reader) -> Option<Rules> {
    let fields = reader.fields(root, FILE, "a policy")?;
    let otherwise = match reader.get(fields, "default") {
        Some(node) => otherwise(node, reader),
        None => reader.wrong(root.line, DEFAULT),
    };
    let mut rules = Vec::new();
    if let Some(node) = reader.get(fields, "rules") {
        let Kind::List(items) = &node.kind else {
            return reader.wrong(
                node.line,
                "`rules` is a list: write `[[rules]]` above each rule, or in JSON `[{ … }]`",
            );
        };
        for (place, item) in items.iter().enumerate() {
            rules.extend(rule(place + 1, item, reader));
        }
    }
    Some(Rules {
        rules,
        otherwise: otherwise?,
    })
}

fn otherwise(node: &Node, reader: &mut Reader) -> Option<Otherwise> {
    match reader.text(node, "default")? {
        "allow" => Some(Otherwise::Allow),
        "deny" => Some(Otherwise::Deny),
        "ask" => Some(Otherwise::Ask),
        "ask-changes" => Some(Otherwise::AskChanges),
        _ => reader.wrong(node.line, DEFAULT),
    }
}

/// As much of a rule as can be read, so that every mistake in it is told at once.
fn rule(number: usize, node: &Node, reader: &mut Reader) -> Option<Rule> {
    let fields = reader.fields(node, RULE, "a rule")?;
    let name = reader
        .get(fields, "name")
        .and_then(|node| reader.words(node, "name"));
    let tools = match reader.get(fields, "tools") {
        Some(node) => patterns(node, reader),
        None => reader.wrong(
            node.line,
            "say which functions the rule is about: `tools = \"mail.*\"`, a list of such, or \"*\" for all",
        ),
    };
    let sources = reader
        .get(fields, "source")
        .and_then(|node| sources(node, reader));
    let annotations = reader
        .get(fields, "annotations")
        .and_then(|node| annotations(node, reader));
    let conditions = reader
        .get(fields, "where")
        .and_then(|node| conditions(node, reader));
    let effect = effect(node, fields, reader);
    Some(Rule {
        number,
        name: name.map(str::to_owned),
        line: node.line,
        tools: tools?,
        annotations: annotations.unwrap_or_default(),
        sources: sources.unwrap_or_default(),
        conditions: conditions.unwrap_or_default(),
        effect: effect?,
    })
}

fn patterns(node: &Node, reader: &mut Reader) -> Option<Vec<Pattern>> {
    let items = list(node);
    if items.is_empty() {
        return reader.wrong(
            node.line,
            "`tools` names none: write a function as in `mail.send`, or `*` for all",
        );
    }
    let mut patterns = Vec::new();
    for item in items {
        if let Some(text) = reader.text(item, "tools") {
            patterns.extend(reader.take(item.line, Pattern::new(text)));
        }
    }
    Some(patterns)
}

fn sources(node: &Node, reader: &mut Reader) -> Option<Vec<ToolSource>> {
    let items = list(node);
    if items.is_empty() {
        return reader.wrong(node.line, "`source` names none: leave it out for all");
    }
    let mut sources = Vec::new();
    for item in items {
        let Some(text) = reader.text(item, "source") else {
            continue;
        };
        let mut all = ToolSource::ALL.into_iter();
        if let Some(source) = all.find(|source| source.as_str() == text) {
            sources.push(source);
        } else {
            let all = ToolSource::ALL.map(|source| format!("\"{}\"", source.as_str()));
            let all = all.join(", ");
            reader.wrong::<()>(
                item.line,
                format!("there is no source \"{text}\": write one of {all}"),
            );
        }
    }
    Some(sources)
}

/// What can be said of a function.
pub(in crate::policy) const HINTS: [Hint; 4] = [
    Hint::ReadOnly,
    Hint::Destructive,
    Hint::Idempotent,
    Hint::OpenWorld,
];

fn annotations(node: &Node, reader: &mut Reader) -> Option<Vec<(Hint, bool)>> {
    let fields = reader.fields(node, &HINTS.map(Hint::as_str), "`annotations`")?;
    let mut said = Vec::new();
    for field in fields {
        let hint = HINTS.into_iter().find(|hint| hint.as_str() == field.name);
        let value = reader.boolean(&field.node, &field.name);
        said.extend(hint.zip(value));
    }
    Some(said)
}

fn conditions(node: &Node, reader: &mut Reader) -> Option<Vec<Condition>> {
    let Kind::Table(fields) = &node.kind else {
        return reader.wrong(
            node.line,
            "`where` names arguments: write `where = { to = { suffix = \"@example.com\" } }`",
        );
    };
    let conditions = fields.iter().filter_map(|field| condition(field, reader));
    Some(conditions.collect())
}

fn effect(node: &Node, fields: &[Field], reader: &mut Reader) -> Option<Effect> {
    let is_effect = |field: &&Field| matches!(&*field.name, "allow" | "deny" | "ask" | "limit");
    let mut effects = fields.iter().filter(is_effect);
    let Some(field) = effects.next() else {
        return reader.wrong(node.line, EFFECT);
    };
    if let Some(second) = effects.next() {
        return reader.wrong(
            second.line,
            format!(
                "a rule says one thing: make two of it, or leave `{}` or `{}` out",
                field.name, second.name
            ),
        );
    }
    let value = &field.node;
    match &*field.name {
        "allow" if !reader.boolean(value, "allow")? => {
            reader.wrong(value.line, "write `deny = \"why\"` for what isn't allowed")
        }
        "allow" => Some(Effect::Allow),
        "deny" => Some(Effect::Deny(reader.words(value, "deny")?.to_owned())),
        "ask" => Some(Effect::Ask(reader.words(value, "ask")?.to_owned())),
        _ => limit(value, reader).map(Effect::Limit),
    }
}

fn limit(node: &Node, reader: &mut Reader) -> Option<Limit> {
    let fields = reader.fields(node, LIMIT, "`limit`")?;
    let calls = match reader.get(fields, "calls") {
        Some(node) => calls(node, reader),
        None => reader.wrong(
            node.line,
            "say how many calls there may be: `limit = { calls = 10, per = \"run\" }`",
        ),
    };
    let per = match reader.get(fields, "per") {
        Some(node) => match reader.text(node, "per")? {
            "run" => Some(Period::Run),
            "session" => Some(Period::Session),
            "hour" => Some(Period::Hour),
            _ => reader.wrong(
                node.line,
                "calls are counted per \"run\", per \"session\" or per \"hour\"",
            ),
        },
        None => reader.wrong(
            node.line,
            "say in what calls are counted: `per = \"run\"`, \"session\" or \"hour\"",
        ),
    };
    Some(Limit {
        calls: calls?,
        per: per?,
    })
}

fn calls(node: &Node, reader: &mut Reader) -> Option<usize> {
    let number = match &node.kind {
        Kind::Plain(value) => value.as_i64(),
        _ => None,
    };
    match number {
        Some(0) => reader.wrong(node.line, "no call at all is `deny = \"why\"`"),
        Some(calls @ 1..=MOST_CALLS) => usize::try_from(calls).ok(),
        _ => reader.wrong(
            node.line,
            format!("`calls` is a whole number from 1 to {MOST_CALLS}"),
        ),
    }
}
