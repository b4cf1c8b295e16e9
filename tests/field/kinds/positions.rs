//! Lines are counted in one way, whoever counts them first: the parser, the compiler in either way to run it, or the engine.
//! They end with `\n`; a lone `\r` and the separators of Unicode end a line for the language only.

use serde_json::{Value, json};

use crate::support::{folder, outcome, run_cli, run_script};

/// What may stand before a mistake in its line.
const BEFORE: [&str; 6] = [
    "",
    "const a = 1;\r",
    "const a = 1;\u{2028}",
    "const a = 1;\u{2029}\r",
    "const a = '\u{2028}😀';",
    "/* \r \u{2028} */ ",
];

fn place(problem: &Value) -> (i64, i64) {
    (
        problem["line"].as_i64().unwrap(),
        problem["column"].as_i64().unwrap(),
    )
}

fn script(before: &str, mistake: &str) -> (String, (i64, i64)) {
    let column = before.encode_utf16().count() + mistake.find('!').unwrap() + 1;
    let text = format!(
        "const first = 1;\r\n{before}{}\nreturn 1",
        mistake.replace('!', "")
    );
    (text, (2, column.try_into().unwrap()))
}

#[test]
fn the_parser_the_compiler_and_the_engine_agree() {
    for before in BEFORE {
        let (text, expected) = script(before, "const b = !;");
        let outcome = run_script(&[], &text);
        assert_eq!(
            place(&outcome["error"]["diagnostics"][0]),
            expected,
            "{text:?}: {outcome}"
        );

        let (text, expected) = script(before, "const !b: number = 'x';");
        let outcome = run_script(&[], &text);
        assert_eq!(
            place(&outcome["error"]["diagnostics"][0]),
            expected,
            "{text:?}: {outcome}"
        );

        let (text, expected) = script(before, "throw !new Error('x');");
        let outcome = run_script(&["--no-check"], &text);
        assert_eq!(
            place(&outcome["error"]["frames"][0]),
            expected,
            "{text:?}: {outcome}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_compiler_that_is_run_as_a_command_agrees_too() {
    use std::os::unix::fs::PermissionsExt as _;

    use codemode_test_support::program::finish;
    use codemode_test_support::typescript;

    let real = typescript::compiler().unwrap();
    let path = folder("positions").join("tsc");
    std::fs::write(
        &path,
        format!("#!/bin/sh\nexec {} \"$@\"\n", real.display()),
    )
    .unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    for before in BEFORE {
        let (text, expected) = script(before, "const !b: number = 'x';");
        let mut command = crate::support::cli(&["run", "-", "--json", "--no-tools"]);
        command.env("CODEMODE_TSC", &path);
        let outcome = outcome(&finish(command, &text));
        assert_eq!(
            place(&outcome["error"]["diagnostics"][0]),
            expected,
            "{text:?}: {outcome}"
        );
    }
}

#[test]
fn the_line_that_is_shown_has_the_place_in_it() {
    let done = run_cli(
        &["run", "-", "--no-tools"],
        "const a = 1;\rconst b: number = 'x';\u{2028}return 1",
    );
    let said = done.stderr;
    assert!(said.contains("at -:1:20"), "{said}");
    let shown = said.lines().find(|line| line.contains("const b")).unwrap();
    let mark = said
        .lines()
        .find(|line| line.trim_end().ends_with('^'))
        .unwrap();
    assert_eq!(
        mark.chars().count() - 1,
        shown.find("b: number").unwrap(),
        "{said}"
    );
    assert_eq!(json!(done.status), json!(1));
}
