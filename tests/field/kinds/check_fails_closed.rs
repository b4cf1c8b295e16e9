//! Whatever isn't a clear yes of the compiler is a no: a script runs as checked only if a compiler has looked at it, proved
//! by a mistake of ours that it has to tell.
//!
//! What can't be started at all is no compiler, and the outcome says that nothing was checked.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use codemode_test_support::program::finish;
use codemode_test_support::typescript;
use serde_json::Value;

use crate::support::{cli, folder, outcome, run_cli, run_script};

const WRONG: &str = "const wrong: number = \"a\"; console.log(wrong); return 1";

/// A program that is called as the compiler would be.
fn stub(name: &str, script: &str) -> PathBuf {
    let path = folder("compilers").join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    // Written under another name, or a test beside this one could have it open for writing while it is started.
    let draft = path.with_extension("draft");
    fs::write(&draft, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&draft, fs::Permissions::from_mode(0o755)).unwrap();
    fs::rename(&draft, &path).unwrap();
    path
}

fn run_with(compiler: &str, script: &str) -> Value {
    let mut command = cli(&["run", "-", "--json", "--no-tools"]);
    command.env("CODEMODE_TSC", compiler);
    outcome(&finish(command, script))
}

#[track_caller]
fn is_refused(outcome: &Value, words: &str) {
    assert_eq!(outcome["status"], "error", "{outcome}");
    assert_eq!(outcome["error"]["kind"], "type_check", "{outcome}");
    assert_eq!(outcome["checked"], false, "{outcome}");
    assert_eq!(outcome["logs"], serde_json::json!([]), "{outcome}");
    let message = outcome["error"]["message"].as_str().unwrap();
    assert!(message.contains(words), "`{words}` isn't in: {message}");
    assert!(message.len() < 600, "{message}");
    assert!(!message.contains('\u{1b}'), "{message}");
}

#[test]
fn a_compiler_that_gives_no_verdict_lets_nothing_run() {
    let stubs = [
        ("one", "exit 1", "(exit status: 1) and said nothing"),
        ("two", "exit 2", "(exit status: 2) and said nothing"),
        ("zero", "exit 0", "(exit status: 0) and said nothing"),
        (
            "sentence",
            "echo 'This is not the tsc that you look for'; exit 1",
            "but `This is not the tsc that you look for`",
        ),
        (
            "version",
            "echo 'Version 7.1.0'; exit 0",
            "but `Version 7.1.0`",
        ),
        (
            "panic",
            "echo 'panic: runtime error: index out of range' >&2; echo 'goroutine 1 [running]:' >&2; exit 2",
            "(exit status: 2) but `panic: runtime error: index out of range`",
        ),
        (
            "memory",
            "echo 'fatal error: runtime: out of memory' >&2; exit 2",
            "more memory than the 1024 MiB",
        ),
        (
            "escape",
            "printf '\\033[2J\\033[31mred' >&2; exit 1",
            "\\u{1b}[2J",
        ),
        ("signal", "kill -9 $$", "signal: 9"),
        // It says something, of which nothing is about the script or the witness.
        (
            "elsewhere",
            "echo 'other.ts(1,1): error TS2322: Type.'; exit 2",
            "but `other.ts(1,1): error TS2322: Type.`",
        ),
        // It stops before its end.
        (
            "allowed",
            "echo \"script.ts(1,7): error TS7006: Parameter 'a' implicitly has an 'any' type.\"; exit 2",
            "no verdict",
        ),
        // The verdict of a compiler that found a mistake is never "all is well".
        (
            "well",
            "echo 'witness.ts(1,14): error TS2322: Type.'; exit 0",
            "no verdict",
        ),
        (
            "crash",
            "echo 'witness.ts(1,14): error TS2322: Type.'; exit 3",
            "no verdict",
        ),
        (
            "options",
            "echo \"error TS5023: Unknown compiler option 'x'.\"; exit 1",
            "Unknown compiler option",
        ),
    ];
    for (name, script, words) in stubs {
        let compiler = stub(name, script).display().to_string();
        is_refused(&run_with(&compiler, WRONG), words);
        is_refused(&run_with(&compiler, "return 1"), words);
    }
    for program in ["/bin/false", "/bin/true"] {
        is_refused(&run_with(program, WRONG), "gave no verdict");
    }
}

#[test]
fn a_stub_on_the_path_is_no_compiler_either() {
    let path = stub(
        "path/tsc",
        "echo 'This is not the tsc command you are looking for'; exit 1",
    );
    let bin = path.parent().unwrap();
    let mut command = cli(&["run", "-", "--json", "--no-tools"]);
    command
        .env_remove("CODEMODE_TSC")
        .env("PATH", format!("{}:/usr/bin:/bin", bin.display()))
        .current_dir("/");
    is_refused(
        &outcome(&finish(command, WRONG)),
        "CODEMODE_TSC, `node_modules` or PATH",
    );
}

#[test]
fn a_mistake_that_was_told_is_one_whatever_became_of_the_compiler() {
    let compiler = stub(
        "partly",
        "echo \"script.ts(1,7): error TS2322: Type 'string' is not assignable to type 'number'.\"; exit 2",
    );
    let outcome = run_with(&compiler.display().to_string(), WRONG);
    assert_eq!(
        outcome["error"]["diagnostics"][0]["code"], "TS2322",
        "{outcome}"
    );
}

#[test]
fn a_compiler_that_sleeps_is_ended_with_what_it_has_started() {
    for (name, script) in [("sleeps", "exec sleep 100"), ("holds", "sleep 100; exit 2")] {
        let start = Instant::now();
        is_refused(
            &run_with(&stub(name, script).display().to_string(), WRONG),
            "longer than the 10 s",
        );
        assert!(start.elapsed() < Duration::from_mins(1), "{name}");
    }
}

#[test]
fn what_is_no_program_leaves_scripts_unchecked_and_says_so() {
    let text = folder("compilers").join("text");
    fs::write(&text, "not a program").unwrap();
    for compiler in ["/no/such/tsc", "/tmp", text.to_str().unwrap()] {
        let outcome = run_with(compiler, "return 1");
        assert_eq!(
            (&outcome["value"], &outcome["checked"]),
            (&1.into(), &false.into()),
            "{compiler}: {outcome}"
        );
    }
}

/// A package that says that it is the version whose API is spoken.
fn packaged(name: &str, script: &str) -> PathBuf {
    let program = stub(&format!("{name}/lib/tsc"), script);
    let package = program.parent().unwrap().parent().unwrap();
    fs::write(package.join("package.json"), r#"{ "version": "7.0.2" }"#).unwrap();
    program
}

#[test]
fn a_kept_compiler_has_to_prove_that_it_has_looked() {
    let node = |answer: &str| {
        format!(
            r#"exec node -e '
                let rest = Buffer.alloc(0);
                process.stdin.on("data", (chunk) => {{
                  rest = Buffer.concat([rest, chunk]);
                  for (;;) {{
                    const end = rest.indexOf("\r\n\r\n");
                    if (end < 0) return;
                    const length = Number(/\d+/.exec(rest.subarray(0, end).toString())[0]);
                    if (rest.length < end + 4 + length) return;
                    const {{ id, method }} = JSON.parse(rest.subarray(end + 4, end + 4 + length).toString());
                    rest = rest.subarray(end + 4 + length);
                    const result = method === "updateSnapshot" ? {{ snapshot: 1 }} : {answer};
                    const text = JSON.stringify({{ jsonrpc: "2.0", id, result }});
                    process.stdout.write("Content-Length: " + Buffer.byteLength(text) + "\r\n\r\n" + text);
                  }}
                }});'"#
        )
    };
    for (name, script, words) in [
        ("null", node("null"), "no verdict"),
        ("empty", node("[]"), "no verdict"),
        ("quit", "exit 1".to_owned(), "no verdict"),
    ] {
        // A child gets nothing of the environment, PATH included.
        let script = format!("PATH={}; {script}", std::env::var("PATH").unwrap());
        let compiler = packaged(name, &script).display().to_string();
        is_refused(&run_with(&compiler, WRONG), words);
    }
}

#[test]
fn a_compiler_out_of_memory_says_so() {
    let many: String = (500..999)
        .map(|length| format!("const a{length}: Build<{length}> = [];\n"))
        .collect();
    let script = format!(
        "type Build<N extends number, T extends unknown[] = []> = T['length'] extends N ? T : Build<N, [...T, [N, T]]>;\n{many}"
    );
    // As the limit of the system does it, a little lower than that of a check.
    let real = typescript::compiler().unwrap();
    let text = |pinned: bool| {
        let script = format!(
            "ulimit -d 160000; GOMEMLIMIT=100000000 exec {} \"$@\"",
            real.display()
        );
        if pinned {
            packaged("little", &script)
        } else {
            stub("little-cold", &script)
        }
    };
    for pinned in [true, false] {
        let outcome = run_with(&text(pinned).display().to_string(), &script);
        is_refused(&outcome, "more memory than the 1024 MiB");
    }
}

#[test]
fn the_real_compiler_proves_it_whichever_way_it_is_run() {
    for script in [
        "return 1",
        "\"a\"",
        "declare global { interface String { huge: 1 } } return 1",
    ] {
        let outcome = run_script(&[], script);
        assert_eq!(
            (&outcome["status"], &outcome["checked"]),
            (&"ok".into(), &true.into()),
            "{outcome}"
        );
    }
    let real = typescript::compiler().unwrap();
    let cold = stub("real", &format!("exec {} \"$@\"", real.display()));
    let outcome = run_with(&cold.display().to_string(), "return 1");
    assert_eq!(
        (&outcome["status"], &outcome["checked"]),
        (&"ok".into(), &true.into()),
        "{outcome}"
    );
    let outcome = run_with(&cold.display().to_string(), WRONG);
    assert_eq!(
        outcome["error"]["diagnostics"][0]["code"], "TS2322",
        "{outcome}"
    );
    let checked = run_cli(&["check", "-", "--no-tools"], "return 1");
    assert_eq!(checked.status, Some(0));
}
