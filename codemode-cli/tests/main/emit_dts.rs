//! `codemode-cli emit-dts`.

use std::fs;

use crate::support::{Done, assert_golden, cli_on};

fn emit(arguments: &[&str]) -> Done {
    cli_on("fixture-tools", &[&["emit-dts"], arguments].concat(), "")
}

#[test]
fn the_declarations_go_to_standard_output_and_nothing_else_does() {
    let done = emit(&[]).expect(0);
    assert_golden("tools.d.ts", &done.stdout);
    assert_eq!(done.stderr, "");
}

#[test]
fn a_file_gets_the_same_text() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tools.d.ts");
    let done = emit(&["-o", file.to_str().unwrap()]).expect(0);
    assert_eq!((done.stdout.as_str(), done.stderr.as_str()), ("", ""));
    assert_golden("tools.d.ts", &fs::read_to_string(file).unwrap());
}

#[test]
fn a_file_that_is_up_to_date_passes_the_check() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tools.d.ts");
    let path = file.to_str().unwrap();
    emit(&["--output", path]).expect(0);
    let written = fs::read(&file).unwrap();
    let done = emit(&["--output", path, "--check"]).expect(0);
    assert_eq!((done.stdout.as_str(), done.stderr.as_str()), ("", ""));
    assert_eq!(fs::read(&file).unwrap(), written);
}

/// What was in the file, what is there now, and that the difference shows both.
#[test]
fn a_check_shows_how_a_file_that_is_out_of_date_differs_and_leaves_it_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tools.d.ts");
    let path = file.to_str().unwrap();
    emit(&["-o", path]).expect(0);
    let current = fs::read_to_string(&file).unwrap();
    for (now, before) in [
        ("/** Adds two numbers. */", "/** Adds numbers. */"),
        (
            "function answer(): Promise<number>;",
            "function answer(input: AnswerInput): Promise<string>;",
        ),
        ("    a: number;", "    a: string;"),
    ] {
        let old = current.replacen(now, before, 1);
        assert_ne!(old, current, "{now}");
        fs::write(&file, &old).unwrap();
        let done = emit(&["-o", path, "--check"]).expect(1);
        assert_eq!(done.stdout, "");
        let lines: Vec<_> = done.stderr.lines().collect();
        for line in [
            format!("-  {}", before.trim_start()),
            format!("+  {}", now.trim_start()),
        ] {
            let found = lines
                .iter()
                .any(|shown| shown.replace("    ", "  ") == line.replace("    ", "  "));
            assert!(found, "`{line}` isn't in:\n{}", done.stderr);
        }
        done.complains(&[
            &format!("--- {path}"),
            "+++ the tools as they are now",
            "@@ ",
        ]);
        let last = format!(
            "error: {path} is out of date; the same command without --check writes it anew"
        );
        assert_eq!(lines.last(), Some(&last.as_str()));
        assert!(
            lines.len() < 20,
            "more than what differs is shown:\n{}",
            done.stderr
        );
        assert_eq!(fs::read_to_string(&file).unwrap(), old);
    }
}

#[test]
fn a_file_that_can_not_be_read_or_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("nowhere").join("tools.d.ts");
    let path = missing.to_str().unwrap();
    emit(&["-o", path, "--check"])
        .expect(2)
        .complains(&[&format!("error: can't read {path}: ")]);
    emit(&["-o", path])
        .expect(2)
        .complains(&[&format!("error: can't write {path}: ")]);
}

#[test]
fn a_check_without_a_file_is_wrong_usage() {
    emit(&["--check"]).expect(2).complains(&["--output <FILE>"]);
}
