//! `codemode-cli run`.

use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{Done, cli_in, cli_on, command, fixtures};

/// Runs a script, given on standard input, against the fixture's tools.
fn run(script: &str, arguments: &[&str]) -> Done {
    cli_on(
        "fixture-tools",
        &[&["run", "-"], arguments].concat(),
        script,
    )
}

/// Runs a script without any tools.
fn run_alone(script: &str, arguments: &[&str]) -> Done {
    let folder = tempfile::tempdir().unwrap();
    cli_in(
        folder.path(),
        &[&["run", "-", "--no-tools"], arguments].concat(),
        script,
    )
}

fn json_of(done: &Done) -> Value {
    serde_json::from_str(&done.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}\n{}", done.stdout, done.stderr))
}

#[test]
fn the_value_goes_to_standard_output_and_all_else_to_standard_error() {
    let done = run(
        "console.log('noted'); console.warn('careful'); await odd.log(); return { sum: await math.add({ a: 2 }) }",
        &[],
    )
    .expect(0);
    assert_eq!(done.stdout, "{\n  \"sum\": 3\n}\n");
    let lines: Vec<_> = done.stderr.lines().collect();
    assert_eq!(
        lines[..3],
        ["noted", "warn: careful", "logged by a tool"],
        "{}",
        done.stderr
    );
    assert!(lines[3].starts_with("call  odd.log"), "{}", done.stderr);
    assert!(
        lines[4].starts_with("call  math.add") && lines[4].ends_with(" ms  ok"),
        "{}",
        done.stderr
    );
    assert!(lines[5].starts_with("2 calls, "), "{}", done.stderr);
    assert_eq!(lines.len(), 6, "{}", done.stderr);
}

#[test]
fn a_terminal_finds_nothing_to_obey_in_what_a_script_says() {
    const CODES: &str = r"\x1b]0;title\x07\x1b[2J\u009b1A\r\u202e";
    for script in [
        format!("console.log('{CODES}'); return ['{CODES}']"),
        format!("throw new Error('{CODES}')"),
        format!("throw Object.assign(new Error('a'), {{ name: '{CODES}' }})"),
        // The line that is shown has them itself.
        "/*\u{1b}[2J\u{9b}1A*/ throw 1".to_owned(),
        "return '\u{1b}[2J\u{9b}1A' - 1".to_owned(),
    ] {
        for arguments in [&[][..], &["--json"]] {
            let done = run_alone(&script, arguments);
            let said = format!("{}{}", done.stdout, done.stderr);
            assert!(!said.is_empty(), "{script}");
            let obeyed = said.find(|letter: char| letter.is_control() && letter != '\n');
            assert_eq!(obeyed, None, "{said:?}");
        }
    }
}

#[test]
fn a_script_that_returns_nothing_prints_nothing() {
    assert_eq!(run_alone("const a = 1 + 1;", &[]).expect(0).stdout, "");
    assert_eq!(run_alone("return null", &[]).expect(0).stdout, "null\n");
}

#[test]
fn a_script_comes_from_a_file_as_well_and_its_errors_show_the_place() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("script.ts"),
        "type A = number;\nconst a: A = 1;\n\tthrow new RangeError(`${a}`);\n",
    )
    .unwrap();
    let done = cli_in(folder.path(), &["run", "script.ts", "--no-tools"], "").expect(1);
    assert_eq!(done.stdout, "");
    assert_eq!(
        done.stderr,
        "error: RangeError: 1\n  at script.ts:3:8\n  3 | \tthrow new RangeError(`${a}`);\n    | \t      ^\n"
    );
    let done = cli_in(folder.path(), &["run", "missing.ts", "--no-tools"], "").expect(2);
    done.complains(&["error: can't read missing.ts: "]);
}

/// The exit status is 0 for a value, 1 for any fault of the script.
#[test]
fn the_exit_status_tells_whether_the_script_ended_well() {
    for (script, status, part) in [
        ("return 1", 0, ""),
        ("throw new Error('no')", 1, "error: Error: no"),
        ("const = 1", 1, "error[syntax]: SyntaxError: "),
        ("await new Promise(() => {})", 1, "error[deadlock]: "),
        (
            "return Deno.core",
            1,
            "error: ReferenceError: Deno is not defined",
        ),
        ("return eval('1')", 1, "error: EvalError: "),
    ] {
        run_alone(script, &["--no-check"])
            .expect(status)
            .complains(&[part]);
    }
}

fn keys(object: &Value) -> Vec<&str> {
    let mut keys: Vec<_> = object
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    keys
}

#[test]
fn with_json_the_whole_outcome_is_one_object() {
    let done = run(
        "console.log('a'); console.error({ b: 1 }); await math.add({ a: 1 }); await odd.fail().catch(() => {}); return [1]",
        &["--json"],
    )
    .expect(0);
    assert_eq!(done.stderr, "");
    let outcome = json_of(&done);
    assert_eq!(
        keys(&outcome),
        ["calls", "checked", "logs", "stats", "status", "value"]
    );
    assert_eq!(outcome["status"], "ok");
    assert_eq!(outcome["value"], json!([1]));
    assert_eq!(outcome["checked"], true);
    assert_eq!(
        outcome["logs"],
        json!([{ "level": "log", "text": "a" }, { "level": "error", "text": "{\"b\":1}" }])
    );
    for (number, (tool, ok)) in [("math.add", true), ("odd.fail", false)]
        .into_iter()
        .enumerate()
    {
        let call = &outcome["calls"][number];
        assert_eq!(keys(call), ["ms", "ok", "tool"]);
        assert_eq!((&call["tool"], &call["ok"]), (&json!(tool), &json!(ok)));
        assert!(call["ms"].as_f64().unwrap() > 0.0, "{call}");
    }
    let stats = &outcome["stats"];
    assert_eq!(
        keys(stats),
        [
            "cpu_ms",
            "heap_peak_bytes",
            "output_bytes",
            "tool_calls",
            "truncated",
            "wall_ms"
        ]
    );
    assert_eq!(stats["tool_calls"], 2);
    assert_eq!(stats["truncated"], false);
    assert!(stats["wall_ms"].as_f64().unwrap() > 0.0, "{stats}");

    let done = run_alone(
        "function f(): never {\n  throw new TypeError('no')\n}\nf()",
        &["--json"],
    )
    .expect(1);
    assert_eq!(done.stderr, "");
    let outcome = json_of(&done);
    assert_eq!(
        keys(&outcome),
        ["calls", "checked", "error", "logs", "stats", "status"]
    );
    assert_eq!(outcome["status"], "error");
    let error = &outcome["error"];
    assert_eq!(
        keys(error),
        ["diagnostics", "frames", "kind", "message", "name"]
    );
    assert_eq!(
        (&error["kind"], &error["name"], &error["message"]),
        (&json!("exception"), &json!("TypeError"), &json!("no"))
    );
    assert_eq!(
        error["frames"][0],
        json!({ "function": "f", "line": 2, "column": 9 })
    );
    assert_eq!(error["frames"][1]["line"], 4);

    let outcome = json_of(&run_alone("let a;\nlet a;", &["--json"]).expect(1));
    let problem = &outcome["error"]["diagnostics"][0];
    assert_eq!(outcome["error"]["kind"], "syntax");
    assert_eq!(keys(problem), ["column", "line", "message"]);
    assert_eq!(
        (&problem["line"], &problem["column"]),
        (&json!(1), &json!(5))
    );

    // `undefined` is no value, `null` is one.
    assert_eq!(
        json_of(&run_alone("return", &["--json"]).expect(0)).get("value"),
        None
    );
    assert_eq!(
        json_of(&run_alone("return null", &["--json"]).expect(0)).get("value"),
        Some(&Value::Null)
    );
}

#[test]
fn a_timeout_ends_a_script_that_never_would() {
    let done = run("while (true) {}", &["--json", "--timeout", "500ms"]).expect(1);
    let outcome = json_of(&done);
    assert_eq!(outcome["error"]["kind"], "timeout");
    assert_eq!(
        outcome["error"]["message"],
        "the script ran longer than its limit of 500ms"
    );
    let wall = outcome["stats"]["wall_ms"].as_f64().unwrap();
    assert!((500.0..800.0).contains(&wall), "{wall}");
}

#[test]
fn a_timeout_ends_a_script_that_waits_for_a_tool() {
    let done = run(
        "console.log('before'); await odd.stay()",
        &["--json", "--timeout", "500ms"],
    )
    .expect(1);
    let outcome = json_of(&done);
    assert_eq!(outcome["error"]["kind"], "timeout");
    assert_eq!(outcome["logs"][0]["text"], "before");
    assert_eq!(outcome["calls"][0]["ok"], false);
}

#[test]
fn a_script_gets_no_more_heap_than_it_is_given() {
    let script = "const a = []; for (;;) a.push(new Array(1e4).fill(0))";
    let outcome = json_of(&run_alone(script, &["--json", "--heap", "64MiB"]).expect(1));
    assert_eq!(outcome["error"]["kind"], "out_of_memory");
    assert_eq!(
        outcome["error"]["message"],
        "the script needed more than its 67108864 bytes of heap"
    );
    let large = "return new Array(6e6).fill({}).map((_, i) => [i]).length";
    run_alone(large, &["--heap", "64MiB"]).expect(1);
    assert_eq!(
        run_alone(large, &["--heap", "2GiB"]).expect(0).stdout,
        "6000000\n"
    );
}

#[test]
fn a_script_makes_no_more_calls_than_it_may() {
    let script = "for (let i = 0; i < 3; i++) await math.add({ a: i }); return 'done'";
    assert_eq!(
        run(script, &["--max-tool-calls", "3"]).expect(0).stdout,
        "\"done\"\n"
    );
    let outcome = json_of(&run(script, &["--json", "--max-tool-calls", "2"]).expect(1));
    assert_eq!(outcome["error"]["kind"], "limit");
    assert_eq!(outcome["stats"]["tool_calls"], 2);
}

#[test]
fn a_script_prints_and_returns_no_more_than_it_may() {
    let outcome = json_of(
        &run_alone(
            "return 'x'.repeat(2000)",
            &["--json", "--max-output", "1KiB"],
        )
        .expect(1),
    );
    assert_eq!(outcome["error"]["kind"], "limit");
    let outcome = json_of(
        &run_alone(
            "console.log('x'.repeat(2000)); return 1",
            &["--json", "--max-output", "1KiB"],
        )
        .expect(0),
    );
    assert_eq!(outcome["stats"]["truncated"], true);
    let kept = "x".repeat(1024);
    assert_eq!(outcome["logs"][0]["text"], format!("{kept}…"));
    run_alone("console.log('x'.repeat(2000))", &["--max-output", "1KiB"])
        .expect(0)
        .complains(&["… (the log was cut here)"]);
}

#[test]
fn without_tools_there_are_none_and_no_crate_is_needed() {
    let done = run_alone(
        "return [typeof math, typeof console.log]",
        &["--json", "--no-check"],
    )
    .expect(0);
    assert_eq!(json_of(&done)["value"], json!(["undefined", "function"]));
}

#[test]
fn the_workspaces_patches_and_profiles_hold_for_the_tools() {
    let done = run(
        "return [await math.answer(), await math.next({ of: 255 })]",
        &["--json"],
    )
    .expect(0);
    assert_eq!(json_of(&done)["value"], json!([42, 0]));
}

#[test]
fn what_a_tool_prints_does_not_get_between_the_result() {
    let done = run("return [await odd.chat(), await odd.chat()]", &[]).expect(0);
    assert_eq!(done.stdout, "[\n  true,\n  true\n]\n");
    if cfg!(unix) {
        assert_eq!(
            done.stderr.matches("noise of a tool").count(),
            2,
            "{}",
            done.stderr
        );
    }
}

#[test]
fn the_error_of_a_tool_is_the_scripts_to_handle() {
    let script =
        "try { await odd.fail() } catch (error: any) { return `${error.name}: ${error.message}` }";
    assert_eq!(
        run(script, &[]).expect(0).stdout,
        "\"ToolError: odd.fail: no luck today\"\n"
    );
    run("await odd.fail()", &[])
        .expect(1)
        .complains(&["error: ToolError: odd.fail: no luck today", "at -:1:"]);
    let script = "try { await math.add({ a: 'x' } as any) } catch (error: any) { return `${error.name}: ${error.message}` }";
    assert_eq!(
        run(script, &[]).expect(0).stdout,
        "\"TypeError: math.add: input.a: invalid type: string \\\"x\\\", expected i32\"\n"
    );
}

#[test]
fn a_tool_that_panics_fails_its_call_and_the_others_go_on() {
    let script = "const failed = await odd.panic().catch((error) => error.message); return [failed, await math.add({ a: 1 })]";
    let outcome = json_of(&run(script, &["--json"]).expect(0));
    assert_eq!(
        outcome["value"],
        json!([
            "odd.panic: the tool stopped unexpectedly (it panicked); this is a fault of the tool, not of the script",
            2
        ])
    );
}

#[test]
fn the_end_of_the_tools_process_fails_the_calls_under_way_and_all_later_ones() {
    let script = "
        const failure = (call: Promise<unknown>) => call.then(() => 'returned', (error) => `${error.name}: ${error.message}`);
        const waiting = failure(odd.stay());
        return [await failure(odd.die()), await waiting, await failure(math.add({ a: 1 }))]";
    let outcome = json_of(&run(script, &["--json", "--timeout", "20s"]).expect(0));
    let ended = |tool| format!("ToolError: {tool}: the process with the tools has ended");
    assert_eq!(
        outcome["value"],
        json!([ended("odd.die"), ended("odd.stay"), ended("math.add")])
    );
}

#[test]
fn state_that_can_not_be_had_is_the_hosts_failure() {
    let done = cli_on("fixture-state", &["run", "-"], "return 1").expect(2);
    assert_eq!(done.stdout, "");
    done.complains(&[
        "error: ",
        "can't provide `fixture_state::Connection`",
        "lib.rs:",
        "nobody listens at 127.0.0.1:1",
    ]);
    // The same crate has declarations without it.
    cli_on("fixture-state", &["list"], "").expect(0);
}

#[test]
fn a_tool_of_a_crate_that_renames_the_runtime_is_called() {
    let done = cli_on(
        "fixture-renamed",
        &["run", "-"],
        "return await tools.double({ number: 21 })",
    )
    .expect(0);
    assert_eq!(done.stdout, "42\n");
}

/// Runs a script from a file against the fixture's tools, with `--ask` and these answers.
fn run_asking(script: &str, answers: &str) -> Done {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("script.ts");
    fs::write(&path, script).unwrap();
    let path = path.to_str().unwrap();
    cli_on("fixture-tools", &["run", path, "--ask", "--json"], answers)
}

#[test]
fn a_person_is_asked_before_a_tool_may_change_something() {
    let script = "
        const attempt = async (call: () => Promise<unknown>) => {
            try { return await call() } catch (error) { return (error as Error).message }
        };
        return [
            await attempt(() => odd.peek()),
            await attempt(() => odd.purge({ what: 'a\\u001b[2J' })),
            await attempt(() => odd.purge()),
            await attempt(() => math.add({ a: 1 })),
            await attempt(() => math.add({ a: 2 })),
            await attempt(() => odd.undocumented()),
        ];";
    let done = run_asking(script, "what?\nyes\nn\nA\n").expect(0);
    assert_eq!(
        json_of(&done)["value"],
        json!([
            true,
            5,
            "odd.purge: the host doesn't allow this call: the user said no",
            2,
            3,
            "odd.undocumented: the host doesn't allow this call: there is nobody to ask",
        ])
    );
    let purge = "the script wants to call odd.purge, which may delete or overwrite something";
    let choice = "\n[y]es, [n]o, [a]lways for this tool? ";
    let asked = format!(
        "{purge}: {{\"what\":\"a\\u001b[2J\"}}{choice}{purge}: {{\"what\":\"a\\u001b[2J\"}}{choice}{purge}{choice}\
         the script wants to call math.add: {{\"a\":1}}{choice}the script wants to call odd.undocumented{choice}"
    );
    assert!(done.stderr.contains(&asked), "{}", done.stderr);
}

#[test]
fn a_question_that_is_open_at_the_end_of_a_script_keeps_nobody_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("script.ts");
    let script = "void math.add({ a: 1 });
        await new Promise((done) => setTimeout(done, 300));
        throw new Error('no')";
    fs::write(&path, script).unwrap();
    // What has to be built is built.
    cli_on("fixture-tools", &["list"], "").expect(0);
    let mut command = command(env!("CARGO_BIN_EXE_codemode-cli"));
    command
        .args([
            "run",
            path.to_str().unwrap(),
            "--ask",
            "-p",
            "fixture-tools",
        ])
        .current_dir(fixtures::workspace())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    // Nobody writes to it, and nobody closes it.
    let answers = child.stdin.take();
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status.code();
        }
        if start.elapsed() > Duration::from_mins(1) {
            child.kill().unwrap();
            child.wait().unwrap();
            break None;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    drop(answers);
    assert_eq!(status, Some(1));
}

#[test]
fn a_script_from_standard_input_leaves_no_way_to_answer() {
    run_alone("return 1", &["--ask"])
        .expect(2)
        .complains(&["error: `--ask` reads the answers from standard input"]);
}
