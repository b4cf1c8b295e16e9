//! What counts as a script, and where it is said to be wrong.

use codemode_runtime::{ErrorKind, Frame};
use serde_json::{Value, json};

use crate::support::{error_of, run, value_of};

#[tokio::test]
async fn typescript_of_every_kind_runs() {
    let cases: [(&str, Value); 22] = [
        ("", Value::Null),
        ("// only a comment", Value::Null),
        ("return", Value::Null),
        ("return 1", json!(1)),
        ("return await 1 + 1", json!(2)),
        ("const x: number = 1; return x as unknown", json!(1)),
        (
            "interface A { b: number }\ntype C = A | null;\nconst a: C = { b: 1 };\nreturn a!.b",
            json!(1),
        ),
        (
            "enum E { A, B = 4, C }\nreturn [E.C, E[4]]",
            json!([5, "B"]),
        ),
        ("const enum E { A = 'a' }\nreturn E.A", json!("a")),
        (
            "enum E { A = 2 }\nenum F { B = E.A << 2 }\nreturn F.B",
            json!(8),
        ),
        (
            "function f<T extends { n: number }>(t: T): T['n'] { return t.n }\nreturn f<{ n: 3 }>({ n: 3 })",
            json!(3),
        ),
        ("const f = <T,>(t: T) => t;\nreturn f(1)", json!(1)),
        (
            "const a = { b: 1 } satisfies Record<string, number>;\nreturn a.b",
            json!(1),
        ),
        ("const a = [1, 2] as const;\nreturn a.length", json!(2)),
        (
            "class A { constructor(private readonly n: number, public m?: string) {} get() { return this.n } }\nreturn new A(7).get()",
            json!(7),
        ),
        (
            "abstract class A { abstract n(): number; #p = 2; p() { return this.#p + this.n() } }\nclass B extends A { override n() { return 1 } }\nreturn new B().p()",
            json!(3),
        ),
        (
            "namespace N { export const a = 1; export function b() { return a + 1 } }\nreturn N.b()",
            json!(2),
        ),
        (
            "declare const hidden: string;\nlet a: typeof hidden;\na = 'x';\nreturn a",
            json!("x"),
        ),
        (
            "function f(a: string): string; function f(a: number): number; function f(a: any) { return a }\nreturn f(4)",
            json!(4),
        ),
        (
            "for await (const a of (async function* () { yield 5 })()) return a",
            json!(5),
        ),
        (
            "const { a = 1, ...rest } = { b: 2 } as { a?: number; b: number };\nreturn [a, rest, rest?.b ?? 0]",
            json!([1, { "b": 2 }, 2]),
        ),
        (
            "label: for (;;) { for (;;) break label }\nreturn /(?<y>\\d+)/v.exec('a12')?.groups?.y",
            json!("12"),
        ),
    ];
    for (script, expected) in cases {
        let outcome = run(script).await;
        assert!(outcome.is_ok(), "{script}: {:?}", outcome.result);
        assert_eq!(
            outcome.value().unwrap_or(&Value::Null),
            &expected,
            "{script}"
        );
    }
}

#[tokio::test]
async fn line_ends_and_byte_order_marks_of_any_editor_are_fine() {
    for script in [
        "const a: number = 1;\r\nconst b = `x\r\ny`;\r\nreturn [a, b]\r\n",
        "\u{FEFF}const a: number = 1;\nconst b = `x\ny`;\nreturn [a, b]",
        "\u{FEFF}const a: number = 1;\r\nconst b = `x\r\ny`;\r\nreturn [a, b]",
    ] {
        assert_eq!(
            value_of(&run(script).await),
            &json!([1, "x\ny"]),
            "{script:?}"
        );
    }
}

#[tokio::test]
async fn a_script_is_strict() {
    for (script, name) in [
        ("undeclared = 1", "ReferenceError"),
        ("Object.freeze([] as number[]).push(1)", "TypeError"),
        ("(undefined as any).a", "TypeError"),
    ] {
        let outcome = run(script).await;
        assert_eq!(
            error_of(&outcome, ErrorKind::Exception).name.as_deref(),
            Some(name),
            "{script}"
        );
    }
    let outcome = run("return (function (this: unknown) { return this === undefined })()").await;
    assert_eq!(value_of(&outcome), &json!(true));
}

/// The text, the position and the beginning of the message of its first problem.
#[tokio::test]
async fn what_is_no_typescript_is_told_with_its_place() {
    let cases = [
        ("const = 1", 1, 7),
        ("return (1", 1, 10),
        ("let a = 1;\nlet a = 2;", 1, 5),
        ("const a = 1;\r\nconst b = ;", 2, 11),
        ("\u{FEFF}const a = 1;\nconst b = ;", 2, 11),
        ("const ä = '😀'; const b = ;", 1, 27),
        ("\tconst a = ;", 1, 12),
        ("`${", 1, 4),
        ("type A = ;", 1, 10),
        ("class A { constructor() { super() } }", 1, 27),
        ("break", 1, 1),
        ("yield 1", 1, 1),
        ("<div/>", 1, 1),
    ];
    for (text, line, column) in cases {
        let outcome = run(text).await;
        let error = error_of(&outcome, ErrorKind::Syntax);
        assert_eq!(error.name.as_deref(), Some("SyntaxError"), "{text}");
        let first = error
            .diagnostics
            .first()
            .unwrap_or_else(|| panic!("{text}: {error:?}"));
        assert_eq!(
            (first.line, first.column),
            (line, column),
            "{text}: {error:?}"
        );
        assert!(!first.message.is_empty(), "{text}");
        assert_eq!(
            error.message,
            format!("line {line}, column {column}: {}", first.message),
            "{text}"
        );
    }
}

#[tokio::test]
async fn what_only_the_engine_finds_wrong_is_told_in_the_same_way() {
    for (script, line, column) in [
        ("return import.meta.url", 1, 15),
        (
            "type A = 1;\nconst a: A = 1;\nreturn a + import.meta.url",
            3,
            19,
        ),
    ] {
        let outcome = run(script).await;
        let error = error_of(&outcome, ErrorKind::Syntax);
        assert_eq!(error.name.as_deref(), Some("SyntaxError"), "{script}");
        let [problem] = error.diagnostics.as_slice() else {
            panic!("{script}: {error:?}");
        };
        assert_eq!(
            (problem.line, problem.column),
            (line, column),
            "{script}: {problem:?}"
        );
        assert!(
            problem.message.contains("import.meta"),
            "{script}: {problem:?}"
        );
    }
}

#[tokio::test]
async fn nothing_of_a_script_with_a_fault_is_run() {
    let outcome = run("console.log('a');\nzoo.tick();\nconst a = ;").await;
    assert_eq!(error_of(&outcome, ErrorKind::Syntax).diagnostics[0].line, 3);
    assert_eq!((outcome.logs.len(), outcome.calls.len()), (0, 0));
}

#[tokio::test]
async fn all_that_is_wrong_is_told_at_once() {
    let outcome = run("import 'a';\nconst b = 1;\nexport = b;\nexport * from 'c';").await;
    let error = error_of(&outcome, ErrorKind::Syntax);
    let lines: Vec<_> = error
        .diagnostics
        .iter()
        .map(|problem| problem.line)
        .collect();
    assert_eq!(lines, [1, 3, 4]);
}

#[tokio::test]
async fn what_a_script_would_load_is_refused_with_what_there_is_instead() {
    for (statement, column, message) in [
        ("import 'fs';", 1, "a script can't load anything"),
        ("import fs from 'fs';", 8, "there is no namespace `fs`"),
        (
            "import { readFile } from 'node:fs';",
            10,
            "there is no namespace `readFile`",
        ),
        ("import * as fs from 'fs';", 8, "there is no namespace `fs`"),
        (
            "import fs = require('fs');",
            1,
            "a script can't load anything",
        ),
        ("export * from 'a';", 1, "a script can't load anything"),
        ("export = 1;", 1, "a script has no `export =`"),
    ] {
        let outcome = run(&format!("const first = 1;\n{statement}")).await;
        let error = error_of(&outcome, ErrorKind::Syntax);
        let [problem] = error.diagnostics.as_slice() else {
            panic!("{statement}: {error:?}");
        };
        assert_eq!((problem.line, problem.column), (2, column), "{statement}");
        assert!(problem.message.starts_with(message), "{}", problem.message);
    }
}

/// A script, where its error was thrown, and the lines and functions of all frames.
type Thrown = (
    &'static str,
    (u32, u32),
    &'static [u32],
    &'static [Option<&'static str>],
);

/// The innermost frame, then the lines and functions of all of them. Where an async function was awaited is on the stack
/// of one engine only, so there may be more.
#[tokio::test]
async fn the_frames_of_an_error_are_places_in_the_text_that_was_given() {
    let cases: [Thrown; 9] = [
        ("throw new Error('a')", (1, 7), &[1], &[None]),
        ("\n\n  throw new Error('a')", (3, 9), &[3], &[None]),
        (
            "function outer() {\n  inner();\n}\nfunction inner(): void {\n    throw new Error('a');\n}\nouter();",
            (5, 11),
            &[5, 2, 7],
            &[Some("inner"), Some("outer"), None],
        ),
        (
            "interface A {\n  b: string;\n}\ntype B = A | {\n  c: 1;\n};\n\nconst a = { b: '' } as A; throw new Error(a.b);",
            (8, 33),
            &[8],
            &[None],
        ),
        (
            "const f = async (n: number): Promise<void> => {\n  await null;\n  throw new Error(`${n}`);\n};\nawait f(1);",
            (3, 9),
            &[3],
            &[Some("f")],
        ),
        (
            "enum E { A, B }\ndeclare const x: E;\nlet s = 'ä😀'; throw new Error(s);",
            (3, 22),
            &[3],
            &[None],
        ),
        (
            "const a = 1;\r\nthrow new Error(`${a}`)",
            (2, 7),
            &[2],
            &[None],
        ),
        (
            "\u{FEFF}const a = 'a';\nthrow new Error(a)",
            (2, 7),
            &[2],
            &[None],
        ),
        (
            "class A<T> {\n  constructor(readonly t: T) {}\n  go(): never {\n    throw new Error(String(this.t));\n  }\n}\nnew A<number>(1).go();",
            (4, 11),
            &[4, 7],
            &[Some("go"), None],
        ),
    ];
    for (script, innermost, lines, functions) in cases {
        let outcome = run(script).await;
        let frames = &error_of(&outcome, ErrorKind::Exception).frames;
        let first = frames
            .first()
            .unwrap_or_else(|| panic!("{script}: no frames"));
        assert_eq!(
            (first.line, first.column),
            innermost,
            "{script}: {frames:?}"
        );
        let found: Vec<_> = frames.iter().map(|frame| frame.line).collect();
        assert!(found.starts_with(lines), "{script}: {frames:?}");
        let names: Vec<_> = frames
            .iter()
            .map(|frame| frame.function.as_deref())
            .collect();
        assert!(names.starts_with(functions), "{script}: {frames:?}");
    }
}

#[tokio::test]
async fn the_error_of_a_tool_points_at_the_call() {
    let outcome = run("type A = number;\nconst by: A = 0;\nconst ask = async () => {\n  await zoo.divide({ dividend: 1, by });\n};\nawait ask();").await;
    let frames = &error_of(&outcome, ErrorKind::Exception).frames;
    let lines: Vec<_> = frames.iter().map(|frame| frame.line).collect();
    assert_eq!(lines.first(), Some(&4), "{frames:?}");
}

#[tokio::test]
async fn a_thrown_value_that_is_no_error_is_shown() {
    for (thrown, shown) in [
        ("'text'", "text"),
        ("5", "5"),
        ("null", "null"),
        ("undefined", "undefined"),
        ("{ a: [1, 'b'] }", r#"{"a":[1,"b"]}"#),
        ("Symbol('s')", "Symbol(s)"),
        ("7n", "7n"),
        ("new Proxy({}, { get() { throw 1 } })", "[unprintable]"),
    ] {
        let outcome = run(&format!("throw {thrown}")).await;
        let error = error_of(&outcome, ErrorKind::Exception);
        assert_eq!(
            error.message,
            format!("the script threw a value that is no Error: {shown}"),
            "{thrown}"
        );
    }
}

#[tokio::test]
async fn an_error_keeps_its_name_and_message_however_it_was_made() {
    for (script, name, message) in [
        ("throw new RangeError('far')", Some("RangeError"), "far"),
        (
            "class Own extends Error { name = 'Own' } throw new Own('mine')",
            Some("Own"),
            "mine",
        ),
        (
            "throw new AggregateError([new Error('a'), 5], 'several')",
            Some("AggregateError"),
            "several",
        ),
        (
            "const e: any = new Error('round'); e.cause = e; throw e",
            Some("Error"),
            "round",
        ),
        (
            "throw Object.assign(new Error('x'), { stack: 'at evil (file:///etc/passwd:1:1)' })",
            Some("Error"),
            "x",
        ),
        ("throw new Error('a\\nb')", Some("Error"), "a\nb"),
        (
            "Promise.reject(new RangeError('left')); return 1",
            Some("RangeError"),
            "left",
        ),
        (
            "setTimeout(() => { throw new RangeError('late') }, 1); await zoo.rest({ milliseconds: 30 })",
            Some("RangeError"),
            "late",
        ),
    ] {
        let outcome = run(script).await;
        let error = error_of(&outcome, ErrorKind::Exception);
        assert_eq!(
            (error.name.as_deref(), error.message.as_str()),
            (name, message),
            "{script}"
        );
        for Frame { line, .. } in &error.frames {
            assert_eq!(*line, 1, "{script}: {:?}", error.frames);
        }
    }
}

#[tokio::test]
async fn the_console_shows_values_as_a_reader_expects() {
    let cases = [
        ("'a', 1, true, null, undefined", "a 1 true null undefined"),
        ("{ a: [1, { b: 2 }] }", r#"{"a":[1,{"b":2}]}"#),
        (
            "[undefined, NaN, -Infinity, 5n, Symbol('s')]",
            r#"["undefined","NaN","-Infinity","5n","Symbol(s)"]"#,
        ),
        ("new Error('broken')", "Error: broken"),
        ("new Map([['a', 1]]), new Set([2])", r#"[["a",1]] [2]"#),
        ("new Date(0)", "1970-01-01T00:00:00.000Z"),
        ("function name() {}", "[function name]"),
        (
            "(() => { const a: any = { b: {} }; a.b.a = a; return a })()",
            r#"{"b":{"a":"[circular]"}}"#,
        ),
        ("{ get a() { throw 1 } }", "[unprintable]"),
        ("'ä😀'", "ä😀"),
        ("", ""),
    ];
    for (values, shown) in cases {
        let outcome = run(&format!("console.log({values})")).await;
        // A date's JSON text is quoted.
        let found = outcome.logs.first().map(|line| line.text.trim_matches('"'));
        assert_eq!(
            found,
            Some(shown.trim_matches('"')),
            "{values}: {:?}",
            outcome.result
        );
    }
}

#[tokio::test]
async fn timers_fire_in_the_order_of_their_times_and_can_be_stopped() {
    let outcome = run(r"
        const order: unknown[] = [];
        const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
        setTimeout((...values) => order.push(values), 40, 'b', 2);
        setTimeout(() => order.push('a'), 10);
        clearTimeout(setTimeout(() => order.push('never'), 5));
        clearTimeout(undefined as any);
        let beats = 0;
        const beat = setInterval(() => { beats++; if (beats === 3) clearInterval(beat) }, 5);
        await wait(120);
        return { order, beats };
    ")
    .await;
    assert_eq!(
        value_of(&outcome),
        &json!({ "order": ["a", ["b", 2]], "beats": 3 })
    );
}
