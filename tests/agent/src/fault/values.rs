//! Values that aren't there yet, that aren't there at all, or that can't be handed over.

use super::{Fault, Original};

fn any(parts: &[&str]) -> Vec<String> {
    parts.iter().map(|part| (*part).to_owned()).collect()
}

pub(super) fn forgotten_await(original: &Original) -> Vec<Fault> {
    let code = &original.code;
    let calls = code.calls(original.namespaces);
    let awaited = calls
        .iter()
        .filter_map(|call| Some((call, call.awaited.clone()?)));
    awaited
        .map(|(call, awaited)| Fault {
            kind: "a forgotten await",
            what: format!(
                "before `{}`",
                &code.text[call.namespace.start..call.tool.end]
            ),
            script: code.with(&[(awaited, "")]),
            repair: vec![any(&["await"])],
        })
        .collect()
}

pub(super) fn null_not_handled(original: &Original) -> Vec<Fault> {
    let code = &original.code;
    let mut faults = Vec::new();
    for (guard, instead) in [
        ("?.", "."),
        (" ?? 0", ""),
        (" ?? -1", ""),
        (" ?? \"unknown\"", ""),
    ] {
        for (at, _) in code.text.match_indices(guard) {
            if code.text[at..].starts_with("?.[") {
                faults.push(null(code.with(&[(at..at + 2, "")]), guard, at));
                continue;
            }
            faults.push(null(
                code.with(&[(at..at + guard.len(), instead)]),
                guard,
                at,
            ));
        }
    }
    for (at, _) in code.text.match_indices("if (") {
        let end = code.text[at..]
            .find('\n')
            .map_or(code.text.len(), |length| at + length);
        if code.text[at..end].contains("=== null") {
            faults.push(null(code.with(&[(at..end, "")]), "=== null", at));
        }
    }
    faults
}

fn null(script: String, guard: &str, at: usize) -> Fault {
    Fault {
        kind: "null not handled",
        what: format!("without `{}` at {at}", guard.trim()),
        script,
        repair: vec![
            any(&["null", "undefined"]),
            any(&["?.", "??", "possibly", "is not assignable to"]),
        ],
    }
}

pub(super) fn misuse_of_a_map(original: &Original) -> Vec<Fault> {
    const MISUSES: &[(&str, &[&str])] = &[
        ("const first = known.get(\"a\").grams;", &["undefined"]),
        ("const first = known[\"a\"];", &["get"]),
        ("const first = known.a;", &["get"]),
        ("const count = known.length;", &["size"]),
        (
            "const names = known.map(([name]) => name);",
            &[
                "[...known]",
                "Array.from",
                "keys",
                "entries",
                "...",
                "values",
            ],
        ),
    ];
    let (misuse, parts) = MISUSES[original.number % MISUSES.len()];
    vec![Fault {
        kind: "misuse of a Map",
        what: format!("`{misuse}`"),
        script: format!(
            "const known = new Map([[\"a\", {{ grams: 1 }}]]);\n{misuse}\n{}",
            original.code.text
        ),
        repair: vec![any(parts)],
    }]
}

pub(super) fn parsed_twice(original: &Original) -> Vec<Fault> {
    let code = &original.code;
    let calls = code.calls(original.namespaces);
    let mut faults = Vec::new();
    for call in &calls {
        let Some(awaited) = &call.awaited else {
            continue;
        };
        let end = call.whole.end;
        faults.push(Fault {
            kind: "JSON.parse of a value",
            what: format!("of `{}`", &code.text[call.namespace.start..call.tool.end]),
            script: code.with(&[
                (awaited.start..awaited.start, "JSON.parse("),
                (end..end, ")"),
            ]),
            repair: vec![any(&[
                "without `JSON.parse`",
                "is a value already",
                "no text",
                "already",
                "something else than a text",
            ])],
        });
    }
    faults
}

/// The script with another statement instead of its last `return`.
fn returning(original: &Original, end: &str) -> String {
    let text = original.code.text;
    let at = text.rfind("return ").unwrap_or(text.len());
    format!("{}{end}", &text[..at])
}

pub(super) fn bigint(original: &Original) -> Vec<Fault> {
    let ends = [
        "return 10n;",
        "return { total: 5n };",
        "return [1, 2n];",
        "return BigInt(Date.now());",
    ];
    if !original.number.is_multiple_of(3) {
        return Vec::new();
    }
    let end = ends[original.number / 3 % ends.len()];
    vec![Fault {
        kind: "a bigint in the result",
        what: format!("`{end}`"),
        script: returning(original, end),
        repair: vec![any(&["Number(", "String(", "toString", "as text"])],
    }]
}

pub(super) fn circular(original: &Original) -> Vec<Fault> {
    let ends = [
        "const whole: { self?: unknown } = {}; whole.self = whole; return whole;",
        "const list: unknown[] = []; list.push(list); return list;",
        "const a: { b?: unknown } = {}; const b = { a }; a.b = b; return { a };",
    ];
    if original.number % 3 != 1 {
        return Vec::new();
    }
    let end = ends[original.number / 3 % ends.len()];
    vec![Fault {
        kind: "a circular result",
        what: format!("`{end}`"),
        script: returning(original, end),
        repair: vec![any(&["circular", "inside of itself"])],
    }]
}
