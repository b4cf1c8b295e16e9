//! A promise that nothing waits for is told wherever it lies in a result or in what a tool is given, before anything is
//! called; all places at once.

use serde_json::{Value, json};

use crate::support::{configuration, run_script, stdio};

fn run(script: &str) -> Value {
    let config = configuration(
        "forgotten-await",
        &json!({ "s": stdio("odd-words.mjs", &[]) }),
    );
    run_script(&["--mcp-config", &config], script)
}

fn is_told(problem: &Value) -> bool {
    let message = problem["message"].as_str().unwrap();
    message.starts_with("`await` is missing")
}

#[test]
fn a_promise_is_found_at_any_depth() {
    for (script, columns) in [
        ("return { a: { b: s.echo({ text: 'a' }) } }", &[15][..]),
        ("return { list: [1, s.asText()] }", &[20]),
        (
            "return [1].map((page) => s.echo({ text: `${page}` }))",
            &[8],
        ),
        (
            "return { all: [1].map((page) => ({ page, text: s.asText() })) }",
            &[10],
        ),
        (
            "const text = s.asText(); return { a: { text }, b: [text], c: await text }",
            &[40, 52],
        ),
        ("({ a: [{ b: [{ c: s.asText() }] }] })", &[16]),
        ("[[[[[[[[s.asText()]]]]]]]]", &[9]),
        ("return new Map([['a', s.asText()]])", &[8]),
        (
            "async function main() { return { a: { b: s.asText() } }; }",
            &[16],
        ),
        ("const main = async () => [s.asText()]; main()", &[40]),
        ("export default async () => ({ a: s.asText() })", &[16]),
        (
            "export default async function () { return [s.asText()] }",
            &[16],
        ),
        (
            "await s.echo({ text: 'a', data: s.asText() }); return 1",
            &[33],
        ),
        (
            "await s.echo({ text: 'a', data: { deep: [{ er: s.asText() }] } }); return 1",
            &[48],
        ),
        (
            "const data = [1].map(() => s.asText()); await s.echo({ text: 'a', data }); return 1",
            &[67],
        ),
        (
            "await s.echo({ text: 'a', data: [1].map(() => s.asText()) }); return 1",
            &[33],
        ),
        (
            "const input = { text: 'a', data: s.asText() }; await s.echo(input); return 1",
            &[61],
        ),
        ("return JSON.stringify({ a: [s.asText()] })", &[29]),
        (
            "['a'].map(async (text) => { await s.echo({ text }) }); return 1",
            &[],
        ),
    ] {
        let outcome = run(script);
        assert_eq!(
            outcome["error"]["kind"], "type_check",
            "{script}: {outcome}"
        );
        assert_eq!(outcome["calls"], json!([]), "{script}");
        let problems = outcome["error"]["diagnostics"].as_array().unwrap();
        if columns.is_empty() {
            continue;
        }
        let found: Vec<i64> = problems
            .iter()
            .map(|problem| problem["column"].as_i64().unwrap())
            .collect();
        assert_eq!(found, columns, "{script}: {outcome}");
        assert!(problems.iter().all(is_told), "{script}: {outcome}");
    }
}

#[test]
fn the_properties_that_are_promises_are_named() {
    let script = "const pages = [1].map((page) => ({ page, text: s.asText(), rows: s.asObject() })); return { pages };";
    let outcome = run(script);
    let message = outcome["error"]["diagnostics"][0]["message"]
        .as_str()
        .unwrap();
    assert!(
        message.contains("`text` and `rows` in this are promises"),
        "{message}"
    );
    let outcome = run("return [1].map(() => s.asText())");
    let message = outcome["error"]["diagnostics"][0]["message"]
        .as_str()
        .unwrap();
    assert!(message.contains("`await Promise.all(…)`"), "{message}");
}

#[test]
fn what_is_awaited_or_no_promise_passes() {
    for script in [
        "return { all: await Promise.all([1, 2].map((page) => s.echo({ text: `${page}` }))) }",
        "return s.asText()",
        "async function main() { return { text: await s.asText() }; } main()",
        "interface Tree { children: Tree[]; by: Record<string, Tree>; any: any; some: unknown }
         const tree: Tree = { children: [], by: {}, any: 1, some: 2 }; return { tree, list: [tree] }",
        "class Page { #hidden = 1; constructor(public number: number) {} next() { return this.#hidden } }
         return { pages: [new Page(1)] }",
        "const kind = 'a'; function same<T>(value: T) { return [value] } return { kind, same: same(kind), tuple: [1, 'a'] as const }",
        "function pick<T extends { id: number }>(list: T[]) { return list.map((one) => ({ ...one })) } return pick([{ id: 1 }])",
        "const data: Record<string, unknown> = { a: [1] }; const limit = 5; await s.echo({ text: 'a', data, limit }); return 1",
        "await s.echo({ text: ['a', 'b'].map((x) => x).join(), data: new Date(0).toISOString() }); return 1",
        "const pending = [s.asText()]; pending.push(s.asText()); return (await Promise.all(pending)).length",
        "type Json = string | number | boolean | null | Json[] | { [key: string]: Json }; const json: Json = [{ a: 1 }]; return { json }",
    ] {
        let outcome = run(script);
        assert_eq!((&outcome["status"], &outcome["checked"]), (&json!("ok"), &json!(true)), "{script}: {outcome}");
    }
}
