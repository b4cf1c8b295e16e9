//! Names that are almost right.

use std::collections::BTreeSet;

use super::{Fault, Original};

/// Another name that something might have.
pub(super) fn synonym(name: &str) -> String {
    const KNOWN: &[(&str, &str)] = &[
        ("content", "text"),
        ("entities", "nodes"),
        ("relations", "edges"),
        ("observations", "notes"),
        ("name", "title"),
        ("path", "file"),
        ("from", "source"),
        ("to", "target"),
        ("grams", "amount"),
        ("views", "count"),
        ("query", "q"),
        ("temperature", "temp"),
        ("message", "text"),
        ("subject", "title"),
        ("body", "text"),
        ("period", "range"),
    ];
    let known = KNOWN.iter().find(|(one, _)| *one == name);
    known.map_or_else(|| format!("{name}Value"), |(_, other)| (*other).to_owned())
}

/// A name without the letter in its middle.
pub(super) fn typo(name: &str) -> String {
    let mut name = name.to_owned();
    name.remove(name.len() / 2);
    name
}

fn snake(name: &str) -> String {
    let word = |letter: char| {
        if letter.is_uppercase() {
            format!("_{}", letter.to_lowercase())
        } else {
            letter.into()
        }
    };
    name.chars().map(word).collect()
}

pub(super) fn wrong_field(original: &Original) -> Vec<Fault> {
    let code = &original.code;
    let namespaces = original.namespaces;
    let mut done = BTreeSet::new();
    let mut faults = Vec::new();
    for name in code.names() {
        let (before, field, after) = (
            &code.text[..name.start],
            &code.text[name.clone()],
            &code.text[name.end..],
        );
        let is_tool = namespaces
            .iter()
            .any(|namespace| before.ends_with(&format!("{namespace}.")));
        let is_field = before.ends_with('.')
            && !before.ends_with("..")
            && !after.starts_with(['(', '<'])
            && !is_tool;
        let is_taken = before.ends_with("const { ") && after.starts_with(" } = await");
        if !(is_field || is_taken) || matches!(field, "length" | "Promise") || !done.insert(field) {
            continue;
        }
        for wrong in [typo(field), synonym(field)] {
            let new = if is_taken {
                format!("{wrong}: {field}")
            } else {
                wrong.clone()
            };
            faults.push(Fault {
                kind: "a wrong field of a result",
                what: format!("`{wrong}` for `{field}`"),
                script: code.with(&[(name.clone(), &new)]),
                repair: vec![vec![field.to_owned()]],
            });
        }
    }
    faults
}

pub(super) fn misspelt_tool(original: &Original) -> Vec<Fault> {
    let code = &original.code;
    let mut done = BTreeSet::new();
    let mut faults = Vec::new();
    for call in code.calls(original.namespaces) {
        let tool = &code.text[call.tool.clone()];
        if !done.insert(tool) {
            continue;
        }
        let mut others = vec![typo(tool), format!("{tool}s")];
        if snake(tool) != tool {
            others.push(snake(tool));
        }
        faults.extend(others.into_iter().map(|wrong| Fault {
            kind: "a misspelt tool",
            what: format!("`{wrong}` for `{tool}`"),
            script: code.with(&[(call.tool.clone(), &wrong)]),
            repair: vec![vec![tool.to_owned()]],
        }));
    }
    faults
}

pub(super) fn misspelt_namespace(original: &Original) -> Vec<Fault> {
    let code = &original.code;
    let calls = code.calls(original.namespaces);
    let Some(call) = calls.first() else {
        return Vec::new();
    };
    let namespace = &code.text[call.namespace.clone()];
    let path = code.text[call.namespace.start..call.tool.end].to_owned();
    let prefix = ["tools", "mcp", "functions", "client"][original.number % 4];
    let capital = namespace[..1].to_uppercase() + &namespace[1..];
    let others = [typo(namespace), capital, format!("{prefix}.{namespace}")];
    let fault = |wrong: String| Fault {
        kind: "a misspelt namespace",
        what: format!("`{wrong}` for `{namespace}`"),
        script: code.with(&[(call.namespace.clone(), &wrong)]),
        repair: vec![vec![
            path.clone(),
            format!("'{namespace}'"),
            format!("`{namespace}`"),
        ]],
    };
    others.map(fault).into()
}
