//! Shapes of results that are learned from results, of a server that says what it is told to and of one as it is published.

use std::fs;

use codemode_mcp::{McpConfig, McpServers};
use codemode_runtime::{Outcome, Sandbox, SandboxBuilder, ToolSet};
use serde_json::{Value, json};

use crate::support::cli_in;
use crate::support::fixtures::{folder, repository};
use crate::support::mcp::published;

/// The servers with learning turned on: one that answers with the text it is given, and one as it is published.
fn configuration() -> Value {
    let script = repository().join("codemode-cli/tests/fixtures/server.mjs");
    let mut everything = published("everything", &[]);
    everything["learn"] = json!(true);
    json!({ "mcpServers": {
        "it": { "command": "node", "args": [script], "learn": true },
        "everything": everything,
    } })
}

/// A sandbox that knows what has been learned so far.
fn sandbox(servers: &McpServers) -> Sandbox {
    let hosts = servers.hosts().into_iter();
    let builder = Sandbox::builder().tools(ToolSet::empty());
    hosts.fold(builder, SandboxBuilder::host).build().unwrap()
}

async fn say(sandbox: &Sandbox, text: &str) -> Outcome {
    let input = json!({ "text": text });
    sandbox.run(format!("return await it.say({input})")).await
}

#[track_caller]
fn value(outcome: &Outcome) -> &Value {
    outcome
        .value()
        .unwrap_or_else(|| panic!("{:?}", outcome.error()))
}

fn declared(sandbox: &Sandbox) -> String {
    sandbox.catalogue().declarable().0
}

#[tokio::test]
async fn a_sandbox_gives_what_it_declares_and_the_next_one_knows_more() {
    let config: McpConfig = configuration().to_string().parse().unwrap();
    let servers = McpServers::start(config).await;

    let first = sandbox(&servers);
    let changed = servers.changed();
    assert!(declared(&first).contains("say(input: SayInput): Promise<string | McpContent[]>;"));
    let text = r#"[{ "id": 1, "name": "a" }, { "id": 2 }]"#;
    assert_eq!(value(&say(&first, text).await), text);
    // It stays as it was declared.
    assert_eq!(value(&say(&first, text).await), text);
    changed.await;

    let second = sandbox(&servers);
    let declarations = declared(&second);
    for part in [
        "What it returns was learned from 2 results; the server doesn't promise it.",
        "say(input: SayInput): Promise<{ id: number; name?: string }[]>;",
    ] {
        assert!(declarations.contains(part), "{part}: {declarations}");
    }
    assert_eq!(
        value(&say(&second, text).await),
        &json!([{ "id": 1, "name": "a" }, { "id": 2 }])
    );
    let outcome = say(&second, r#"[{ "id": null }]"#).await;
    let message = &outcome.error().unwrap().message;
    for part in [
        "it.say: the result isn't of the shape that was learned from earlier ones: `/0/id` is null, and declared as `number`",
        "This call was made",
        r#"Its result: [{ "id": null }]"#,
    ] {
        assert!(message.contains(part), "{part}: {message}");
    }

    let third = sandbox(&servers);
    assert_eq!(
        value(&say(&third, r#"[{ "id": null }]"#).await),
        &json!([{ "id": null }])
    );
    servers.close().await;
}

#[tokio::test]
async fn a_published_server_s_texts_become_values() {
    let config: McpConfig = configuration().to_string().parse().unwrap();
    let servers = McpServers::start(config).await;
    let script = "const found = await everything.getEnv(); return [typeof found, (found as any).HOME !== undefined]";
    let kinds = async || value(&sandbox(&servers).run(script).await).clone();
    assert_eq!(kinds().await, json!(["string", false]));
    assert_eq!(kinds().await, json!(["object", true]));
    let declarations = declared(&sandbox(&servers));
    assert_eq!(
        declarations.matches("was learned from").count(),
        1,
        "{declarations}"
    );
    servers.close().await;
}

#[test]
fn what_was_learned_is_kept_from_one_session_to_the_next() {
    let folder = folder("mcp-learned");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("mcp.json"), configuration().to_string()).unwrap();
    let run = |arguments: &[&str], input: &str| {
        let more = [
            "--no-tools",
            "--mcp-config",
            "mcp.json",
            "--learned",
            "learned.json",
        ];
        cli_in(&folder, &[arguments, &more].concat(), input)
    };
    let script = r#"return await it.say({ text: '{ "total": 3, "note": "canary" }' })"#;
    assert!(run(&["run", "-"], script).expect(0).stdout.starts_with('"'));
    let kept = fs::read_to_string(folder.join("learned.json")).unwrap();
    assert!(kept.contains("total") && !kept.contains("canary"), "{kept}");

    // Typed, so that a mistake shows before the call.
    let done = run(
        &["run", "-"],
        &format!("{script}.then((found) => found.total + 1)"),
    )
    .expect(0);
    assert_eq!(done.stdout, "4\n");
    let done = run(
        &["run", "-"],
        &format!("{script}.then((found) => found.totl)"),
    )
    .expect(1);
    done.complains(&["totl", "total"]);
    let prompt = run(&["prompt"], "").expect(0).stdout;
    assert!(prompt.contains("learned from 2 results"), "{prompt}");

    fs::write(folder.join("learned.json"), "mine").unwrap();
    run(&["run", "-"], script)
        .expect(2)
        .complains(&["learned.json"]);
}
