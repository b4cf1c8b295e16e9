//! Which crate has the tools, and how it becomes part of a runner.

use crate::support::fixtures::{self, lone_manifest, project, share_lock_file};
use crate::support::{cli_in, cli_on, command, finish};

#[test]
fn a_package_can_be_named_by_its_manifest_wherever_one_is() {
    let manifest = fixtures::workspace()
        .join("fixture-features")
        .join("Cargo.toml");
    let elsewhere = tempfile::tempdir().unwrap();
    let done = cli_in(
        elsewhere.path(),
        &["list", "--manifest-path", manifest.to_str().unwrap()],
        "",
    )
    .expect(0);
    assert_eq!(done.stdout, "tools.first  Is always there.\n");

    // A feature brings one more, and without it that one is gone again.
    let done = cli_on("fixture-features", &["list", "--features", "more"], "").expect(0);
    assert_eq!(
        done.stdout,
        "tools.first   Is always there.\ntools.second  Is there with the feature `more`.\n"
    );
    let done = cli_on("fixture-features", &["list"], "").expect(0);
    assert_eq!(done.stdout, "tools.first  Is always there.\n");

    let done = cli_on("fixture-features", &["list", "--features", "less"], "").expect(2);
    done.complains(&[
        "less",
        "error: cargo couldn't build the tools of `fixture-features`",
    ]);
}

#[test]
fn a_folder_without_a_manifest_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let done = cli_in(folder.path(), &["list"], "").expect(2);
    done.complains(&[
        "error: cargo can't read the project: ",
        "could not find `Cargo.toml`",
    ]);
    let done = cli_in(
        folder.path(),
        &["list", "--manifest-path", "missing/Cargo.toml"],
        "",
    )
    .expect(2);
    done.complains(&[
        "error: cargo can't read the project: ",
        "missing/Cargo.toml",
    ]);
}

#[test]
fn a_choice_between_several_packages_is_left_to_the_user() {
    let done = cli_in(&fixtures::workspace(), &["list"], "").expect(2);
    done.complains(&[
        "error: several packages here may have tools: ",
        "fixture-tools",
        "fixture-renamed",
        "Choose one with `-p NAME`",
    ]);
    assert!(!done.stderr.contains("fixture-plain"), "{}", done.stderr);
}

#[test]
fn an_unknown_package_is_told_with_those_that_are_known() {
    let done = cli_on("fixture-tolls", &["list"], "").expect(2);
    done.complains(&[
        "error: there is no package `fixture-tolls` in this workspace; it has ",
        "fixture-tools",
    ]);
}

#[test]
fn a_package_without_the_runtime_has_no_tools() {
    cli_on("fixture-plain", &["list"], "").expect(2).complains(&[
        "error: the package `fixture-plain` doesn't depend on `codemode-runtime`, so it has no tools",
    ]);

    let alone = project(
        "alone",
        &[
            (
                "Cargo.toml",
                "[workspace]\nmembers = [\"inner\"]\nresolver = \"3\"\n",
            ),
            (
                "inner/Cargo.toml",
                "[package]\nname = \"inner\"\nedition = \"2024\"\n",
            ),
            ("inner/src/lib.rs", ""),
        ],
    );
    cli_in(&alone, &["emit-dts"], "").expect(2).complains(&[
        "error: no package here depends on `codemode-runtime`, so none has tools",
        "cargo add codemode-runtime --no-default-features",
        "`#[tool]`",
    ]);
}

#[test]
fn a_library_without_a_tool_is_told_why_that_may_be_and_what_to_write() {
    let done = cli_on("fixture-empty", &["emit-dts"], "").expect(2);
    assert_eq!(done.stdout, "");
    done.complains(&[
        "error: ",
        "no tools are registered",
        "`#[tool]`",
        "use your_tools as _;",
    ]);
}

#[test]
fn two_tools_of_one_name_are_told_with_both_their_places() {
    let done = cli_on("fixture-twins", &["list"], "").expect(2);
    done.complains(&[
        "two tools are called `twins.castor`: one at ",
        "lib.rs:7:8",
        "lib.rs:11:8",
        "#[tool(name = ",
    ]);
}

#[test]
fn a_crate_that_does_not_compile_shows_the_compilers_message() {
    let done = cli_on("fixture-broken", &["emit-dts"], "").expect(2);
    assert_eq!(done.stdout, "");
    done.complains(&[
        "error[E0308]: mismatched types",
        "src/lib.rs:3:21",
        "error: cargo couldn't build the tools of `fixture-broken`; its messages are above",
    ]);
}

#[test]
fn a_crate_that_knows_the_runtime_by_another_name_has_its_tools_all_the_same() {
    let done = cli_on("fixture-renamed", &["list"], "").expect(0);
    assert_eq!(done.stdout, "tools.double  Doubles a number.\n");
}

#[cfg(unix)]
#[test]
fn cargo_is_asked_again_when_something_has_changed_and_only_then() {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    let source = |tool: &str| {
        format!(
            "//! Has one tool.\n\n/// Does nothing.\n#[codemode_runtime::tool]\nfn {tool}() {{}}\n"
        )
    };
    let folder = project(
        "changing",
        &[
            ("Cargo.toml", &lone_manifest("fixture-changing")),
            ("src/lib.rs", &source("before")),
        ],
    );
    share_lock_file(&folder);
    // Stands before cargo, and notes what it's asked for.
    let elsewhere = tempfile::tempdir().unwrap();
    let notes = elsewhere.path().join("notes.txt");
    let cargo = elsewhere.path().join("cargo.sh");
    let real = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let script = "#!/bin/sh\necho \"$1\" >> '{notes}'\nexec '{real}' \"$@\"\n"
        .replace("{notes}", notes.to_str().unwrap())
        .replace("{real}", &real);
    fs::write(&cargo, script).unwrap();
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
    let list = || {
        let _ = fs::remove_file(&notes);
        let mut program = command(env!("CARGO_BIN_EXE_codemode-cli"));
        program
            .arg("list")
            .current_dir(&folder)
            .env("CARGO", &cargo);
        let listed = finish(program, "").expect(0).stdout;
        let asked = fs::read_to_string(&notes).unwrap();
        (listed, asked.contains("build"))
    };
    let before = "tools.before  Does nothing.\n".to_owned();
    assert_eq!(list().0, before);
    assert_eq!(list(), (before, false));
    fs::write(folder.join("src/lib.rs"), source("after")).unwrap();
    let after = "tools.after  Does nothing.\n".to_owned();
    assert_eq!(list(), (after.clone(), true));
    assert_eq!(list(), (after, false));
}

#[test]
fn a_package_of_only_a_binary_is_told_the_lines_that_help_and_they_do() {
    let done = cli_on("fixture-binary", &["list"], "").expect(2);
    done.complains(&[
        "error: the package `fixture-binary` has only a binary",
        "`src/lib.rs`",
        "Then `fixture-binary emit-dts` prints them",
    ]);
    let lines: String = done
        .stderr
        .lines()
        .filter(|line| line.starts_with("    "))
        .flat_map(|line| [line, "\n"])
        .collect();
    assert!(!lines.is_empty(), "no lines to add:\n{}", done.stderr);

    let program = include_str!("../fixtures/binary.rs")
        .replace("fn main() {\n", &format!("fn main() {{\n{lines}"));
    let mended = project(
        "mended",
        &[
            ("Cargo.toml", &lone_manifest("fixture-mended")),
            ("src/main.rs", &program),
        ],
    );
    share_lock_file(&mended);
    let run = |arguments: &[&str]| {
        let mut cargo = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo
            .args(["run", "--quiet", "--"])
            .args(arguments)
            .current_dir(&mended);
        finish(cargo, "").expect(0).stdout
    };
    let declarations = run(&["emit-dts"]);
    assert!(declarations.contains("function place("), "{declarations}");
    assert_eq!(run(&[]), "the program's own work\n");
}
