use super::Script;

#[test]
fn types_are_removed_and_positions_lead_back() {
    let text = "interface A { b: number }\n\nconst x: A = { b: 1 };\nenum E { P = 3 }\nthrow (x as any).c.d;";
    let script = Script::compile(text).unwrap();
    assert!(!script.javascript.contains("interface"));
    let line = script
        .javascript
        .lines()
        .position(|line| line.contains("throw"))
        .unwrap();
    let found = script.original_position(u32::try_from(line).unwrap() + 1, 1);
    assert_eq!(found, Some((5, 1)));
}

#[test]
fn what_is_wrong_is_told_with_its_position_in_the_given_text() {
    let cases = [
        ("const a = ;", (1, 11)),
        ("let ä = 'ö';\nlet b = 'öü' +;", (2, 15)),
        ("import 'fs';", (1, 1)),
        ("const a = 1;\nexport * from 'a';", (2, 1)),
        ("let a = 1;\nlet a = 2;", (1, 5)),
        ("Here:\n```ts\nlet a = 1;\nlet a = ;\n```", (4, 9)),
    ];
    for (text, expected) in cases {
        let problems = Script::compile(text).unwrap_err();
        assert_eq!(
            (problems[0].line, problems[0].column),
            expected,
            "{text}: {problems:?}"
        );
    }
}

#[test]
fn main_or_run_is_called_at_the_end_unless_the_script_returns_or_starts_by_itself() {
    let cases = [
        ("function main() { return 1 }", Some("main")),
        ("const run = async () => 1;\nlet a = 2;", Some("run")),
        ("function run() {}\nfunction main() {}", Some("main")),
        (
            "function main() { return run() }\nfunction run() { return 1 }",
            Some("main"),
        ),
        ("function main() {}\nreturn 2", None),
        ("function run() {}\nif (Math.random() > 2) { return }", None),
        (
            "function main() {}\n[1].map(() => { return 2 }); let a",
            Some("main"),
        ),
        ("function main() {}\nfunction run() {}\nawait run()", None),
        ("function start() {}\nlet a = 1; a = 2; for (;;) {}", None),
    ];
    for (text, called) in cases {
        let javascript = Script::compile(text).unwrap().javascript;
        let last = javascript
            .lines()
            .rfind(|line| line.trim().starts_with("return __returned"));
        let found = ["main", "run", "start"]
            .into_iter()
            .find(|name| last.is_some_and(|last| last.contains(&format!(", {name}())"))));
        assert_eq!(found, called, "{text}: {javascript}");
    }
}

/// What a script hands back, by its normal form: an expression, whether it is called, and whether it was only found and
/// never said to be the result.
fn result(text: &str) -> String {
    let normal = Script::compile(text)
        .unwrap_or_else(|problems| panic!("{text}: {problems:?}"))
        .normal
        .text;
    let Some((_, handed)) = normal.rsplit_once("return __returned(") else {
        return "nothing".to_owned();
    };
    let (_, handed) = handed.split_once(", (").unwrap();
    if let Some((found, _)) = handed.split_once("), true)") {
        return format!("perhaps {found}");
    }
    handed.rsplit_once("))").unwrap().0.to_owned()
}

fn refusal(text: &str) -> String {
    let problems = Script::compile(text).unwrap_err();
    problems[0].message.clone()
}

#[test]
fn the_last_statement_is_perhaps_the_result_and_what_is_no_step_may_follow_it() {
    for (text, expected) in [
        ("1 + 1", "perhaps 1 + 1"),
        ("let a = 1; a + 1;;", "perhaps a + 1"),
        ("1 + 1; function f() {}", "perhaps 1 + 1"),
        ("1 + 1; interface A {}", "perhaps 1 + 1"),
        ("1 + 1; export type A = 1", "perhaps 1 + 1"),
        ("1 + 1; export function f() {}", "perhaps 1 + 1"),
        ("1 + 1; const a = 1", "nothing"),
        ("const a = 1; a; export { a }", "perhaps a"),
        ("const a = 1; export { a }", "nothing"),
        ("for (;;) {}", "nothing"),
    ] {
        assert_eq!(result(text), expected, "{text}");
    }
}

#[test]
fn a_function_in_the_place_of_a_result_is_called() {
    for (text, expected) in [
        (
            "async function () { return 1 }",
            "async function () { return 1 })(",
        ),
        ("() => 1", "() => 1)("),
        ("const f = () => 1; let a = 1; f", "f)("),
        ("export default async () => 1", "async () => 1)("),
        // Calling a generator runs nothing.
        (
            "(function* () { yield 1 })",
            "perhaps (function* () { yield 1 })",
        ),
    ] {
        assert_eq!(result(text), expected, "{text}");
    }
}

#[test]
fn a_default_export_is_the_result() {
    for (text, expected) in [
        ("export default 3", "3"),
        ("const a = 1; export default a + 1;", "a + 1"),
        ("const a = 1; export { a as default }", "a"),
        ("function f() {}\nexport { f as default }\nf()", "f()"),
        ("const f = () => 1; export default f; let b = 2", "f()"),
        ("export default function f() { return 1 }\nlet a = 1", "f()"),
        ("export default function () { return 1 }", "__result()"),
    ] {
        assert_eq!(result(text), expected, "{text}");
    }
    for (text, reason) in [
        (
            "export default 1; let a = 2",
            "it has to be the last statement",
        ),
        ("export default class {}", "a value or a function"),
        ("export default function* () {}", "a value or a function"),
        ("export = 3", "`return` hands its result back"),
    ] {
        assert!(refusal(text).contains(reason), "{text}: {}", refusal(text));
    }
}

#[test]
fn where_all_is_declarations_the_one_function_that_nothing_uses_is_called() {
    for (text, expected) in [
        ("const a = 1; function start() { return a }", "start()"),
        (
            "function one() { return two() }\nfunction two() { return 1 }",
            "one()",
        ),
        (
            "import { a } from 'a'; export const start = function () { return 1 };",
            "start()",
        ),
        ("function one() {}\nfunction two() {}", "nothing"),
        ("function* start() { yield 1 }", "nothing"),
        ("const start = function* () { yield 1 }", "nothing"),
        (
            "const map = { of: () => fetch() }; function start() {}",
            "start()",
        ),
        // What does something by itself is no declaration.
        ("const a = before(); function start() {}", "nothing"),
        ("const a = new Map(); function start() {}", "nothing"),
        ("const a = tag`text`; function start() {}", "nothing"),
        ("const a = await b; function start() {}", "nothing"),
        ("if (a) { b }\nfunction start() {}", "nothing"),
    ] {
        assert_eq!(result(text), expected, "{text}");
    }
}

#[test]
fn what_is_called_as_the_script_needs_no_argument() {
    for text in [
        "function main(a: number) {}",
        "(a) => a",
        "export default (a) => a",
        "export default function (a) {}",
        "const run = function (a) {}",
    ] {
        assert!(refusal(text).contains("called without arguments"), "{text}");
    }
    for (text, expected) in [
        ("function main(a = 1) {}", "main()"),
        ("function main(a?: number) {}", "main()"),
        ("function main(...all) {}", "main()"),
    ] {
        assert_eq!(result(text), expected, "{text}");
    }
}

#[test]
fn a_signature_has_its_body_in_the_script() {
    assert_eq!(
        refusal("function f(): number;"),
        "the function `f` has no body"
    );
    for text in [
        "function f(a: 1): 1;\nfunction f(a: 2): 2;\nfunction f(a?: unknown) { return a }\n1",
        "declare function f(): void;\n1",
        "function* g() { yield 1 }\n1",
    ] {
        assert_eq!(result(text), "perhaps 1", "{text}");
    }
}

#[test]
fn a_script_that_is_all_one_text_is_that_text() {
    let normal = |text| Script::compile(text).unwrap().normal.text;
    assert_eq!(normal("'Paris';"), "return 'Paris';");
    for text in ["'use strict'", "'Paris'; let a = 1"] {
        assert_eq!(normal(text), text);
    }
}

#[test]
fn an_import_is_the_name_that_it_imports_and_types_are_none() {
    let text = "import weather, { maps as m, geo, default as d, type T } from 'a';\n\
        import type { U } from 'b';\nimport type V from 'c';\nimport * as all from 'd';";
    let script = Script::compile(text).unwrap();
    let names: Vec<_> = script.imports.iter().map(|import| &*import.name).collect();
    assert_eq!(names, ["weather", "maps", "geo", "d", "all"]);
    assert_eq!(script.normal.text, "const m = maps;\n;\n;\n;");
    assert!(refusal("import 'a'").contains("can't load anything"));
}
