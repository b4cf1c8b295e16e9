//! What scripts of one session keep for each other: `run --session`, and a client of `serve`.

use std::path::Path;
use std::sync::Arc;

use codemode_mcp::McpServer;
use codemode_runtime::{CallContext, Catalogue, HostedCall, Sandbox, ToolHost, ToolInfo, ToolSet};
use rmcp::RoleClient;
use rmcp::model::{CallToolRequestParams, CallToolResult};
use rmcp::service::RunningService;
use serde_json::{Value, json};

use crate::support::mcp::connect;
use crate::support::{Done, cli_in, command, finish};

const COUNT: &str = "await $store.set('n', ((await $store.get<number>('n')) ?? 0) + 1); return await $store.get('n')";

fn run(folder: &Path, session: &str, script: &str) -> Done {
    let arguments = ["run", "-", "--no-tools", "--session", session];
    cli_in(folder, &arguments, script)
}

#[test]
fn scripts_of_one_session_read_what_earlier_ones_have_kept() {
    let folder = tempfile::tempdir().unwrap();
    let count = |session| run(folder.path(), session, COUNT).expect(0).stdout;
    assert_eq!(count("./one.jsonl"), "1\n");
    assert_eq!(count("./one.jsonl"), "2\n");
    assert_eq!(count("./other.jsonl"), "1\n");
    assert!(folder.path().join("one.jsonl").is_file());
}

#[test]
fn a_session_has_a_name_and_its_file_is_where_programs_keep_their_state() {
    let state = tempfile::tempdir().unwrap();
    let count = |name| {
        let mut command = command(env!("CARGO_BIN_EXE_codemode-cli"));
        command.env("XDG_STATE_HOME", state.path());
        command.args(["run", "-", "--no-tools", "--session", name]);
        finish(command, COUNT)
    };
    assert_eq!(count("work").expect(0).stdout, "1\n");
    assert_eq!(count("work").expect(0).stdout, "2\n");
    assert!(state.path().join("codemode/sessions/work.jsonl").is_file());
    assert_eq!(count("..").expect(2).stdout, "");
    count("a b").expect(2).complains(&[
        "error: \"a b\" is no name of a session, which has up to 100 letters, digits, `-`, `_` and `.`; a path with a `/` names a file",
    ]);
}

#[test]
fn a_file_that_is_no_session_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    std::fs::write(&path, "milk").unwrap();
    run(folder.path(), "./notes.txt", COUNT)
        .expect(2)
        .complains(&[
            "error: the session can't be used: ./notes.txt: this is no file of a session",
        ]);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "milk");
}

#[test]
fn a_result_that_is_too_large_to_print_is_in_the_session() {
    let folder = tempfile::tempdir().unwrap();
    let large = "return 'x'.repeat(2_000_000)";
    let done = run(folder.path(), "./s.jsonl", large).expect(0);
    assert_eq!(done.stdout, "");
    done.complains(&[
        "note: the result has 2000002 bytes of JSON, too many to print; the session has it: `await $store.get(\"run1.result\")`",
    ]);
    let read = "return (await $store.get<string>('run1.result'))?.length";
    assert_eq!(
        run(folder.path(), "./s.jsonl", read).expect(0).stdout,
        "2000000\n"
    );
}

type Client = RunningService<RoleClient, ()>;

fn server() -> McpServer {
    let sandbox = Sandbox::builder().tools(ToolSet::empty()).discovery();
    McpServer::new(sandbox.build().unwrap())
}

async fn call(client: &Client, script: &str) -> CallToolResult {
    let arguments = json!({ "script": script });
    let request = CallToolRequestParams::new("run");
    let request = request.with_arguments(arguments.as_object().cloned().unwrap());
    client.call_tool(request).await.unwrap()
}

fn text(result: &CallToolResult) -> &str {
    &result.content[0].as_text().unwrap().text
}

fn value(result: &CallToolResult) -> &Value {
    &result.structured_content.as_ref().unwrap()["value"]
}

#[tokio::test]
async fn each_client_has_a_session_of_its_own() {
    let server = server();
    let (one, other) = (connect(&server, ()).await, connect(&server, ()).await);
    assert_eq!(value(&call(&one, COUNT).await), 1);
    assert_eq!(value(&call(&one, COUNT).await), 2);
    assert_eq!(value(&call(&other, COUNT).await), 1);
}

#[tokio::test]
async fn what_a_model_is_not_shown_is_kept_and_it_is_told_how_to_read_it() {
    let client = connect(&server(), ()).await;
    let rows = "return Array.from({ length: 20_000 }, (_, id) => ({ id, note: `row ${id}` }))";
    let result = call(&client, rows).await;
    let told = text(&result);
    assert!(
        told.starts_with("Result: [{\"id\":0,\"note\":\"row 0\"},"),
        "{told}"
    );
    assert!(told.len() < 5_000, "{}", told.len());
    assert!(
        told.ends_with(
            "All of it is kept for the next scripts: `await $store.get(\"run1.result\")`, { id: number, note: string }[] (20000)"
        ),
        "{told}"
    );
    let read = call(&client, "return (await $store.get('run1.result'))[19_999]").await;
    assert_eq!(value(&read), &json!({ "id": 19_999, "note": "row 19999" }));

    let result = call(&client, "return 'x'.repeat(3_000_000)").await;
    assert_eq!(
        text(&result),
        "Result: 3000002 bytes of JSON, too many to show.\n\
         All of it is kept for the next scripts: `await $store.get(\"run3.result\")`, string"
    );
    assert_ne!(result.is_error, Some(true));
}

#[tokio::test]
async fn lines_that_are_not_shown_are_counted_right() {
    let client = connect(&server(), ()).await;
    let result = call(
        &client,
        "for (let n = 1; n <= 20_000; n++) console.log(`line ${n} of a long log`); return 1",
    )
    .await;
    let told = text(&result);
    let shown = told
        .lines()
        .filter(|line| line.starts_with("line "))
        .count();
    let last = told.lines().last().unwrap();
    assert_eq!(
        last,
        format!(
            "… {} more lines: `await $store.get(\"run1.log\")` is the whole log as one text",
            20_000 - shown
        )
    );
    assert!((100..1_001).contains(&shown), "{shown}");
}

#[tokio::test]
async fn a_script_that_fails_does_not_lose_what_its_calls_returned() {
    let add: ToolInfo =
        serde_json::from_value(json!({ "namespace": "math", "name": "add", "output": true }))
            .unwrap();
    let host = Adding(Catalogue::from_tools(vec![add]));
    let sandbox = Sandbox::builder()
        .tools(ToolSet::empty())
        .host(Arc::new(host));
    let client = connect(&McpServer::new(sandbox.build().unwrap()), ()).await;
    let failing = "await math.add(); await $store.set('mine', 1); throw new Error('late')";
    let result = call(&client, failing).await;
    let told = "Nothing need be done twice: `await $store.get(\"run1.calls\")` has 1 result of these calls, each { tool, input, result }.";
    assert!(text(&result).contains(told), "{}", text(&result));
    let read = call(
        &client,
        "return [await $store.get('run1.calls'), await $store.get('mine')]",
    )
    .await;
    assert_eq!(
        value(&read),
        &json!([[{ "tool": "math.add", "result": 3 }], 1])
    );
}

/// A tool that returns 3.
struct Adding(Catalogue);

impl ToolHost for Adding {
    fn catalogue(&self) -> &Catalogue {
        &self.0
    }

    fn call(&self, _: usize, _: CallContext, _: String) -> HostedCall {
        Box::pin(std::future::ready(Ok("3".to_owned())))
    }
}
