//! The tools of MCP servers in scripts: of servers as they are published, and of one that misbehaves as told.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use codemode_mcp::{McpConfig, McpEventKind, McpServers};
use codemode_runtime::{Limits, LogLevel, Outcome, Sandbox, SandboxBuilder, ToolSet};
use serde_json::{Value, json};

use crate::support::fixtures::{folder, repository};
use crate::support::mcp::{FreePort, published};
use crate::support::{cli_in, finish};

/// Long enough for a loaded machine; nothing takes it when all is well.
const PATIENCE: Duration = Duration::from_mins(1);

fn config(servers: &Value) -> McpConfig {
    json!({ "mcpServers": servers })
        .to_string()
        .parse()
        .unwrap()
}

fn builder(servers: &McpServers) -> SandboxBuilder {
    servers.hosts().into_iter().fold(
        Sandbox::builder().tools(ToolSet::empty()),
        SandboxBuilder::host,
    )
}

/// Runs one script against some servers.
async fn run(servers: &Value, script: &str) -> Outcome {
    let servers = McpServers::start(config(servers)).await;
    assert_eq!(servers.problems(), []);
    run_on(servers, script).await
}

async fn run_on(servers: McpServers, script: &str) -> Outcome {
    let outcome = builder(&servers).build().unwrap().run(script).await;
    servers.close().await;
    outcome
}

#[track_caller]
fn value(outcome: &Outcome) -> &Value {
    outcome
        .value()
        .unwrap_or_else(|| panic!("{:?}", outcome.error()))
}

/// The server that does as it is told, and the file in which it records what happens to it.
fn obedient(name: &str, environment: &[(&str, &str)]) -> (Value, PathBuf) {
    let folder = folder("mcp-servers");
    fs::create_dir_all(&folder).unwrap();
    let record = folder.join(format!("{name}.record"));
    let _ = fs::remove_file(&record);
    let mut variables = json!({ "RECORD": record });
    for (name, value) in environment {
        variables[name] = json!(value);
    }
    let script = repository().join("codemode-cli/tests/fixtures/server.mjs");
    (
        json!({ "command": "node", "args": [script], "env": variables }),
        record,
    )
}

/// Waits until the server has recorded something so many times.
async fn recorded(record: &Path, what: &str, times: usize) {
    let started = Instant::now();
    loop {
        let text = fs::read_to_string(record).unwrap_or_default();
        if text.lines().filter(|line| *line == what).count() >= times {
            return;
        }
        assert!(started.elapsed() < PATIENCE, "no {what:?} in {text}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn results_come_as_what_they_are() {
    let script = r#"
        const image = await everything.getTinyImage();
        if (typeof image === "string") throw new Error(image);
        const picture = image.find((part) => part.type === "image");
        const links = await everything.getResourceLinks({ count: 2 });
        const reference = await everything.getResourceReference({ resourceType: "Text", resourceId: 1 });
        return {
            text: await everything.echo({ message: "hello" }),
            structured: await everything.getStructuredContent({ location: "New York" }),
            picture: [picture.mediaType, picture.bytes instanceof Uint8Array, [...picture.bytes.slice(1, 4)]],
            links: links.filter((part) => part.type === "link").length,
            resource: reference.find((part) => part.type === "resource").text.length > 0,
        };"#;
    let outcome = run(
        &json!({ "everything": published("everything", &[]) }),
        script,
    )
    .await;
    let value = value(&outcome);
    assert_eq!(value["text"], "Echo: hello");
    assert_eq!(value["structured"]["temperature"], 33);
    assert_eq!(value["picture"], json!(["image/png", true, [80, 78, 71]]));
    assert_eq!(value["links"], 2);
    assert_eq!(value["resource"], true);
}

#[tokio::test]
async fn declarations_promise_what_a_server_promises_and_no_more() {
    let servers = json!({ "everything": published("everything", &[]) });
    let servers = McpServers::start(config(&servers)).await;
    let sandbox = builder(&servers).build().unwrap();
    let declarations = sandbox.catalogue().declarations().unwrap();
    for part in [
        "declare namespace everything {",
        "function echo(input: EchoInput): Promise<string | McpContent[]>;",
        "function getStructuredContent(input: GetStructuredContentInput): Promise<GetStructuredContentOutput>;",
        "bytes: Uint8Array",
    ] {
        assert!(
            declarations.contains(part),
            "{part} isn't in {declarations}"
        );
    }
}

#[tokio::test]
async fn what_a_server_says_on_the_way_is_in_the_log() {
    let script = "return await everything.triggerLongRunningOperation({ duration: 0.5, steps: 5 })";
    let outcome = run(
        &json!({ "everything": published("everything", &[]) }),
        script,
    )
    .await;
    assert!(value(&outcome).as_str().unwrap().contains("completed"));
    let steps: Vec<&str> = outcome
        .logs
        .iter()
        .filter(|line| line.level == LogLevel::Info)
        .map(|line| line.text.as_str())
        .collect();
    assert!(steps.contains(&"everything: 3 of 5"), "{steps:?}");
}

#[tokio::test]
async fn servers_keep_their_sessions_from_one_script_to_the_next() {
    let folder = folder("mcp-memory");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("list.txt"), "milk\nbread\n").unwrap();
    let servers = json!({
        "file-system": published("filesystem", &[folder.to_str().unwrap()]),
        "memory": published("memory", &[]),
    });
    let servers = McpServers::start(config(&servers)).await;
    assert_eq!(servers.problems(), []);
    let sandbox = builder(&servers).build().unwrap();
    let path = json!(folder.join("list.txt"));
    let first = format!(
        "const {{ content }} = await fileSystem.readTextFile({{ path: {path} }});
         const entities = content.trim().split('\\n').map((name) => ({{ name, entityType: 'food', observations: [] }}));
         await memory.createEntities({{ entities }});"
    );
    let outcome = sandbox.run(first).await;
    assert!(outcome.error().is_none(), "{:?}", outcome.error());
    let outcome = sandbox
        .run("return (await memory.readGraph()).entities.map((entity) => entity.name)")
        .await;
    assert_eq!(value(&outcome), &json!(["milk", "bread"]));
    servers.close().await;
}

#[tokio::test]
async fn a_server_s_errors_are_the_script_s_to_handle() {
    let (server, _) = obedient("errors", &[]);
    let servers = json!({
        "it": server,
        "files": published("filesystem", &[repository().to_str().unwrap()]),
    });
    let script = r#"
        const errors = [];
        for (const call of [
            () => files.readTextFile({ path: "/etc/passwd" }),
            () => files.readTextFile({ path: 3 as any }),
            () => it.protocolError(),
            () => it.invalidInput(),
            () => it.brokenPromise(),
            () => it.otherPage(),
        ]) {
            try { await call(); } catch (error) { errors.push(`${error.name}: ${error.message}`); }
        }
        return errors;"#;
    let servers = McpServers::start(config(&servers)).await;
    let outcome = builder(&servers).build().unwrap().run(script).await;
    servers.close().await;
    let errors = value(&outcome).as_array().unwrap();
    let expected = [
        ["ToolError: files.readTextFile: ", "Access denied"],
        ["files.readTextFile: ", "path"],
        ["ToolError: it.protocolError: ", "out of order"],
        ["TypeError: it.invalidInput: ", "not what goes with"],
        ["ToolError: it.brokenPromise: ", "sent none"],
        [
            "ToolError: it.otherPage: ",
            "isn't what the server has declared: `/rows/1/id` is a string, and declared as `number`; this is a fault of the server",
        ],
    ];
    for (error, parts) in errors.iter().zip(expected) {
        for part in parts {
            assert!(
                error.as_str().unwrap().contains(part),
                "{part}: {errors:#?}"
            );
        }
    }
    assert_eq!(errors.len(), expected.len());
}

#[tokio::test]
async fn a_result_that_is_as_declared_arrives_wherever_the_server_puts_it() {
    let (server, _) = obedient("pages", &[]);
    let script = "return [(await it.page()).rows, (await it.pageInText()).rows]";
    let servers = McpServers::start(config(&json!({ "it": server }))).await;
    let outcome = run_on(servers, script).await;
    assert_eq!(
        value(&outcome),
        &json!([[{ "id": 1, "more": "than promised" }], [{ "id": 3 }]])
    );
}

#[tokio::test]
async fn published_servers_keep_what_they_declare() {
    let folder = folder("mcp-kept");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("inner")).unwrap();
    fs::write(folder.join("note.txt"), "remember\n").unwrap();
    let mut memory = published("memory", &[]);
    memory["env"]["MEMORY_FILE_PATH"] = json!(folder.join("memory.jsonl"));
    let servers = json!({
        "files": published("filesystem", &[folder.to_str().unwrap()]),
        "memory": memory,
        "everything": published("everything", &[]),
    });
    let script = r#"
        const path = PATH, note = `${path}/note.txt`;
        const entity = { name: "milk", entityType: "food", observations: ["white"] };
        return [
            await files.listAllowedDirectories(),
            await files.listDirectory({ path }),
            await files.listDirectoryWithSizes({ path }),
            await files.directoryTree({ path }),
            await files.searchFiles({ path, pattern: "**/*.txt" }),
            await files.getFileInfo({ path: note }),
            await files.readMultipleFiles({ paths: [note] }),
            await files.readMediaFile({ path: note }),
            await files.writeFile({ path: `${path}/new.txt`, content: "new" }),
            await files.editFile({ path: note, edits: [{ oldText: "remember", newText: "forget" }] }),
            await files.createDirectory({ path: `${path}/more` }),
            await files.moveFile({ source: note, destination: `${path}/more/note.txt` }),
            await memory.createEntities({ entities: [entity, { ...entity, name: "cow" }] }),
            await memory.createRelations({ relations: [{ from: "cow", to: "milk", relationType: "gives" }] }),
            await memory.addObservations({ observations: [{ entityName: "cow", contents: ["large"] }] }),
            await memory.readGraph(),
            await memory.searchNodes({ query: "milk" }),
            await memory.openNodes({ names: ["cow"] }),
            await memory.deleteObservations({ deletions: [{ entityName: "cow", observations: ["large"] }] }),
            await memory.deleteRelations({ relations: [{ from: "cow", to: "milk", relationType: "gives" }] }),
            await memory.deleteEntities({ entityNames: ["cow", "milk"] }),
            await everything.getStructuredContent({ location: "Chicago" }),
        ].length;"#
        .replace("PATH", &json!(folder).to_string());
    assert_eq!(value(&run(&servers, &script).await), &json!(22));
}

#[tokio::test]
async fn a_server_that_does_not_start_is_reported_and_the_others_go_on() {
    let (refusing, _) = obedient("refusing", &[("REFUSE", "this environment")]);
    let (twin, _) = obedient("twin", &[]);
    let servers = json!({
        "everything": published("everything", &[]),
        "gone": { "command": "no-such-program-anywhere" },
        "refusing": refusing,
        "unset": { "command": "node", "env": { "A": "${NO_SUCH_VARIABLE_ANYWHERE}" } },
        "closed": { "url": "http://127.0.0.1:9/mcp" },
        "twin": twin.clone(),
        "Twin": twin,
    });
    let servers = McpServers::start(config(&servers)).await;
    let problems: Vec<String> = servers.problems().iter().map(ToString::to_string).collect();
    for part in [
        "the MCP server `gone`: `no-such-program-anywhere` can't be started",
        "the MCP server `refusing`: it doesn't answer as an MCP server does: it ended without an answer to `initialize`; it said: no start with this environment",
        "the MCP server `unset`: it needs the environment variable `NO_SUCH_VARIABLE_ANYWHERE`",
        "the MCP server `closed`: it can't be reached",
        "the MCP server `Twin`: another server has its name in scripts, so it is called `twin2` there",
    ] {
        assert!(
            problems.iter().any(|problem| problem.starts_with(part)),
            "{part}: {problems:#?}"
        );
    }
    let sandbox = builder(&servers).build().unwrap();
    let outcome = sandbox
        .run("return await everything.echo({ message: 'up' })")
        .await;
    assert_eq!(value(&outcome), "Echo: up");
    servers.close().await;
}

#[tokio::test]
async fn a_server_that_ends_is_started_again() {
    let (server, record) = obedient("crashing", &[]);
    let servers = McpServers::start(config(&json!({ "it": server }))).await;
    let sandbox = builder(&servers).build().unwrap();
    let outcome = sandbox.run("await it.crash()").await;
    let message = &outcome.error().unwrap().message;
    assert!(message.contains("was lost during the call"), "{message}");
    let outcome = sandbox.run("return (await it.leak()).length > 0").await;
    assert_eq!(value(&outcome), &json!(true));
    recorded(&record, "started", 2).await;
    // The call that broke the connection isn't repeated: it may have done its work.
    let calls = fs::read_to_string(&record).unwrap();
    assert_eq!(calls.matches("call crash").count(), 1, "{calls}");
    servers.close().await;
    recorded(&record, "ended", 1).await;
}

/// A published server that leaves its process's number in a file whenever it starts.
#[cfg(unix)]
fn published_with_number(name: &str) -> (Value, PathBuf) {
    let mut server = published(name, &[]);
    let folder = folder("mcp-servers");
    fs::create_dir_all(&folder).unwrap();
    let numbers = folder.join(format!("{name}.numbers"));
    let _ = fs::remove_file(&numbers);
    server["env"]["NUMBERS"] = json!(numbers);
    server["args"] = json!([
        "-c",
        "echo $$ >> \"$NUMBERS\"; exec node \"$0\"",
        server["args"][0]
    ]);
    server["command"] = json!("sh");
    (server, numbers)
}

#[cfg(unix)]
#[tokio::test]
async fn a_published_server_that_is_killed_is_started_again() {
    let (server, numbers) = published_with_number("memory");
    let servers = McpServers::start(config(&json!({ "memory": server }))).await;
    let sandbox = builder(&servers).build().unwrap();
    let script = "return Array.isArray((await memory.readGraph()).entities)";
    assert_eq!(value(&sandbox.run(script).await), &json!(true));
    let number = fs::read_to_string(&numbers).unwrap();
    let killed = std::process::Command::new("kill")
        .args(["-9", number.trim()])
        .status();
    assert!(killed.unwrap().success());
    let started = Instant::now();
    // A call may come before it is noticed, and then it is lost.
    while sandbox.run(script).await.value() != Some(&json!(true)) {
        assert!(started.elapsed() < PATIENCE, "it isn't started again");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(fs::read_to_string(&numbers).unwrap().lines().count(), 2);
    servers.close().await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_published_server_whose_work_is_cancelled_goes_on_with_other_work() {
    let (server, numbers) = published_with_number("everything");
    let servers = McpServers::start(config(&json!({ "everything": server }))).await;
    let limits = Limits {
        wall_time: Duration::from_millis(1500),
        ..Limits::default()
    };
    let sandbox = builder(&servers).limits(limits).build().unwrap();
    let work = "return await everything.triggerLongRunningOperation({ duration: 60, steps: 600 })";
    let outcome = sandbox.run(work).await;
    assert_eq!(outcome.error().unwrap().kind.as_str(), "timeout");
    let outcome = sandbox
        .run("return await everything.echo({ message: \"still here\" })")
        .await;
    assert!(value(&outcome).as_str().unwrap().contains("still here"));
    assert_eq!(fs::read_to_string(&numbers).unwrap().lines().count(), 1);
    servers.close().await;
}

#[tokio::test]
async fn a_call_that_nobody_waits_for_is_cancelled() {
    let (server, record) = obedient("waiting", &[]);
    let servers = McpServers::start(config(&json!({ "it": server }))).await;
    let limits = Limits {
        wall_time: Duration::from_millis(500),
        ..Limits::default()
    };
    let sandbox = builder(&servers).limits(limits).build().unwrap();
    let outcome = sandbox.run("await it.wait()").await;
    assert_eq!(outcome.error().unwrap().kind.as_str(), "timeout");
    recorded(&record, "notifications/cancelled", 1).await;
    servers.close().await;
}

#[tokio::test]
async fn a_call_without_an_answer_ends_after_the_server_s_time() {
    let (mut server, record) = obedient("slow", &[]);
    server["timeout"] = json!("300ms");
    let servers = McpServers::start(config(&json!({ "it": server }))).await;
    let outcome = builder(&servers)
        .build()
        .unwrap()
        .run("await it.wait()")
        .await;
    let message = &outcome.error().unwrap().message;
    assert!(message.contains("didn't answer within 300ms"), "{message}");
    recorded(&record, "notifications/cancelled", 1).await;
}

#[tokio::test]
async fn progress_is_a_sign_of_life_and_silence_is_not() {
    let mut server = published("everything", &[]);
    server["timeout"] = json!("2s");
    let servers = McpServers::start(config(&json!({ "everything": server }))).await;
    let sandbox = builder(&servers).build().unwrap();
    let work = |steps: u32| {
        format!(
            "return await everything.triggerLongRunningOperation({{ duration: 4, steps: {steps} }})"
        )
    };
    let outcome = sandbox.run(work(1)).await;
    let message = &outcome.error().unwrap().message;
    assert!(message.contains("didn't answer within 2s"), "{message}");
    let outcome = sandbox.run(work(16)).await;
    assert!(value(&outcome).as_str().unwrap().contains("completed"));
    servers.close().await;
}

#[tokio::test]
async fn new_tools_of_a_server_are_there_for_the_next_sandbox() {
    let (server, _) = obedient("growing", &[]);
    let servers = McpServers::start(config(&json!({ "it": server }))).await;
    let sandbox = builder(&servers).build().unwrap();
    assert!(
        !sandbox
            .catalogue()
            .tools()
            .iter()
            .any(|tool| tool.name == "grown")
    );
    let changed = servers.changed();
    sandbox.run("await it.grow()").await;
    tokio::time::timeout(PATIENCE, changed).await.unwrap();
    let sandbox = builder(&servers).build().unwrap();
    let outcome = sandbox.run("return await it.grown()").await;
    assert_eq!(value(&outcome), "here I am");
    servers.close().await;
}

#[tokio::test]
async fn a_list_of_tools_that_does_not_end_is_none() {
    let (server, record) = obedient("endless", &[("ENDLESS", "yes")]);
    let servers = McpServers::start(config(&json!({ "it": server }))).await;
    let problems: Vec<String> = servers.problems().iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "the MCP server `it`: its list of tools has no end: it goes on where it has been already, or with nothing new"
        ]
    );
    servers.close().await;
    // A cursor that comes again says enough.
    let asked = fs::read_to_string(&record).unwrap();
    assert_eq!(asked.matches("tools/list\n").count(), 2, "{asked}");
}

#[tokio::test]
async fn a_server_that_never_stops_changing_is_asked_now_and_then() {
    let (server, record) = obedient("flooding", &[("FLOOD", "yes")]);
    let servers = McpServers::start(config(&json!({ "it": server }))).await;
    let changed = servers.changed();
    // The same tools are no other tools.
    let waited = tokio::time::timeout(Duration::from_secs(2), changed).await;
    assert!(waited.is_err(), "they are other tools");
    let outcome = builder(&servers)
        .build()
        .unwrap()
        .run("return (await it.leak()).length > 0")
        .await;
    assert_eq!(value(&outcome), &json!(true));
    let started = Instant::now();
    servers.close().await;
    assert!(
        started.elapsed() < Duration::from_secs(9),
        "{:?}",
        started.elapsed()
    );
    let asked = fs::read_to_string(&record).unwrap();
    let asked = asked.matches("tools/list\n").count();
    assert!((2..20).contains(&asked), "{asked}");
}

#[tokio::test]
async fn a_server_is_reached_over_http_and_again_after_it_was_started_anew() {
    let port = FreePort::find();
    let first = port.serve_everything();
    let url = format!("http://127.0.0.1:{}/mcp", port.number());
    let servers = McpServers::start(config(&json!({ "remote": { "url": url } }))).await;
    assert_eq!(servers.problems(), []);
    let sandbox = builder(&servers).build().unwrap();
    let echo = "return await remote.echo({ message: 'far' })";
    assert_eq!(value(&sandbox.run(echo).await), "Echo: far");

    drop(first);
    let outcome = sandbox.run(echo).await;
    assert!(outcome.error().is_some());
    let _second = port.serve_everything();
    let started = Instant::now();
    loop {
        let outcome = sandbox.run(echo).await;
        if outcome.error().is_none() {
            break;
        }
        assert!(started.elapsed() < PATIENCE, "{:?}", outcome.error());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    servers.close().await;
}

#[tokio::test]
async fn credentials_never_get_to_where_scripts_and_models_are() {
    // With what is written otherwise in JSON and in addresses.
    const CANARY: &str = "canary/7f3a\"9c";
    let (server, _) = obedient("leaking", &[("TOKEN", CANARY)]);
    let (refusing, _) = obedient("refusing-2", &[("TOKEN", CANARY), ("REFUSE", CANARY)]);
    let servers = json!({
        "it": server,
        "everything": published_with_env("everything", &[("API_KEY", CANARY)]),
        "refusing": refusing,
        "closed": {
            "url": format!("http://127.0.0.1:9/mcp?token={}", CANARY.replace('"', "%22")),
            "headers": { "Authorization": format!("Bearer {CANARY}"), "X-Key": CANARY },
        },
    });
    let events = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let heard = std::sync::Arc::clone(&events);
    let servers = McpServers::start_with_events(config(&servers), move |event| {
        heard.lock().unwrap().push(event.clone());
    })
    .await;
    let sandbox = builder(&servers).discovery().build().unwrap();
    let outcome = sandbox
        .run(
            r#"
            const [file] = await it.leakAsFile();
            const seen = [await everything.getEnv(), await it.leak(), await it.leakEncoded(), String.fromCharCode(...file.bytes)];
            for (const call of [it.leakInError, it.protocolError, it.invalidInput]) {
                try { await call(); } catch (error) { seen.push(String(error)); }
            }
            console.log(seen, await $tools.describe({ names: ["it"] }));
            if (seen.some((text) => !text.includes("[secret]"))) throw new Error("something else was meant to be there");
            return seen;"#,
        )
        .await;
    assert!(outcome.error().is_none(), "{:?}", outcome.error());
    let problems = servers.problems();
    assert!(problems.iter().any(|problem| problem.server == "refusing"));
    assert!(problems.iter().any(|problem| problem.server == "closed"));
    let events = events.lock().unwrap().clone();
    assert!(
        events.iter().any(
            |event| matches!(&event.kind, McpEventKind::Said(line) if line.contains("[secret]"))
        )
    );
    for (place, text) in [
        ("outcome", serde_json::to_string(&outcome).unwrap()),
        ("declarations", sandbox.catalogue().declarations().unwrap()),
        ("problems", format!("{problems:?}")),
        ("events", format!("{events:?}")),
    ] {
        let forms = ["canary/", "canary%2F", "Y2FuYXJ5", "NhbmFyeS", "jYW5hcnkv"];
        for form in forms {
            assert!(!text.contains(form), "{place}: {text}");
        }
    }
    servers.close().await;
}

fn published_with_env(name: &str, environment: &[(&str, &str)]) -> Value {
    let mut server = published(name, &[]);
    for (name, value) in environment {
        server["env"][name] = json!(value);
    }
    server
}

#[test]
fn a_server_gets_none_of_our_own_variables() {
    let folder = folder("mcp-environment");
    fs::create_dir_all(&folder).unwrap();
    let servers = json!({ "mcpServers": { "everything": published("everything", &[]) } });
    fs::write(folder.join("mcp.json"), servers.to_string()).unwrap();
    let mut command = crate::support::command(env!("CARGO_BIN_EXE_codemode-cli"));
    command
        .args(["run", "-", "--no-tools", "--mcp-config", "mcp.json"])
        .env("OUR_OWN_VARIABLE", "ours alone")
        .current_dir(&folder);
    let done = finish(
        command,
        "return JSON.parse(await everything.getEnv() as string)",
    )
    .expect(0);
    assert!(done.stdout.contains("\"PATH\""), "{}", done.stdout);
    assert!(!done.stdout.contains("ours alone"), "{}", done.stdout);
}

#[test]
fn the_command_line_takes_a_client_s_configuration() {
    let folder = folder("mcp-config");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("note.txt"), "remember").unwrap();
    let servers = json!({ "mcpServers": {
        "files": published("filesystem", &["."]),
        "gone": { "command": "no-such-program-anywhere" },
    } });
    fs::write(folder.join("mcp.json"), servers.to_string()).unwrap();
    let with_servers = |arguments: &[&str], input: &str| {
        let more = ["--no-tools", "--mcp-config", "mcp.json"];
        cli_in(&folder, &[arguments, &more].concat(), input)
    };
    let script = "return (await files.readTextFile({ path: 'note.txt' })).content";
    let done = with_servers(&["run", "-"], script).expect(0);
    assert_eq!(done.stdout, "\"remember\"\n");
    done.complains(&[
        "warning: the MCP server `gone`: `no-such-program-anywhere` can't be started",
    ]);

    let done = with_servers(&["prompt"], "").expect(0);
    assert!(
        done.stdout.contains("declare namespace files {"),
        "{}",
        done.stdout
    );
    let done = with_servers(&["list"], "").expect(0);
    assert!(
        done.stdout.contains("files.readTextFile "),
        "{}",
        done.stdout
    );

    let done = cli_in(
        &folder,
        &["run", "-", "--no-tools", "--mcp-config", "gone.json"],
        "",
    );
    done.expect(2).complains(&["can't read gone.json"]);
}
