//! What models take for a part of the language is there where it reaches nothing: texts, addresses, base64, clones, chance,
//! abort signals, the rest of the console. It does what Node's does.

use std::process::Command;

use codemode_test_support::program::finish;
use serde_json::{Value, json};

use crate::support::{configuration, run_script, stdio};

/// Expressions of which Node's answer is the right one, one a line. Lines that begin with `//` are for readers.
const SAME_AS_NODE: &str = include_str!("the_web_in_a_script/same_as_node.txt");

fn expressions() -> impl Iterator<Item = &'static str> {
    SAME_AS_NODE
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
}

/// A script that gives each expression's value, or the name of what it throws.
fn script() -> String {
    let functions: Vec<String> = expressions()
        .map(|expression| format!("async () => ({expression}),"))
        .collect();
    format!(
        "const shown = (value) => value === undefined ? '(undefined)' : ArrayBuffer.isView(value) ? [...value].map(String) : value;
        const answers = [];
        for (const answer of [\n{}\n]) {{
            try {{ answers.push(shown(await answer())) }} catch (error) {{ answers.push({{ threw: String(error?.name ?? error) }}) }}
        }}",
        functions.join("\n")
    )
}

fn node(script: &str) -> Value {
    let mut node = Command::new("node");
    node.args(["--input-type=module", "-"]);
    let done = finish(node, script);
    serde_json::from_str(&done.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}{}", done.stdout, done.stderr))
}

#[test]
fn each_expression_has_the_value_that_it_has_in_node() {
    let script = script();
    let outcome = run_script(&["--no-check"], &format!("{script}\nreturn answers;"));
    let theirs = node(&format!("{script}\nconsole.log(JSON.stringify(answers));"));
    let ours = outcome["value"]
        .as_array()
        .unwrap_or_else(|| panic!("{outcome}"));
    let theirs = theirs.as_array().unwrap();
    assert_eq!(ours.len(), expressions().count());
    let differences: Vec<String> = expressions()
        .zip(ours.iter().zip(theirs))
        .filter(|(_, (ours, theirs))| ours != theirs)
        .map(|(expression, (ours, theirs))| {
            format!("{expression}\n  here: {ours}\n  node: {theirs}")
        })
        .collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// Node 20 is behind its standards here, or beside them.
#[test]
fn the_standard_decides_where_node_differs() {
    let name = |expression: &str| {
        format!(
            "(() => {{ try {{ return {expression} }} catch (error) {{ return error.name }} }})()"
        )
    };
    for (expression, value) in [
        (
            r#"new TextDecoder("latin1").decode(Uint8Array.from({ length: 34 }, (_, at) => at + 127))"#.to_owned(),
            json!("\u{7f}€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ\u{a0}"),
        ),
        (
            r#"((e) => [e.name, e.message, e instanceof DOMException])(structuredClone(new DOMException("m", "AbortError")))"#.to_owned(),
            json!(["AbortError", "m", true]),
        ),
        (name("crypto.getRandomValues([1])"), json!("TypeError")),
        (name("AbortSignal.timeout(-1)"), json!("TypeError")),
        (
            "((a) => { const any = AbortSignal.any([a.signal]); let seen; a.signal.onabort = () => seen = any.aborted; a.abort(); return seen })(new AbortController())".to_owned(),
            json!(true),
        ),
    ] {
        let outcome = run_script(&["--no-check"], &format!("return {expression}"));
        assert_eq!(outcome["value"], value, "{expression}: {outcome}");
    }
}

/// Runs a script with the check of its types.
#[track_caller]
fn checked(script: &str) -> Value {
    let outcome = run_script(&[], script);
    assert_eq!(outcome["checked"], true, "{outcome}");
    assert_eq!(outcome["status"], "ok", "{outcome}");
    outcome
}

fn lines(outcome: &Value) -> Vec<&str> {
    let lines = outcome["logs"].as_array().unwrap();
    lines
        .iter()
        .map(|line| line["text"].as_str().unwrap())
        .collect()
}

#[test]
fn scripts_as_models_write_them_pass_the_check_and_run() {
    for (script, value) in [
        (
            r#"const packed = btoa("hello"); return [packed, atob(packed)];"#,
            json!(["aGVsbG8=", "hello"]),
        ),
        (
            r#"const bytes = new TextEncoder().encode("grüße"); return [bytes.length, new TextDecoder().decode(bytes)];"#,
            json!([7, "grüße"]),
        ),
        ("return crypto.randomUUID().length;", json!(36)),
        (
            "return [...crypto.getRandomValues(new Uint8Array(4))].length;",
            json!(4),
        ),
        (
            r#"const url = new URL("https://shop.example/find?q=a%20b&n=2");
               url.searchParams.set("n", "3");
               return [url.hostname, url.searchParams.get("q"), url.toString()];"#,
            json!(["shop.example", "a b", "https://shop.example/find?q=a+b&n=3"]),
        ),
        (
            r#"const all = new URLSearchParams({ a: "1" });
               for (const [name, value] of new URLSearchParams("b=2&c=3")) all.append(name, value);
               return `${all}`;"#,
            json!("a=1&b=2&c=3"),
        ),
        (
            r#"return { link: new URL("/a b", "https://x.example") };"#,
            json!({ "link": "https://x.example/a%20b" }),
        ),
        (
            r#"const rows = [{ id: 1, tags: ["a"] }]; const copy = structuredClone(rows); copy[0].tags.push("b");
               return [rows[0].tags.length, copy[0].tags.length];"#,
            json!([1, 2]),
        ),
        (
            "const from = performance.now(); await new Promise<void>((done) => queueMicrotask(done));
             return performance.now() - from >= 0 && performance.timeOrigin > 0;",
            json!(true),
        ),
        (
            r#"const controller = new AbortController();
               setTimeout(() => controller.abort(), 10);
               return await new Promise((done) => controller.signal.addEventListener("abort", () => done("aborted")));"#,
            json!("aborted"),
        ),
        (
            r"const signal = AbortSignal.any([AbortSignal.timeout(10), new AbortController().signal]);
               await new Promise<void>((done) => { signal.onabort = () => done(); });
               return signal.reason instanceof DOMException && signal.reason.name;",
            json!("TimeoutError"),
        ),
    ] {
        assert_eq!(checked(script)["value"], value, "{script}");
    }
}

#[test]
fn the_console_has_what_models_use_of_it() {
    let outcome = checked(
        r#"console.table([{ a: 1, b: "x" }, { a: 2, c: [3] }, 4]);
        console.table(new Map([["k", { v: 1n }]]), ["v"]);
        console.table("no table");
        console.group("outer", 1);
        console.log("one\ntwo");
        console.groupCollapsed();
        console.dir({ deep: { deeper: { deepest: 1 } } });
        console.groupEnd();
        console.groupEnd();
        console.groupEnd();
        console.assert(1 < 2, "yes");
        console.assert(1 > 2, "no", { a: 1 });
        console.assert(false);
        console.count();
        console.count("c");
        console.count();
        console.countReset();
        console.count();
        console.timeEnd("none");
        return "done";"#,
    );
    assert_eq!(
        lines(&outcome),
        [
            "(index) | a | b | c | Values\n0 | 1 | x |  | \n1 | 2 |  | [3] | \n2 |  |  |  | 4",
            "(index) | v\nk | 1n",
            "no table",
            "outer 1",
            "  one\n  two",
            "    {\"deep\":{\"deeper\":{\"deepest\":1}}}",
            "Assertion failed: no {\"a\":1}",
            "Assertion failed",
            "default: 1",
            "c: 1",
            "default: 2",
            "default: 1",
            "No timer \"none\" was started",
        ]
    );
    let levels: Vec<&Value> = outcome["logs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| &line["level"])
        .collect();
    assert_eq!(levels[6], "error");
    assert_eq!(levels[12], "warn");
}

#[test]
fn the_console_measures_time_and_tells_where_it_is() {
    let outcome = checked(
        r#"console.time("t");
        await new Promise((done) => setTimeout(done, 30));
        console.timeLog("t", "still", 1);
        console.timeEnd("t");
        function here() { console.trace("at", 1); }
        here();"#,
    );
    let lines = lines(&outcome);
    let ms = |line: &str| -> f64 {
        let figure = line
            .strip_prefix("t: ")
            .and_then(|rest| rest.split("ms").next());
        figure.unwrap().parse().unwrap()
    };
    assert!(
        ms(lines[0]) >= 29.0 && lines[0].ends_with("ms still 1"),
        "{lines:?}"
    );
    assert!(ms(lines[1]) >= ms(lines[0]), "{lines:?}");
    assert!(
        lines[2].starts_with("Trace: at 1\n    at here "),
        "{lines:?}"
    );
}

#[test]
fn what_reaches_out_is_not_there() {
    let outcome = run_script(
        &["--no-check"],
        "return ['fetch', 'Request', 'Response', 'Headers', 'WebSocket', 'Worker', 'localStorage', 'navigator', 'Blob', 'File',
            'EventTarget', 'Event', 'MessageChannel', 'ReadableStream', 'setImmediate', 'Buffer', 'process', 'WebAssembly']
            .filter((name) => name in globalThis).concat(Object.keys(crypto).join());",
    );
    assert_eq!(outcome["value"], json!(["getRandomValues,randomUUID"]));
}

/// What a script sees of an object, and the type that is declared for it.
const DECLARED: [(&str, &str); 14] = [
    ("console", "typeof console"),
    ("crypto", "typeof crypto"),
    ("performance", "typeof performance"),
    ("TextEncoder.prototype", "TextEncoder"),
    ("TextDecoder.prototype", "TextDecoder"),
    ("URL.prototype", "URL"),
    ("URL", "Omit<typeof URL, 'prototype'>"),
    ("URLSearchParams.prototype", "URLSearchParams"),
    (
        "URLSearchParams",
        "Omit<typeof URLSearchParams, 'prototype'>",
    ),
    ("AbortController.prototype", "AbortController"),
    ("AbortSignal.prototype", "AbortSignal"),
    ("AbortSignal", "Omit<typeof AbortSignal, 'prototype'>"),
    (
        "new DOMException()",
        "Omit<DOMException, 'message' | 'stack' | 'cause'>",
    ),
    (
        "new TextEncoder().encodeInto('', new Uint8Array())",
        "ReturnType<TextEncoder['encodeInto']>",
    ),
];

#[test]
fn what_is_declared_is_there_and_the_other_way_round() {
    let objects: Vec<&str> = DECLARED.iter().map(|(object, _)| *object).collect();
    let outcome = run_script(
        &["--no-check"],
        &format!(
            "const OF_THE_LANGUAGE = ['constructor', 'prototype', 'length', 'stack', 'message'];
            return [{}].map((object) => Reflect.ownKeys(object)
                .filter((key) => !OF_THE_LANGUAGE.includes(key) && !(typeof object === 'function' && key === 'name'))
                .filter((key) => key !== Symbol.toStringTag)
                .map((key) => key === Symbol.iterator ? '[Symbol.iterator]' : key));",
            objects.join(", ")
        ),
    );
    let found = outcome["value"].as_array().unwrap();
    let mut script = String::new();
    for (number, (names, (_, declared))) in found.iter().zip(DECLARED).enumerate() {
        // Neither may a name be missing in an object of a type, nor may there be one that the type doesn't have.
        let fields: Vec<String> = names
            .as_array()
            .unwrap()
            .iter()
            .map(|name| format!("{}: true", name.as_str().unwrap()))
            .collect();
        script += &format!(
            "const names{number}: Record<keyof ({declared}), true> = {{ {} }}; void names{number};\n",
            fields.join(", ")
        );
    }
    checked(&script);
}

#[test]
fn the_bytes_of_a_text_that_a_server_sends_can_be_read() {
    let config = configuration("bytes-of-texts", &json!({ "s": stdio("bytes.mjs", &[]) }));
    let outcome = run_script(
        &["--mcp-config", &config],
        r#"const parts = await s.getFile();
        if (typeof parts === "string") return parts;
        const part = parts[0];
        if (part?.type !== "resource" || !part.bytes) throw new Error(JSON.stringify(part));
        return new TextDecoder().decode(part.bytes);"#,
    );
    assert_eq!(outcome["value"], "grüße 👍", "{outcome}");
    assert_eq!(outcome["checked"], true);
}
