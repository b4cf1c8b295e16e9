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
