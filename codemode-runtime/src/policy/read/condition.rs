//! Reads what a rule asks of an argument.

use std::cmp::Ordering;

use serde_json::Value;

use super::reader::{Reader, instead};
use super::tree::{Field, Kind, Node};
use crate::policy::condition::{Condition, Path, Test};

/// What can be asked of an argument.
pub(in crate::policy) const CONDITION: &[&str] = &[
    "equals", "one_of", "prefix", "suffix", "matches", "less", "at_most", "greater", "at_least",
    "present", "absent",
];

/// A field of `where`: an argument, and what it has to be. A value by itself is what it has to equal, a list one of which.
pub(in crate::policy) fn condition(field: &Field, reader: &mut Reader) -> Option<Condition> {
    let path = reader.take(field.line, Path::new(&field.name));
    let tests = match &field.node.kind {
        Kind::Table(fields) if fields.is_empty() => reader.wrong(
            field.line,
            format!(
                "say what `{0}` has to be, as in `{0} = {{ prefix = \"a\" }}`",
                field.name
            ),
        ),
        Kind::Table(fields) => {
            let mut tests = Vec::new();
            for inner in fields {
                tests.extend(test(&field.name, inner, reader));
            }
            Some(tests)
        }
        Kind::List(items) => one_of(&field.name, &field.node, items, reader).map(|test| vec![test]),
        Kind::Plain(_) | Kind::Odd(_) => {
            value(&field.node, reader).map(|value| vec![Test::OneOf(vec![value])])
        }
    };
    Some(Condition {
        path: path?,
        tests: tests?,
    })
}

fn test(argument: &str, field: &Field, reader: &mut Reader) -> Option<Test> {
    let Field { name, line, node } = field;
    match &**name {
        "equals" => Some(Test::OneOf(vec![value(node, reader)?])),
        "one_of" => match &node.kind {
            Kind::List(items) => one_of(name, node, items, reader),
            _ => reader.wrong(node.line, "`one_of` is a list of values"),
        },
        "prefix" => end(name, node, reader).map(Test::Prefix),
        "suffix" => end(name, node, reader).map(Test::Suffix),
        "matches" => {
            let expression = reader.text(node, name)?;
            let test = Test::matches(expression);
            let test =
                test.map_err(|problem| format!("`matches` isn't a regular expression: {problem}"));
            reader.take(node.line, test)
        }
        "less" => number(name, node, &[Ordering::Less], reader),
        "at_most" => number(name, node, &[Ordering::Less, Ordering::Equal], reader),
        "greater" => number(name, node, &[Ordering::Greater], reader),
        "at_least" => number(name, node, &[Ordering::Equal, Ordering::Greater], reader),
        "present" => reader.boolean(node, name).map(Test::Present),
        "absent" => reader
            .boolean(node, name)
            .map(|absent| Test::Present(!absent)),
        // As `where.message.to` in TOML comes to be.
        _ if matches!(node.kind, Kind::Table(_)) => reader.wrong(
            *line,
            format!(
                "write the way to an argument within another in quotes: `\"{argument}.{name}\"`"
            ),
        ),
        _ => reader.wrong(
            *line,
            format!(
                "an argument can't be asked for `{name}`{}",
                instead(name, CONDITION)
            ),
        ),
    }
}

fn one_of(name: &str, node: &Node, items: &[Node], reader: &mut Reader) -> Option<Test> {
    if items.is_empty() {
        return reader.wrong(
            node.line,
            format!("no value is one of none: write the values of `{name}` into the list"),
        );
    }
    let values: Vec<_> = items.iter().map(|item| value(item, reader)).collect();
    values.into_iter().collect::<Option<_>>().map(Test::OneOf)
}

/// How a text begins or ends.
fn end(name: &str, node: &Node, reader: &mut Reader) -> Option<String> {
    match reader.text(node, name)? {
        "" => reader.wrong(
            node.line,
            format!("every text has an empty `{name}`: write at least one letter"),
        ),
        text => Some(text.to_owned()),
    }
}

fn number(
    name: &str,
    node: &Node,
    wanted: &'static [Ordering],
    reader: &mut Reader,
) -> Option<Test> {
    match &node.kind {
        Kind::Plain(Value::Number(number)) => Some(Test::Number(number.clone(), wanted)),
        _ => reader.wrong(node.line, format!("`{name}` is a number, without quotes")),
    }
}

/// The value that an argument is compared with.
fn value(node: &Node, reader: &mut Reader) -> Option<Value> {
    match &node.kind {
        Kind::Plain(Value::Null) => reader.wrong(
            node.line,
            "`null` is no value here: write `{ \"absent\": true }`",
        ),
        Kind::Plain(value) => Some(value.clone()),
        Kind::List(items) => items.iter().map(|item| value(item, reader)).collect(),
        Kind::Table(fields) => {
            let fields = fields
                .iter()
                .map(|field| Some((field.name.clone(), value(&field.node, reader)?)));
            fields.collect::<Option<_>>().map(Value::Object)
        }
        Kind::Odd(what) => reader.wrong(
            node.line,
            format!("this is {what}, which no argument can be: write a text"),
        ),
    }
}
