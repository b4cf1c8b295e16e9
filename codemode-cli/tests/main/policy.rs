//! `codemode-cli policy`, and `--policy` for the commands that offer tools.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Done, cli_in, cli_on};

const POLICY: &str = r#"
default = "ask-changes"

[[rules]]
name = "small numbers"
tools = "math.add"
where = { a = { less = 10 } }
allow = true

[[rules]]
tools = "math.add"
ask = "Is so much all right?"

[[rules]]
tools = "odd.purge"
deny = "nothing is removed here"

[[rules]]
tools = "odd.peek"
limit = { calls = 1, per = "run" }
"#;

/// Runs `codemode-cli` on the fixture's tools with the policy in a file, whose name stands for `POLICY` in the arguments, as that of the
/// script stands for `SCRIPT`.
fn with_policy(arguments: &[&str], script: &str, input: &str) -> Done {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (policy, script) = (file("policy.toml", POLICY), file("script.ts", script));
    let arguments: Vec<_> = arguments
        .iter()
        .map(|argument| match *argument {
            "POLICY" => policy.as_str(),
            "SCRIPT" => script.as_str(),
            other => other,
        })
        .collect();
    cli_on("fixture-tools", &arguments, input)
}

const CALLS: &str = "
    const attempt = async (call: () => Promise<unknown>) => {
        try { return await call() } catch (error) { return (error as Error).message }
    };
    return [
        await attempt(() => math.add({ a: 1 })),
        await attempt(() => math.add({ a: 10 })),
        await attempt(() => math.add({ a: 11 })),
        await attempt(() => odd.peek()),
        await attempt(() => odd.peek()),
        await attempt(() => (odd as any).purge({ what: 'a' })),
    ];";

#[test]
fn a_run_keeps_to_the_policy() {
    let arguments = ["run", "SCRIPT", "--policy", "POLICY", "--json"];
    let done = with_policy(&arguments, CALLS, "yes\nno\n").expect(0);
    let outcome: Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(
        outcome["value"],
        json!([
            2,
            11,
            "math.add: the host doesn't allow this call: the user said no",
            true,
            "odd.peek: the host doesn't allow this call: no more than 1 call a run may be made, and so many were",
            "odd.purge: the host doesn't allow this call: nothing is removed here",
        ])
    );
    let asked = "Is so much all right?\nthe script wants to call math.add: {\"a\":10}\n[y]es, [n]o, [a]lways for this tool? ";
    assert!(done.stderr.contains(asked), "{}", done.stderr);
}

#[test]
fn where_the_script_comes_from_standard_input_nobody_can_be_asked() {
    let arguments = ["run", "-", "--policy", "POLICY"];
    let done = with_policy(&arguments, "", "return await math.add({ a: 10 })").expect(1);
    done.complains(&["a person has to approve it, and nobody can be asked here"]);
}

#[test]
fn what_is_always_denied_is_not_offered() {
    let listed = with_policy(&["list", "--policy", "POLICY"], "", "")
        .expect(0)
        .stdout;
    assert!(
        listed.contains("odd.peek") && !listed.contains("odd.purge"),
        "{listed}"
    );
    let prompt = with_policy(&["prompt", "--policy", "POLICY"], "", "")
        .expect(0)
        .stdout;
    assert!(!prompt.contains("purge"), "{prompt}");
    assert!(
        prompt.contains("A person is asked before some calls."),
        "{prompt}"
    );
    let checked = with_policy(
        &["check", "SCRIPT", "--policy", "POLICY"],
        "await odd.purge()",
        "",
    )
    .expect(1);
    checked.complains(&["purge"]);
}

#[test]
fn a_policy_asks_by_itself_what_ask_would() {
    for command in [
        &["run", "x.ts", "--ask"][..],
        &["serve", "--ask", "changes"],
    ] {
        let arguments = [command, &["--no-tools", "--policy", "p.toml"]].concat();
        let done = cli_in(&std::env::temp_dir(), &arguments, "").expect(2);
        done.complains(&["--policy"]);
    }
}

#[test]
fn a_file_is_asked_about_a_call() {
    for (arguments, expected) in [
        (&[][..], "4 rules, no mistakes\n"),
        (
            &["--call", "math.add", "--input", r#"{"a":1}"#],
            "allowed by rule 1 (small numbers)\n  line 4: rule 1 (small numbers) decides\n",
        ),
        (
            &["--call", "odd.purge"],
            "denied by rule 3: nothing is removed here\n",
        ),
        (
            &["--call", "odd.look", "--annotation", "read_only"],
            "allowed by the default\n",
        ),
        (
            &["--call", "odd.look", "--annotation", "read_only=false"],
            "a person is asked by the default\n",
        ),
        (
            &["--call", "$tools.list", "--source", "world"],
            "allowed by the default\n",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("policy.toml"), POLICY).unwrap();
        let arguments = [&["policy", "check", "policy.toml"], arguments].concat();
        let said = cli_in(folder.path(), &arguments, "").expect(0).stdout;
        let said = said.strip_prefix("policy.toml: ").unwrap_or(&said);
        assert!(said.starts_with(expected), "{said}");
    }
}

#[test]
fn wrong_questions_and_mistakes_in_a_file_are_told() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("policy.toml"),
        "default = 'deny'\n[[rules]]\ntools = 'mail'",
    )
    .unwrap();
    let mistakes = "error: policy.toml:2: say in each rule what becomes of the call";
    let second =
        "\npolicy.toml:3: `mail` names no function: write `mail.*` for all of a namespace\n";
    for (arguments, expected) in [
        (
            &["policy", "check", "policy.toml"][..],
            &[mistakes, second][..],
        ),
        (
            &["run", "-", "--no-tools", "--policy", "policy.toml"],
            &[mistakes, second],
        ),
        (
            &["list", "--no-tools", "--policy", "policy.toml"],
            &[mistakes],
        ),
        (
            &["policy", "check", "none.toml"],
            &["error: can't read none.toml: "],
        ),
        (
            &[
                "policy",
                "check",
                "policy.toml",
                "--call",
                "a.b",
                "--input",
                "{",
            ],
            &["this isn't JSON"],
        ),
        (
            &[
                "policy",
                "check",
                "policy.toml",
                "--call",
                "a.b",
                "--source",
                "x",
            ],
            &["write `rust`, `mcp`, `openapi` or `world`"],
        ),
        (
            &[
                "policy",
                "check",
                "policy.toml",
                "--call",
                "a.b",
                "--annotation",
                "safe",
            ],
            &["write one of `read_only`"],
        ),
    ] {
        cli_in(folder.path(), arguments, "")
            .expect(2)
            .complains(expected);
    }
}

#[test]
fn the_schema_is_the_published_one() {
    let published = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/policy.schema.json");
    cli_in(
        &std::env::temp_dir(),
        &["policy", "schema", "-o", published, "--check"],
        "",
    )
    .expect(0);
}
