//! `--json` prints one JSON object whatever happens. The exit status stays what it is.

use serde_json::Value;

use codemode_test_support::program::finish;

use crate::support::{cli, folder, outcome};

fn run(arguments: &[&str], compiler: Option<&str>, script: &str) -> (Value, Option<i32>, String) {
    let mut command = cli(arguments);
    if let Some(compiler) = compiler {
        command.env("CODEMODE_TSC", compiler);
    }
    let done = finish(command, script);
    (outcome(&done), done.status, done.stderr)
}

#[test]
fn a_check_that_fails_is_an_object_too() {
    let endless = "type Grow<N extends number, T extends unknown[] = []> = T['length'] extends N ? T : \
                   Grow<N, [...T, 1]> | Grow<N, [...T, 2]> | Grow<N, [...T, 3]> | Grow<N, [...T, 4]>;\n\
                   const a: Grow<40> = null as any as Grow<41>;";
    let check = &["check", "-", "--no-tools", "--json"][..];
    for (compiler, script, status, kind, words) in [
        (None, "return 1", 0, "", ""),
        (None, "return wrong", 1, "type_check", "Cannot find name"),
        (None, "return (", 1, "syntax", ""),
        (None, endless, 2, "host", "checking"),
        (Some("/bin/false"), "return 1", 2, "host", "gave no verdict"),
        (Some("/no/such/tsc"), "return 1", 2, "host", "npm install"),
        (Some("/tmp"), "return 1", 2, "host", "npm install"),
    ] {
        let (outcome, found, stderr) = run(check, compiler, script);
        // A compiler may see by itself that types have no end.
        if script == endless && outcome["error"]["kind"] == "type_check" {
            continue;
        }
        assert_eq!(found, Some(status), "{script}: {outcome}");
        if kind.is_empty() {
            assert_eq!(outcome["status"], "ok", "{outcome}");
            continue;
        }
        assert_eq!(outcome["error"]["kind"], kind, "{script}: {outcome}");
        let message = outcome["error"]["message"].as_str().unwrap();
        // What takes too much memory has another reason.
        assert!(message.contains(words) || script == endless, "{outcome}");
        assert_eq!(outcome["checked"], kind != "host", "{outcome}");
        assert_eq!(stderr.is_empty(), kind != "host", "{stderr}");
    }
}

#[test]
fn what_goes_wrong_before_the_script_is_an_object_too() {
    let missing = folder("json-always")
        .join("missing.ts")
        .display()
        .to_string();
    for command in ["run", "check"] {
        for arguments in [
            &[command, &missing, "--no-tools", "--json"][..],
            &[
                command,
                "-",
                "--no-tools",
                "--json",
                "--mcp-config",
                &missing,
            ],
            &[command, "-", "--json", "--manifest-path", &missing],
        ] {
            let (outcome, status, stderr) = run(arguments, None, "return 1");
            assert_eq!(status, Some(2), "{arguments:?}: {outcome}");
            assert_eq!(outcome["error"]["kind"], "host", "{arguments:?}: {outcome}");
            assert_eq!(outcome["checked"], false, "{outcome}");
            assert!(stderr.contains("error"), "{arguments:?}: {stderr}");
        }
    }
}
