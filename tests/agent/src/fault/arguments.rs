//! Arguments that aren't as a tool wants them.

use super::names::synonym;
use super::{Fault, Original};

/// What may be left out.
const OPTIONAL: &[&str] = &[
    "limit",
    "head",
    "tail",
    "audience",
    "count",
    "needsMoreThoughts",
    "branchFromThought",
    "branchId",
];

pub(super) fn wrong_type(original: &Original) -> Vec<Fault> {
    let code = &original.code;
    let mut faults = Vec::new();
    for call in code.calls(original.namespaces) {
        for property in &call.properties {
            let Some(value) = &property.value else {
                continue;
            };
            let key = &code.text[property.key.clone()];
            let is = &code.text[value.clone()];
            let (wrong, kind) = match is.as_bytes()[0] {
                b'"' | b'`' => ("42", "string"),
                b'0'..=b'9' => ("\"seven\"", "number"),
                b'[' => ("\"one, two\"", "[]"),
                b'{' => ("true", "{"),
                _ => continue,
            };
            // Of a few words it is one of them that is expected.
            let expected = vec![
                kind.to_owned(),
                is.to_owned(),
                "array".to_owned(),
                "Period".to_owned(),
            ];
            faults.push(Fault {
                kind: "a wrong type of an argument",
                what: format!("`{key}: {wrong}`"),
                script: code.with(&[(value.clone(), wrong)]),
                repair: vec![expected],
            });
        }
    }
    faults
}

pub(super) fn missing(original: &Original) -> Vec<Fault> {
    let code = &original.code;
    let mut faults = Vec::new();
    for call in code.calls(original.namespaces) {
        for property in &call.properties {
            let key = &code.text[property.key.clone()];
            if OPTIONAL.contains(&key) {
                continue;
            }
            faults.push(Fault {
                kind: "a missing argument",
                what: format!("no `{key}`"),
                script: code.with(&[(property.whole.clone(), "")]),
                repair: vec![vec![key.to_owned()]],
            });
        }
    }
    faults
}

pub(super) fn extra(original: &Original) -> Vec<Fault> {
    let code = &original.code;
    let calls = code.calls(original.namespaces);
    let Some(at) = calls.iter().find_map(|call| call.object) else {
        return Vec::new();
    };
    let key = ["verbose", "timeout", "encoding"][original.number % 3];
    vec![Fault {
        kind: "an extra argument",
        what: format!("`{key}`"),
        script: code.with(&[(at..at, &format!(" {key}: \"yes\","))]),
        repair: vec![vec![key.to_owned()]],
    }]
}

pub(super) fn misnamed(original: &Original) -> Vec<Fault> {
    let code = &original.code;
    let mut faults = Vec::new();
    for call in code.calls(original.namespaces) {
        for property in &call.properties {
            let key = &code.text[property.key.clone()];
            let wrong = synonym(key);
            let new = if property.value.is_some() {
                wrong.clone()
            } else {
                format!("{wrong}: {key}")
            };
            faults.push(Fault {
                kind: "a misnamed argument",
                what: format!("`{wrong}` for `{key}`"),
                script: code.with(&[(property.key.clone(), &new)]),
                repair: vec![vec![key.to_owned()]],
            });
        }
    }
    faults
}
