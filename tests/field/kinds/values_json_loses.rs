//! A value crosses as what it is, or not at all, by what it is and not by a list; all places are told at once.

use serde_json::{Value, json};

use crate::support::{configuration, run_script, stdio};

fn returned(value: &str) -> Value {
    run_script(&["--no-check"], &format!("\nreturn {value};"))
}

/// Values that stand for something JSON has.
const MEANT: &[(&str, &str)] = &[
    (
        "new Map([['a', 1], ['__proto__', 2]])",
        r#"{"a":1,"__proto__":2}"#,
    ),
    ("new Map()", "{}"),
    ("new Set([1, [2]])", "[1,[2]]"),
    ("new Map([['a', 1]]).keys()", r#"["a"]"#),
    ("new Map([['a', 1]]).entries()", r#"[["a",1]]"#),
    ("new Set([1]).values()", "[1]"),
    ("[1, 2].values().map((n) => n * 2)", "[2,4]"),
    ("(function* () { yield 1; yield 'b'; })()", r#"[1,"b"]"#),
    ("'ab'[Symbol.iterator]()", r#"["a","b"]"#),
    (
        "Iterator.from({ i: 0, next() { return { done: this.i > 1, value: this.i++ } } })",
        "[0,1]",
    ),
    ("new (class extends Map {})([['a', 1]])", r#"{"a":1}"#),
    (
        "new (class { a = 1; get b() { return 2 } })()",
        r#"{"a":1}"#,
    ),
    ("Object.assign(Object.create(null), { a: 1 })", r#"{"a":1}"#),
    ("new Date(0)", r#""1970-01-01T00:00:00.000Z""#),
    (
        "[Object('a'), Object(1), Object(false)]",
        r#"["a",1,false]"#,
    ),
    ("'a-b'.match(/(.)-(.)/)", r#"["a-b","a","b"]"#),
    ("'a1'.match(/(?<l>[a-z])/d)", r#"["a","a"]"#),
    ("/(?<l>[a-z])/.exec('a1')", r#"["a","a"]"#),
    (
        "[...'a1b'.matchAll(/(?<l>[a-z])/g)]",
        r#"[["a","a"],["b","b"]]"#,
    ),
    ("'ab'.matchAll(/(b)/g)", r#"[["b","b"]]"#),
    ("((a) => (a.match(/a/) as any).groups ?? null)('a')", "null"),
    ("Object.assign([1], { extra: undefined })", "[1]"),
    (
        "(function () { return [arguments, 2] } as any)('a', 1n < 2n)",
        r#"[["a",true],2]"#,
    ),
    ("{ a: 1, *[Symbol.iterator]() { yield 1; } }", r#"{"a":1}"#),
    // Half a surrogate pair is no character.
    ("'a👍'.slice(0, 2)", r#""a\ufffd""#),
    ("['👍'.slice(1), undefined ?? '👍']", r#"["\ufffd","👍"]"#),
    ("{ ['👍'.slice(0, 1)]: 1 }", r#"{"\ufffd":1}"#),
    (
        "new Map([['👍'.slice(0, 1), '\\0👍'.slice(0, 2)]])",
        r#"{"\ufffd":"\u0000\ufffd"}"#,
    ),
    ("-0", "0"),
    ("{ toJSON: () => [1] }", "[1]"),
    ("{ a: undefined }", "{}"),
];

/// Values that JSON has nothing for, and a word that the error must have.
const LOST: &[(&str, &str)] = &[
    ("new Map([[1, 'a']])", "a Map"),
    ("Promise.all([1]).then(() => 1).then", "a function"),
    ("new WeakMap()", "a WeakMap"),
    ("new WeakSet()", "a WeakSet"),
    ("new WeakRef({})", "a WeakRef"),
    (
        "new FinalizationRegistry(() => {})",
        "a FinalizationRegistry",
    ),
    (
        "new DataView(new ArrayBuffer(1))",
        "new Uint8Array(view.buffer)",
    ),
    ("new ArrayBuffer(1)", "new Uint8Array(buffer)"),
    ("new Float64Array(1)", "Array.from(array)"),
    ("new BigInt64Array(1)", "Array.from(array)"),
    ("new Intl.NumberFormat('en')", "an Intl.NumberFormat"),
    ("new Intl.Segmenter('en').segment('a')", "without a field"),
    ("(async function* () {})()", "Array.fromAsync"),
    ("new Error('a')", "error.message"),
    ("new (class extends RangeError {})('a')", "error.message"),
    ("/a/", "regexp.source"),
    ("new (class A { #a = 1 })()", "without a field"),
    ("new Date(NaN)", "an invalid Date"),
    ("Object(Symbol())", "a Symbol"),
    ("Symbol()", "a symbol"),
    ("() => 1", "a function"),
    ("NaN", "NaN"),
    ("[, 1]", "undefined; write null"),
    (
        "Object.assign([1], { extra: 'x' })",
        ".extra: can't be sent",
    ),
    ("Object.assign([], { '-1': 0 })", "a property of a list"),
    (
        "Object.assign([1], { index: 0 })",
        ".index: can't be sent, because it is a property of a list; write an object",
    ),
    (
        "Object.assign('a'.match(/a/) as any, { extra: 1 })",
        ".extra: can't be sent",
    ),
    (
        "(function () { return arguments } as any)(1n < 2n, NaN)",
        "[1]: can't be sent, because it is NaN",
    ),
];

#[test]
fn results_are_what_was_meant() {
    for (value, expected) in MEANT {
        let outcome = returned(&format!("{{ v: {value} }}"));
        let expected: Value = serde_json::from_str(expected).unwrap();
        assert_eq!(outcome["value"]["v"], expected, "{value}: {outcome}");
    }
}

#[test]
fn results_that_json_would_change_are_refused_with_place_line_and_remedy() {
    let more = [
        ("Promise.resolve(1)", "a promise; await it first"),
        ("10n", "String(value)"),
        ("new Uint8Array(2)", "bytes.toBase64()"),
    ];
    for (value, word) in LOST.iter().chain(&more) {
        let outcome = returned(&format!("{{ v: {value} }}"));
        let error = &outcome["error"];
        let message = error["message"].as_str().unwrap_or_default();
        assert!(
            message.starts_with("the script's result.v"),
            "{value}: {outcome}"
        );
        assert!(message.contains(word), "{value}: {outcome}");
        assert_eq!(
            (&error["name"], &error["frames"][0]["line"]),
            (&json!("TypeError"), &json!(2)),
            "{value}"
        );
    }
}

#[test]
fn inputs_go_by_the_same_rule() {
    let config = configuration("values", &json!({ "s": stdio("patient.mjs", &[]) }));
    let arguments = ["--mcp-config", &config, "--no-check"];
    let sent = MEANT.iter().map(|(value, _)| *value);
    let script = format!(
        "const all = [{}];\nreturn await Promise.all(all.map(async (make) => JSON.parse(await s.echo({{ value: {{ v: make() }} }}))));",
        sent.map(|value| format!("() => ({value})"))
            .collect::<Vec<_>>()
            .join(", ")
    );
    let outcome = run_script(&arguments, &script);
    for (number, (value, expected)) in MEANT.iter().enumerate() {
        let expected: Value = serde_json::from_str(expected).unwrap();
        assert_eq!(
            outcome["value"][number]["v"], expected,
            "{value}: {outcome}"
        );
    }

    let script = format!(
        "const all = [{}];\nreturn await Promise.all(all.map((make) => s.echo({{ value: {{ v: make() }} }}).catch((error) => error.message)));",
        LOST.iter()
            .map(|(value, _)| format!("() => ({value})"))
            .collect::<Vec<_>>()
            .join(", ")
    );
    let outcome = run_script(&arguments, &script);
    for (number, (value, word)) in LOST.iter().enumerate() {
        let message = outcome["value"][number].as_str().unwrap_or_default();
        assert!(
            message.starts_with("s.echo: input.value.v"),
            "{value}: {outcome}"
        );
        assert!(message.contains(word), "{value}: {message}");
    }
    assert_eq!(outcome["calls"], json!([]));
}

#[test]
fn all_places_are_told_at_once_up_to_ten() {
    let outcome = returned(
        "{ a: [new WeakRef({})], m: new Map([['k', 1n]]), s: new Set([NaN]), d: { e: { f() {} } } }",
    );
    let message = outcome["error"]["message"].as_str().unwrap();
    let places: Vec<_> = message
        .lines()
        .map(|line| line.split(':').next().unwrap())
        .collect();
    let at = |place| format!("the script's result.{place}");
    assert_eq!(places, [at("a[0]"), at("m.k"), at("s[0]"), at("d.e.f")]);
    let outcome = returned("Array(1000).fill(1n)");
    let message = outcome["error"]["message"].as_str().unwrap();
    assert_eq!(message.lines().count(), 11, "{message}");
}

#[test]
fn everything_is_read_once() {
    let outcome = run_script(
        &["--no-check"],
        "let reads = 0;
        const value = { get a() { reads++; return { get b() { reads++; return 1n < 2n ? [reads] : 0; } }; } };
        setTimeout(() => {}, 1);
        return { value, get reads() { return reads; }, toJSON: undefined };",
    );
    assert_eq!(
        outcome["value"],
        json!({ "value": { "a": { "b": [2] } }, "reads": 2 }),
        "{outcome}"
    );
}

#[test]
fn a_value_without_an_end_is_refused() {
    let cases = [
        ("(function* () { for (;;) yield 'x'; })()", "limit"),
        (
            "(() => { const a: any = {}; a.a = a; return a })()",
            "exception",
        ),
        (
            "(() => { const a: any = new Map(); a.set('a', a); return a })()",
            "exception",
        ),
        (
            "(() => { let a: any = {}; for (let i = 0; i < 1e4; i++) a = new Set([a]); return a })()",
            "exception",
        ),
        (
            "new Proxy({}, { ownKeys: () => ['a'], getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }), get: (_, key) => key === 'a' ? new Proxy([], {}) : undefined })",
            "",
        ),
    ];
    for (value, kind) in cases {
        let script = format!("return {value};");
        let outcome = run_script(&["--no-check", "--max-output", "10000"], &script);
        let found = outcome["error"]["kind"].as_str().unwrap_or_default();
        assert_eq!(found, kind, "{value}: {outcome}");
    }
}
