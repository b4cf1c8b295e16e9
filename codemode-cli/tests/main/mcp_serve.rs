//! `codemode-cli serve` and the server behind it, seen by two clients: that of the SDK, and the inspector.

use std::fs;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use codemode_mcp::{Approval, McpServer, McpServers, Profile};
use codemode_runtime::{PolicyFile, Sandbox, SandboxBuilder, ToolSet};
use rmcp::model::{
    CallToolRequestParams, CallToolResult, ClientCapabilities, ElicitRequestParams, ElicitResult,
    ElicitationAction, Implementation, InitializeRequestParams, ProgressNotificationParam,
    ReadResourceRequestParams, ResourceContents,
};
use rmcp::service::{NotificationContext, RequestContext, RunningService};
use rmcp::transport::TokioChildProcess;
use rmcp::{ClientHandler, ErrorData, RoleClient, ServiceExt as _};
use serde_json::{Value, json};

use crate::support::cli_on;
use crate::support::fixtures::{folder, target_folder, workspace};
use crate::support::mcp::{connect, inspector, published};

const PATIENCE: Duration = Duration::from_mins(1);

/// What a client has heard.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<String>>>);

impl Heard {
    fn add(&self, what: String) {
        self.0.lock().unwrap().push(what);
    }

    fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    /// Waits until exactly this has been heard, in any order: notifications come before a result, but are handled beside it.
    async fn becomes(&self, expected: &[&str]) {
        let started = Instant::now();
        loop {
            let mut heard = self.all();
            heard.sort();
            if heard == expected {
                return;
            }
            assert!(started.elapsed() < PATIENCE, "{heard:?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// A client that writes down what it hears, and answers each question as it is told to.
#[derive(Clone, Default)]
struct Client {
    heard: Heard,
    answer: Option<Answer>,
}

#[derive(Clone, Copy)]
enum Answer {
    Accept,
    AcceptAlways,
    Decline,
}

#[expect(deprecated, reason = "clients of today get log messages")]
impl ClientHandler for Client {
    fn get_info(&self) -> InitializeRequestParams {
        let capabilities = match self.answer {
            None => ClientCapabilities::default(),
            Some(_) => ClientCapabilities::builder().enable_elicitation().build(),
        };
        InitializeRequestParams::new(capabilities, Implementation::new("test", "0"))
    }

    async fn create_elicitation(
        &self,
        request: ElicitRequestParams,
        _context: RequestContext<RoleClient>,
    ) -> Result<ElicitResult, ErrorData> {
        if let ElicitRequestParams::FormElicitationParams { message, .. } = request {
            self.heard.add(message);
        }
        Ok(match self.answer {
            Some(Answer::Accept) => ElicitResult::new(ElicitationAction::Accept),
            Some(Answer::AcceptAlways) => {
                ElicitResult::new(ElicitationAction::Accept).with_content(json!({ "always": true }))
            }
            Some(Answer::Decline) | None => ElicitResult::new(ElicitationAction::Decline),
        })
    }

    async fn on_progress(
        &self,
        progress: ProgressNotificationParam,
        _context: NotificationContext<RoleClient>,
    ) {
        let message = progress.message.unwrap_or_default();
        self.heard.add(format!("{} {message}", progress.progress));
    }

    async fn on_logging_message(
        &self,
        message: rmcp::model::LoggingMessageNotificationParam,
        _context: NotificationContext<RoleClient>,
    ) {
        self.heard.add(format!("log: {}", message.data));
    }

    async fn on_tool_list_changed(&self, _context: NotificationContext<RoleClient>) {
        self.heard.add("other tools".to_owned());
    }

    async fn on_resource_list_changed(&self, _context: NotificationContext<RoleClient>) {
        self.heard.add("other resources".to_owned());
    }
}

type Session = RunningService<RoleClient, Client>;

/// A sandbox with the tools of published servers. They end with the first value.
async fn everything() -> (McpServers, Sandbox) {
    let config = json!({ "mcpServers": { "everything": published("everything", &[]) } });
    let servers = McpServers::start(config.to_string().parse().unwrap()).await;
    assert_eq!(servers.problems(), []);
    let sandbox = sandbox(&servers);
    (servers, sandbox)
}

fn sandbox(servers: &McpServers) -> Sandbox {
    with_servers(Sandbox::builder(), servers)
}

fn with_servers(builder: SandboxBuilder, servers: &McpServers) -> Sandbox {
    let mut builder = builder.tools(ToolSet::empty()).discovery();
    for host in servers.hosts() {
        builder = builder.host(host);
    }
    builder.build().unwrap()
}

async fn call(session: &Session, tool: &str, arguments: Value) -> CallToolResult {
    let Value::Object(arguments) = arguments else {
        panic!("arguments are an object")
    };
    let call = CallToolRequestParams::new(tool.to_owned()).with_arguments(arguments);
    session.call_tool(call).await.unwrap()
}

async fn run(session: &Session, script: &str) -> CallToolResult {
    call(session, "run", json!({ "script": script })).await
}

fn text(result: &CallToolResult) -> &str {
    &result.content[0].as_text().unwrap().text
}

#[tokio::test]
async fn a_client_finds_functions_reads_their_types_and_runs_a_script() {
    let (_servers, sandbox) = everything().await;
    let session = connect(&McpServer::new(sandbox), Client::default()).await;

    let info = session.peer_info().unwrap();
    let instructions = info.instructions.clone().unwrap();
    // So few functions that their declarations have room.
    assert!(
        instructions.contains("declare namespace everything {"),
        "{instructions}"
    );
    assert!(codemode_runtime::estimate_tokens(&instructions) <= 1_000);
    let tools = session.list_all_tools().await.unwrap();
    let names: Vec<&str> = tools.iter().map(|tool| &*tool.name).collect();
    assert_eq!(names, ["search", "describe", "run"]);

    let found = call(&session, "search", json!({ "query": "add two numbers" })).await;
    assert!(
        text(&found).contains("function getSum("),
        "{}",
        text(&found)
    );
    // A client that shows data instead of text would show the declarations escaped.
    assert!(found.structured_content.is_none());

    let described = call(
        &session,
        "describe",
        json!({ "names": ["everything.getSum"] }),
    )
    .await;
    assert!(
        text(&described).contains("function getSum(input:"),
        "{}",
        text(&described)
    );

    let outcome = run(&session, "return await everything.getSum({ a: 2, b: 3 })").await;
    assert_eq!(outcome.is_error, Some(false));
    assert!(
        text(&outcome).contains("The sum of 2 and 3 is 5."),
        "{}",
        text(&outcome)
    );
    let structured = outcome.structured_content.unwrap();
    assert_eq!(structured["status"], "ok");
    assert_eq!(structured["calls"][0]["tool"], "everything.getSum");
}

#[tokio::test]
async fn what_goes_wrong_is_a_result_that_a_model_can_read() {
    let (_servers, sandbox) = everything().await;
    let session = connect(&McpServer::new(sandbox), Client::default()).await;
    let cases = [
        (
            call(
                &session,
                "describe",
                json!({ "names": ["everything.getSumm"] }),
            )
            .await,
            "the nearest are everything.getSum",
        ),
        (
            run(&session, "throw new RangeError('too far')").await,
            "RangeError: too far",
        ),
        (run(&session, "const x = ;").await, "line 1, column"),
        (run(&session, "await everything.echo({})").await, "message"),
    ];
    for (result, expected) in cases {
        assert_eq!(result.is_error, Some(true), "{expected}");
        assert!(
            text(&result).contains(expected),
            "{expected}: {}",
            text(&result)
        );
    }
    let wrong = CallToolRequestParams::new("run");
    let error = session.call_tool(wrong).await.unwrap_err().to_string();
    assert!(error.contains("missing field `script`"), "{error}");
    let unknown = CallToolRequestParams::new("execute");
    let error = session.call_tool(unknown).await.unwrap_err().to_string();
    assert!(
        error.contains("there are `search`, `describe` and `run`"),
        "{error}"
    );
}

#[tokio::test]
async fn declarations_are_resources() {
    let (_servers, sandbox) = everything().await;
    let session = connect(&McpServer::new(sandbox), Client::default()).await;
    let listed = session.list_all_resources().await.unwrap();
    let uris: Vec<&str> = listed
        .iter()
        .map(|resource| resource.uri.as_str())
        .collect();
    assert_eq!(
        uris,
        [
            "codemode://declarations.d.ts",
            "codemode://namespaces/everything.d.ts"
        ]
    );
    for uri in uris {
        let read = session
            .read_resource(ReadResourceRequestParams::new(uri))
            .await
            .unwrap();
        let ResourceContents::TextResourceContents { text, .. } = &read.contents[0] else {
            panic!("a text")
        };
        assert!(text.contains("declare namespace everything {"), "{text}");
    }
    let gone = ReadResourceRequestParams::new("codemode://namespaces/gone.d.ts");
    let error = session.read_resource(gone).await.unwrap_err().to_string();
    assert!(error.contains("there is no resource"), "{error}");
}

#[tokio::test]
async fn a_client_hears_what_a_script_prints_and_calls_while_it_runs() {
    let (_servers, sandbox) = everything().await;
    let client = Client::default();
    let session = connect(&McpServer::new(sandbox), client.clone()).await;
    let script =
        "console.log('begin'); await everything.echo({ message: 'x' }); console.warn('end')";
    let result = run(&session, script).await;
    assert_eq!(result.is_error, Some(false));
    let expected = [
        "1 everything.echo is called",
        "2 everything.echo returned",
        "log: \"begin\"",
        "log: \"end\"",
    ];
    client.heard.becomes(&expected).await;
}

#[tokio::test]
async fn pictures_and_files_reach_the_client_as_such() {
    let (_servers, sandbox) = everything().await;
    let session = connect(&McpServer::new(sandbox), Client::default()).await;
    // A server's picture goes through the script and out again.
    let script = r#"
        const parts = await everything.getTinyImage();
        if (typeof parts === "string") throw new Error(parts);
        for (const part of parts) if (part.type === "image") await output.image(part.bytes, part.mediaType);
        await output.file("a,b", "text/csv", "table.csv");"#;
    let result = run(&session, script).await;
    assert_eq!(result.is_error, Some(false), "{}", text(&result));
    let image = result.content[1].as_image().unwrap();
    assert_eq!(image.mime_type, "image/png");
    assert!(image.data.starts_with("iVBORw0KGgo"), "{}", image.data);
    let ResourceContents::BlobResourceContents {
        uri,
        mime_type,
        blob,
        ..
    } = &result.content[2].as_resource().unwrap().resource
    else {
        panic!("bytes")
    };
    assert_eq!(uri, "codemode://attachments/1/table.csv");
    assert_eq!(mime_type.as_deref(), Some("text/csv"));
    assert_eq!(blob, "YSxi");
}

#[tokio::test]
async fn a_script_stops_when_its_client_cancels() {
    let (_servers, sandbox) = everything().await;
    let client = Client::default();
    let session = connect(&McpServer::new(sandbox), client.clone()).await;
    let script =
        "for (;;) { console.log('on'); await new Promise((next) => setTimeout(next, 50)); }";
    let running = tokio::time::timeout(Duration::from_millis(500), run(&session, script)).await;
    // Giving the call up tells the server.
    assert!(running.is_err());
    let started = Instant::now();
    loop {
        let before = client.heard.all().len();
        tokio::time::sleep(Duration::from_millis(500)).await;
        if before > 0 && client.heard.all().len() == before {
            break;
        }
        assert!(started.elapsed() < PATIENCE, "the script goes on");
    }
}

#[tokio::test]
async fn a_person_is_asked_where_that_is_wished_and_the_client_can() {
    let (_servers, sandbox) = everything().await;
    let script =
        "await everything.echo({ message: 'a' }); return await everything.echo({ message: 'b' })";
    let ask = |script: &'static str, answer| {
        let sandbox = sandbox.clone();
        async move {
            let server = McpServer::with(sandbox, Profile::Scripts, Approval::Always);
            let client = Client {
                answer,
                ..Client::default()
            };
            let session = connect(&server, client.clone()).await;
            let result = run(&session, script).await;
            (
                text(&result).to_owned(),
                client
                    .heard
                    .all()
                    .into_iter()
                    .filter(|line| line.contains("wants to call"))
                    .collect::<Vec<_>>(),
            )
        }
    };
    let (result, questions) = ask(script, Some(Answer::Accept)).await;
    assert!(result.contains("Echo: b"), "{result}");
    assert_eq!(
        questions,
        [
            "A script wants to call everything.echo({\"message\":\"a\"}). Is that all right?",
            "A script wants to call everything.echo({\"message\":\"b\"}). Is that all right?",
        ]
    );
    let (result, questions) = ask(script, Some(Answer::AcceptAlways)).await;
    assert!(result.contains("Echo: b"), "{result}");
    assert_eq!(questions.len(), 1);
    // Nobody can look at more than one question, and the first answer is the one to all.
    let at_once = "const echo = (message: string) => everything.echo({ message });
                   return await Promise.all(['a', 'b', 'c'].map(echo))";
    let (result, questions) = ask(at_once, Some(Answer::AcceptAlways)).await;
    assert!(result.contains("Echo: c"), "{result}");
    assert_eq!(questions.len(), 1);
    let (result, questions) = ask(script, Some(Answer::Decline)).await;
    assert!(result.contains("declined this call"), "{result}");
    assert_eq!(questions.len(), 1);
    let (result, _) = ask(script, None).await;
    assert!(result.contains("has no way to ask"), "{result}");
}

/// Questions about `b`, two calls a session, and nothing but `echo`.
const POLICY: &str = "
    default = 'deny'
    [[rules]]
    tools = 'everything.echo'
    limit = { calls = 2, per = 'session' }
    [[rules]]
    tools = 'everything.echo'
    source = 'mcp'
    where = { message = 'b' }
    ask = 'May it say b?'
    [[rules]]
    tools = 'everything.echo'
    allow = true";

#[tokio::test]
async fn a_policy_file_asks_through_the_client_and_counts_by_session() {
    let (servers, _) = everything().await;
    let policy = PolicyFile::parse("policy.toml", POLICY).unwrap();
    let sandbox = with_servers(Sandbox::builder().policy(policy), &servers);
    let server = McpServer::new(sandbox);
    for (answer, said) in [
        (Some(Answer::Accept), "Echo: b"),
        (Some(Answer::Decline), "declined this call"),
        (None, "has no way to ask"),
    ] {
        let client = Client {
            answer,
            ..Client::default()
        };
        // Another session, with calls of its own.
        let session = connect(&server, client.clone()).await;
        let echo = |message| format!("return await everything.echo({{ message: '{message}' }})");
        let result = run(&session, &echo("b")).await;
        assert!(text(&result).contains(said), "{}", text(&result));
        let questions = client.heard.all();
        let asked = "May it say b?\n\nA script wants to call everything.echo({\"message\":\"b\"}). Is that all right?";
        assert_eq!(questions.iter().any(|line| line == asked), answer.is_some());
        for said in ["Echo: a", "no more than 2 calls a session may be made"] {
            let result = run(&session, &echo("a")).await;
            assert!(text(&result).contains(said), "{}", text(&result));
        }
    }
}

#[tokio::test]
async fn a_policy_file_holds_for_the_tools_by_themselves() {
    let (servers, _) = everything().await;
    let policy = PolicyFile::parse("policy.toml", POLICY).unwrap();
    let sandbox = with_servers(Sandbox::builder().policy(policy), &servers);
    let server = McpServer::with(sandbox, Profile::Direct, Approval::Never);
    let session = connect(&server, Client::default()).await;
    let tools = session.list_all_tools().await.unwrap();
    let names: Vec<&str> = tools.iter().map(|tool| &*tool.name).collect();
    assert_eq!(names, ["everything__echo"]);
    let description = tools[0].description.as_deref().unwrap_or_default();
    assert!(
        description.ends_with("A person is asked before some calls."),
        "{description}"
    );
    for (message, said) in [("a", "Echo: a"), ("b", "has no way to ask")] {
        let result = call(&session, "everything__echo", json!({ "message": message })).await;
        assert!(text(&result).contains(said), "{}", text(&result));
    }
}

#[tokio::test]
async fn nobody_is_asked_about_what_changes_nothing() {
    let (_servers, sandbox) = everything().await;
    let server = McpServer::with(sandbox, Profile::Scripts, Approval::Changes);
    let session = connect(&server, Client::default()).await;
    // This one says of itself that it only reads; looking up tools changes nothing either.
    let script =
        "await $tools.search({ query: 'x' }); return await everything.echo({ message: 'a' })";
    let result = run(&session, script).await;
    assert!(text(&result).contains("Echo: a"), "{}", text(&result));
}

#[tokio::test]
async fn the_direct_profile_has_the_tools_themselves() {
    let (_servers, sandbox) = everything().await;
    let server = McpServer::with(sandbox, Profile::Direct, Approval::Never);
    let session = connect(&server, Client::default()).await;
    let tools = session.list_all_tools().await.unwrap();
    assert!(tools.iter().any(|tool| tool.name == "everything__getSum"));
    assert!(
        !tools
            .iter()
            .any(|tool| tool.name.contains('.') || tool.name == "run")
    );

    let sum = call(&session, "everything__getSum", json!({ "a": 1, "b": 2 })).await;
    assert!(text(&sum).contains("is 3"), "{sum:?}");
    let weather = call(
        &session,
        "everything__getStructuredContent",
        json!({ "location": "Chicago" }),
    )
    .await;
    assert!(weather.structured_content.unwrap()["temperature"].is_number());
    let image = call(&session, "everything__getTinyImage", json!({})).await;
    assert!(text(&image).contains("image/png"), "{image:?}");
    let odd = json!({ "message": "a", "__proto__": { "message": "b" } });
    let echo = call(&session, "everything__echo", odd).await;
    assert!(text(&echo).contains("Echo: a"), "{echo:?}");
    let failed = call(&session, "everything__echo", json!({ "message": 3 })).await;
    assert_eq!(failed.is_error, Some(true));
}

#[tokio::test]
async fn clients_are_told_of_other_tools() {
    let (servers, sandbox) = everything().await;
    let empty = Sandbox::builder().tools(ToolSet::empty()).build().unwrap();
    for (profile, expected) in [
        (Profile::Scripts, vec!["other resources"]),
        (Profile::Direct, vec!["other resources", "other tools"]),
    ] {
        let server = McpServer::with(empty.clone(), profile, Approval::Never);
        let client = Client::default();
        let session = connect(&server, client.clone()).await;
        assert_eq!(session.list_all_resources().await.unwrap().len(), 1);
        server.replace(sandbox.clone());
        client.heard.becomes(&expected).await;
        assert_eq!(session.list_all_resources().await.unwrap().len(), 2);
    }
    servers.close().await;
}

/// The entry of `codemode-cli serve` over a fixture's tools and a file-system server, as a client is configured.
fn served(name: &str) -> (std::path::PathBuf, Vec<String>) {
    let folder = folder(name);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("words.txt"), "one two three").unwrap();
    let config =
        json!({ "mcpServers": { "files": published("filesystem", &[folder.to_str().unwrap()]) } });
    fs::write(folder.join("mcp.json"), config.to_string()).unwrap();
    // Clients wait for a server for some seconds only, so it is built before.
    cli_on("fixture-tools", &["list"], "").expect(0);
    let manifest = workspace().join("Cargo.toml");
    let servers = folder.join("mcp.json");
    let arguments = [
        "serve",
        "--manifest-path",
        manifest.to_str().unwrap(),
        "-p",
        "fixture-tools",
        "--mcp-config",
        servers.to_str().unwrap(),
    ];
    (folder.clone(), arguments.map(str::to_owned).into())
}

fn cli(arguments: &[String]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_codemode-cli"));
    command
        .args(arguments)
        .env("CARGO_TARGET_DIR", target_folder())
        .env("CARGO_NET_OFFLINE", "true");
    command
}

#[tokio::test]
async fn over_standard_input_and_output_rust_tools_and_a_server_s_work_together() {
    let (folder, arguments) = served("serve-stdio");
    let command = tokio::process::Command::from(cli(&arguments));
    let session = Client::default()
        .serve(TokioChildProcess::new(command).unwrap())
        .await
        .unwrap();
    let path = json!(folder.join("words.txt"));
    let script = format!(
        "const {{ content }} = await files.readTextFile({{ path: {path} }});
         const found = await $tools.search({{ query: 'read text file' }});
         return {{ words: content.split(' ').length, sum: await math.add({{ a: 1, b: 2 }}), first: found.tools[0].name }};"
    );
    let result = run(&session, &script).await;
    let value = result.structured_content.unwrap()["value"].clone();
    assert_eq!(value["words"], 3, "{value}");
    assert_eq!(value["first"], "files.readTextFile");
    session.cancel().await.unwrap();
}

#[test]
fn the_inspector_lists_tools_and_runs_a_script() {
    let (folder, arguments) = served("serve-inspector");
    // As the README tells a newcomer to write it, with what the tests' own builds need.
    let entry = json!({
        "command": env!("CARGO_BIN_EXE_codemode-cli"),
        "args": arguments,
        "env": { "CARGO_TARGET_DIR": target_folder(), "CARGO_NET_OFFLINE": "true" },
    });
    let client = json!({ "mcpServers": { "codemode": entry } });
    fs::write(folder.join("client.json"), client.to_string()).unwrap();
    let ask = |method: &[&str]| {
        let mut command = inspector();
        command
            .args(["--cli", "--config", "client.json", "--server", "codemode"])
            .args(method)
            .current_dir(&folder);
        let output = command.stdin(Stdio::null()).output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{stderr}");
        serde_json::from_slice::<Value>(&output.stdout).unwrap_or_else(|error| {
            panic!(
                "{error}: {}\n{stderr}",
                String::from_utf8_lossy(&output.stdout)
            )
        })
    };
    let listed = ask(&["--method", "tools/list"]);
    assert_eq!(listed["tools"][2]["name"], "run", "{listed:#}");
    let path = json!(folder.join("words.txt"));
    let script = format!("script=return (await files.readTextFile({{ path: {path} }})).content");
    let ran = ask(&[
        "--method",
        "tools/call",
        "--tool-name",
        "run",
        "--tool-arg",
        &script,
    ]);
    assert_eq!(
        ran["structuredContent"]["value"], "one two three",
        "{ran:#}"
    );
}
