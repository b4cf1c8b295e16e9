//! An answer that can't be read fails the call that it answers, at once and with what is wrong; what is meant beyond doubt is read.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{configuration, run_script, stdio};

/// What each call gives: its value, or the message of its error.
fn answers(test: &str, calls: &[&str]) -> Value {
    let config = configuration(test, &json!({ "s": stdio("unreadable.mjs", &[]) }));
    let script = format!(
        "const told: Record<string, unknown> = {{}};
         for (const name of {} as const) told[name] = await s[name]().catch((error: Error) => `error: ${{error.message}}`);
         return told;",
        json!(calls)
    );
    let started = Instant::now();
    let outcome = run_script(&["--no-check", "--mcp-config", &config], &script);
    assert!(started.elapsed() < Duration::from_secs(25), "{outcome}");
    outcome["value"].clone()
}

#[test]
fn what_is_meant_beyond_doubt_is_read() {
    let expected = json!({
        "surrogate": "half: \u{fffd}, whole: 😀",
        "control": "raw \u{1} and \t",
        "newline": "one\ntwo",
        "path": "C:\\Users\\me",
        "comma": "t",
        "latin": "gr\u{fffd}\u{fffd}e",
        "pretty": "pretty",
        "textNumber": "text number",
        "fraction": "fraction",
        "versionless": "versionless",
        "echo": "echo",
        "nullError": "null error",
        "batch": "batch",
        "glued": "glued",
        "endless": "endless",
        "prettyEndless": "pretty endless",
        "halves": "halves",
        "prompted": "prompted",
        "fine": "fine",
    });
    let names: Vec<&str> = expected
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let told = answers("unreadable-meant", &names);
    for name in names {
        assert_eq!(told[name], expected[name], "{name}");
    }
}

#[test]
fn a_deep_answer_is_read_up_to_a_stated_depth() {
    let told = answers("unreadable-deep", &["deep", "abyss", "fine"]);
    assert!(!told["deep"].to_string().contains("error:"), "{told}");
    assert!(
        told["abyss"].to_string().contains("more than 500 levels"),
        "{told}"
    );
    assert_eq!(told["fine"], "fine");
}

#[test]
fn what_is_in_doubt_fails_its_call_with_what_is_wrong() {
    let cases = [
        ("nan", "can't be read: it has `NaN`"),
        ("numberBehind", "can't be read: it has `NaN`"),
        ("infinite", "can't be read: it has `1e999`"),
        ("quotes", "can't be read: it has"),
        ("cut", "can't be read: it has no end"),
        ("large", "larger than 16 MiB, with 178"),
        ("largeBehind", "larger than 16 MiB, with 178"),
        ("codeless", "error: s.codeless: no code"),
        ("textCode", "error: s.textCode: a text as code"),
        ("textError", "error: s.textError: the error is a text"),
        ("objectMessage", "{\"reason\":\"deep\"}"),
        ("nullResult", "error: s.nullResult: null result"),
        ("neither", "neither a result nor an error"),
        ("nobody", "error: s.nobody: Parse error"),
    ];
    let names: Vec<&str> = cases
        .iter()
        .map(|(name, _)| *name)
        .chain(["fine"])
        .collect();
    let told = answers("unreadable-doubt", &names);
    for (name, expected) in cases {
        let said = told[name].as_str().unwrap_or_default();
        assert!(said.contains(expected), "{name}: {said}\n{told}");
    }
    assert_eq!(told["fine"], "fine");
}
