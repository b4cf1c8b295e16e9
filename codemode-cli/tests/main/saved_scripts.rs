//! Saved scripts: functions in a folder that every script can call.

use std::fs;
use std::path::Path;

use rmcp::model::{CallToolRequestParams, CallToolResult};
use rmcp::service::RunningService;
use rmcp::transport::TokioChildProcess;
use rmcp::{RoleClient, ServiceExt as _};
use serde_json::{Value, json};

use crate::support::{Done, cli_in, command};

const TOTAL: &str = "/** Sums up the amounts of invoices, one a line. */
export default async function total(input: { text: string }): Promise<{ total: number }> {
  const amounts = await scripts.amounts({ text: input.text });
  return { total: amounts.reduce((sum, row) => sum + row.cents, 0) / 100 };
}
";

const AMOUNTS: &str = "type Cents = number;
export interface Row { cents: Cents }

/** Reads the amounts of invoices. */
export async function amounts({ text }: { text: string }): Promise<Row[]> {
  return text.split('\\n').map((line) => {
    if (!/^\\d+\\.\\d\\d$/.test(line)) throw new RangeError(`no amount: ${line}`);
    return { cents: Math.round(100 * Number(line)) };
  });
}
";

/// A folder with saved scripts in `saved`.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("saved")).unwrap();
    for (name, text) in files {
        fs::write(folder.path().join("saved").join(name), text).unwrap();
    }
    folder
}

fn ask(folder: &Path, arguments: &[&str], script: &str) -> Done {
    let arguments = [arguments, &["--no-tools", "--scripts", "saved"]].concat();
    cli_in(folder, &arguments, script)
}

fn run(folder: &Path, script: &str) -> Done {
    ask(folder, &["run", "-"], script)
}

/// The ways to run that differ in where the script's code is compiled and run.
const TIERS: [&[&str]; 2] = [
    &["run", "-", "--isolation", "in-process"],
    &[
        "run",
        "-",
        "--isolation",
        "process",
        "--lock-down",
        "best-effort",
    ],
];

#[test]
fn a_script_calls_the_functions_of_a_folder_and_they_call_each_other() {
    let folder = folder(&[("total.ts", TOTAL), ("amounts.ts", AMOUNTS)]);
    for tier in TIERS {
        let script = "return await scripts.total({ text: '1.20\\n3.45' })";
        let done = ask(folder.path(), tier, script).expect(0);
        assert_eq!(done.stdout, "{\n  \"total\": 4.65\n}\n", "{tier:?}");
    }
    let script = "const rows: scripts.amounts.Row[] = await scripts.amounts({ text: '1.00' });\nreturn rows[0].cents";
    assert_eq!(run(folder.path(), script).expect(0).stdout, "100\n");
    let script = "const all = scripts; return Object.keys(all)";
    let printed = run(folder.path(), script).expect(0).stdout;
    assert_eq!(printed, "[\n  \"amounts\",\n  \"total\"\n]\n");
}

#[test]
fn an_error_inside_of_a_saved_script_has_its_file_and_line_and_the_script_its_own() {
    let folder = folder(&[("total.ts", TOTAL), ("amounts.ts", AMOUNTS)]);
    for tier in TIERS {
        let script = "// A comment.\nconst text = 'free';\nreturn await scripts.total({ text })";
        let done = ask(folder.path(), tier, script).expect(1);
        done.complains(&[
            "error: RangeError: no amount: free",
            "  at scripts/amounts.ts:7:42",
            "  called from amounts at scripts/amounts.ts:6:27",
            "  called from total at scripts/total.ts:3:33",
            "  called from the script at -:3:22",
        ]);
    }
}

#[test]
fn a_call_is_checked_against_the_signature() {
    let folder = folder(&[("total.ts", TOTAL), ("amounts.ts", AMOUNTS)]);
    for (script, message) in [
        (
            "return await scripts.total({ txt: '' })",
            "Object literal may only specify known properties, but 'txt' does not exist in type '{ text: string; }'. Did you mean to write 'text'?",
        ),
        (
            "return scripts.total({ text: '' }).total",
            "`await` is missing",
        ),
    ] {
        let done = run(folder.path(), script).expect(1);
        assert!(done.stderr.contains(message), "{}", done.stderr);
    }
}

#[test]
fn what_does_not_fit_is_left_out_and_told_where_it_is_and_where_it_is_called() {
    let folder = folder(&[
        ("amounts.ts", AMOUNTS),
        (
            "bad.ts",
            "/** Bad. */\nexport async function bad(): Promise<number> {\n  return await weather.today();\n}\n",
        ),
        (
            "caller.ts",
            "/** Calls. */\nexport async function caller(): Promise<number> {\n  return await scripts.bad();\n}\n",
        ),
        ("plain.ts", "return 1"),
    ]);
    let done = run(
        folder.path(),
        "return (await scripts.amounts({ text: '1.00' })).length",
    );
    let done = done.expect(0);
    assert_eq!(done.stdout, "1\n");
    done.complains(&[
        "warning: left out: saved/bad.ts:3:16: ",
        "warning: left out: saved/caller.ts:1:1: it calls `scripts.bad`, which is left out",
        "warning: left out: saved/plain.ts:1:1: there is no exported function",
    ]);
    for arguments in [
        &["run", "-"][..],
        &["run", "-", "--no-check"],
        &["check", "-"],
    ] {
        let done = ask(folder.path(), arguments, "return await scripts.plain()").expect(1);
        let why = "`scripts.plain` is left out, because something is wrong with it: plain.ts:1:1: there is no exported function";
        assert!(done.stderr.contains(why), "{}", done.stderr);
    }
}

#[test]
fn saved_scripts_that_call_each_other_in_a_circle_are_left_out() {
    let calling = |name: &str, other: &str| {
        format!(
            "/** D. */\nexport async function {name}(): Promise<number> {{\n  return await scripts.{other}();\n}}\n"
        )
    };
    let folder = folder(&[
        ("a.ts", &calling("a", "b")),
        ("b.ts", &calling("b", "c")),
        ("c.ts", &calling("c", "b")),
        ("d.ts", &calling("d", "d")),
    ]);
    run(folder.path(), "return 1").expect(0).complains(&[
        "warning: left out: saved/a.ts:1:1: it calls `scripts.b`, which isn't there or is left out",
        "warning: left out: saved/b.ts:1:1: saved scripts can't call each other in a circle: scripts.b → scripts.c → scripts.b",
        "warning: left out: saved/c.ts:1:1: saved scripts can't call each other in a circle: scripts.b → scripts.c → scripts.b",
        "warning: left out: saved/d.ts:1:1: saved scripts can't call each other in a circle: scripts.d → scripts.d",
    ]);
}

#[test]
fn saved_scripts_are_listed_and_told_as_tools_are() {
    let folder = folder(&[("total.ts", TOTAL), ("amounts.ts", AMOUNTS)]);
    let list = ask(folder.path(), &["list"], "").expect(0).stdout;
    assert_eq!(
        list,
        "scripts.amounts  Reads the amounts of invoices.\nscripts.total    Sums up the amounts of invoices, one a line.\n"
    );
    let prompt = ask(folder.path(), &["prompt"], "").expect(0).stdout;
    let declared = "declare namespace scripts {
  namespace amounts {
    type Cents = number;
    interface Row { cents: Cents }
  }
  /** Reads the amounts of invoices. */
  function amounts(input: { text: string }): Promise<amounts.Row[]>;
  /** Sums up the amounts of invoices, one a line. */
  function total(input: { text: string }): Promise<{ total: number }>;
}
";
    assert!(prompt.contains(declared), "{prompt}");
    let script = "return await $tools.search({ query: 'invoices sum' })";
    let found = run(folder.path(), script).expect(0).stdout;
    assert!(found.contains("\"name\": \"scripts.total\""), "{found}");
}

#[test]
fn the_example_of_the_documentation_works_as_it_is_written() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/saved-scripts.md");
    let page = fs::read_to_string(page).unwrap();
    let blocks: Vec<&str> = page.split("```").collect();
    let code = |number: usize| blocks[number].strip_prefix("ts\n").unwrap();
    let folder = folder(&[("parseInvoices.ts", code(1))]);
    let done = run(folder.path(), code(3)).expect(0);
    assert_eq!(done.stderr, "");
    let printed = blocks[4].trim().strip_prefix("It prints `").unwrap();
    assert_eq!(Some(done.stdout.trim()), printed.split('`').next());
}

type Client = RunningService<RoleClient, ()>;

/// A client of `codemode-cli serve` in a folder.
async fn served(folder: &Path, arguments: &[&str]) -> Client {
    let mut command = command(env!("CARGO_BIN_EXE_codemode-cli"));
    command.args(["serve", "--no-tools", "--scripts", "saved"]);
    command.args(["--lock-down", "best-effort"]);
    command.args(arguments).current_dir(folder);
    let command = tokio::process::Command::from(command);
    ().serve(TokioChildProcess::new(command).unwrap())
        .await
        .unwrap()
}

async fn call(client: &Client, tool: &'static str, arguments: Value) -> CallToolResult {
    let request = CallToolRequestParams::new(tool);
    let request = request.with_arguments(arguments.as_object().cloned().unwrap());
    client.call_tool(request).await.unwrap()
}

fn text(result: &CallToolResult) -> &str {
    &result.content[0].as_text().unwrap().text
}

async fn run_on(client: &Client, script: &str) -> CallToolResult {
    call(client, "run", json!({ "script": script })).await
}

#[tokio::test]
async fn a_client_finds_saved_scripts_by_search_and_calls_them() {
    let folder = folder(&[("total.ts", TOTAL), ("amounts.ts", AMOUNTS)]);
    let client = served(folder.path(), &[]).await;
    let found = call(&client, "search", json!({ "query": "sum invoices" })).await;
    let declared = "declare namespace scripts {\n  /** Sums up the amounts of invoices, one a line. */\n  function total(";
    assert!(text(&found).starts_with(declared), "{}", text(&found));

    let described = call(&client, "describe", json!({ "names": ["scripts.total"] })).await;
    assert_eq!(
        text(&described),
        "declare namespace scripts {
  /** Sums up the amounts of invoices, one a line. */
  function total(input: { text: string }): Promise<{ total: number }>;
}
"
    );
    let result = run_on(
        &client,
        "return (await scripts.total({ text: '1.20' })).total",
    )
    .await;
    assert_eq!(text(&result), "Result: 1.2");
    let result = run_on(
        &client,
        "return (await scripts.total({ text: 'free' })).total",
    )
    .await;
    let told = "error[exception] RangeError: no amount: free\n  at scripts/amounts.ts, line 7, column 42\n  called from amounts in scripts/amounts.ts, line 6\n";
    assert!(text(&result).contains(told), "{}", text(&result));
    let result = run_on(&client, "await $scripts.save({ name: 'a', code: '' })").await;
    assert!(text(&result).contains("$scripts"), "{}", text(&result));
    assert!(!folder.path().join("saved/a.ts").exists());
}

#[tokio::test]
async fn what_a_script_saves_is_a_file_and_the_next_script_calls_it() {
    let folder = folder(&[("amounts.ts", AMOUNTS)]);
    let client = served(folder.path(), &["--save-scripts"]).await;
    let save = |code: &str| {
        format!(
            "return await $scripts.save({{ name: 'total', code: {} }})",
            json!(code)
        )
    };
    let result = run_on(&client, &save(TOTAL)).await;
    assert_eq!(
        text(&result),
        "Tool calls made: $scripts.save ok\nResult: {\"call\":\"scripts.total\"}"
    );
    let file = folder.path().join("saved/total.ts");
    assert_eq!(fs::read_to_string(&file).unwrap(), TOTAL);

    let result = run_on(
        &client,
        "return (await scripts.total({ text: '1.20' })).total",
    )
    .await;
    assert_eq!(text(&result), "Result: 1.2");
    let found = call(&client, "search", json!({ "query": "total" })).await;
    assert!(
        text(&found).contains("function total(input: { text: string })"),
        "{}",
        text(&found)
    );

    let result = run_on(&client, &save(TOTAL)).await;
    let why = "there is a saved script `total` already: take another name, or write over it with `replace: true`";
    assert!(text(&result).contains(why), "{}", text(&result));
    let unfitting = TOTAL.replace("scripts.amounts({ text", "scripts.amounts({ texts");
    let result = run_on(
        &client,
        &save(&unfitting).replace("code:", "replace: true, code:"),
    )
    .await;
    let why = "total.ts:3:43: Object literal may only specify known properties";
    assert!(text(&result).contains(why), "{}", text(&result));
    assert_eq!(fs::read_to_string(&file).unwrap(), TOTAL);
}

#[test]
fn scripts_are_saved_only_where_a_folder_is_named_for_them() {
    let folder = folder(&[]);
    let done = cli_in(
        folder.path(),
        &["serve", "--no-tools", "--save-scripts"],
        "",
    )
    .expect(2);
    done.complains(&[
        "error: the following required arguments were not provided:",
        "  --scripts <DIR>",
    ]);
}
