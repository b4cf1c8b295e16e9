//! A configuration is read in the forms in which people have it. One odd entry costs that entry and is told, with the name of
//! its server, the file and the line.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::{HttpServer, configuration, configuration_file, outcome, run_cli, stdio};

/// The entry of a server that works, as text.
fn good() -> String {
    stdio("environment.mjs", &[]).to_string()
}

fn program() -> String {
    stdio("environment.mjs", &[])["args"][0].to_string()
}

/// Runs a script with a configuration. Returns its value and what was said on standard error.
fn run(config: &str, script: &str) -> (Value, String) {
    let done = run_cli(
        &["run", "-", "--json", "--no-tools", "--mcp-config", config],
        script,
    );
    let outcome = outcome(&done);
    assert_eq!(outcome["status"], "ok", "{outcome} {}", done.stderr);
    (outcome["value"].clone(), done.stderr)
}

const STARTED: &str = "return JSON.parse(await good.started() as string).arguments;";

#[test]
fn the_good_server_works_beside_every_odd_one() {
    let good = good();
    let program = program();
    // A file, and what is said.
    let cases = [
        (
            format!(r#"{{ "mcpServers": {{ "good": {good}, "odd": null }} }}"#),
            "`odd`: it is null",
        ),
        (
            format!(r#"{{ "mcpServers": {{ "good": {good}, "odd": "node x.mjs" }} }}"#),
            "`odd`: it is a text",
        ),
        (
            format!(r#"{{ "mcpServers": {{ "good": {good}, "odd": {{}} }} }}"#),
            "`odd`: it has neither `command` nor `url`",
        ),
        (
            format!(
                r#"{{ "mcpServers": {{ "good": {good}, "odd": {{ "type": "sse", "url": "http://127.0.0.1:9/" }} }} }}"#
            ),
            "the old HTTP with SSE",
        ),
        (
            format!(
                r#"{{ "mcpServers": {{ "good": {good}, "odd": {{ "type": "websocket", "url": "ws://127.0.0.1:9" }} }} }}"#
            ),
            "`websocket`",
        ),
        (
            format!(
                r#"{{ "mcpServers": {{ "good": {good}, "odd": {{ "url": "127.0.0.1:9/mcp" }} }} }}"#
            ),
            "no `https://`",
        ),
        (
            format!(
                r#"{{ "mcpServers": {{ "good": {good}, "odd": {{ "command": "node", "args": [{{}}] }} }} }}"#
            ),
            "`args` has an object in it",
        ),
        (
            format!(
                r#"{{ "mcpServers": {{ "good": {good}, "odd": {{ "command": "C:\Users\x.exe" }} }} }}"#
            ),
            "write `\\\\` for a backslash",
        ),
        (
            format!(
                r#"{{ "servers": {{ "good": {good}, "odd": {{ "command": "node", "args": ["${{input:key}}"] }} }} }}"#
            ),
            "`${input:key}`, which an editor",
        ),
        (
            format!(
                r#"{{ "servers": {{ "good": {good}, "odd": {{ "command": "node", "args": ["${{workspaceFolder}}/x"] }} }} }}"#
            ),
            "`${workspaceFolder}`, which only an editor",
        ),
        (
            format!(
                r#"{{ "mcpServers": {{ "good": {{ "command": "node", "args": [{program}], "timeout": 30000 }} }} }}"#
            ),
            "`good`: its `timeout` is 30000, which has no effect",
        ),
        (
            format!(
                r#"{{ "mcpServers": {{ "good": {{ "command": "node", "args": [{program}], "disabled": "flase" }} }} }}"#
            ),
            "`good`: its `disabled` is neither",
        ),
        (
            format!(
                r#"{{ "mcpServers": {{ "good": {{ "command": "node", "args": [{program}], "env": {{ "A": [1] }} }} }} }}"#
            ),
            "`good`: in its `env`, `A` is a list",
        ),
        (
            format!(r#"{{ "mcpServers": {{ "good": {{ "command": "node" }}, "good": {good} }} }}"#),
            "`good`: there is another entry of this name",
        ),
    ];
    for (number, (text, expected)) in cases.into_iter().enumerate() {
        let name = format!("odd-{number}");
        let config = configuration_file(&name, &text);
        let (value, said) = run(&config, STARTED);
        assert_eq!(value, json!([]), "{text}");
        assert!(said.contains(expected), "{text}: {said}");
        let place = format!("{name}.json, line 1)");
        assert!(said.contains(&place), "{text}: {said}");
    }
}

#[test]
fn tools_that_somebody_has_taken_away_are_not_there() {
    let choices = [
        (json!({}), true),
        (json!({ "disabledTools": ["started"] }), false),
        (json!({ "disabled_tools": "start*" }), false),
        (json!({ "excludeTools": ["other"] }), true),
        (json!({ "includeTools": ["*ed"] }), true),
        (json!({ "enabledTools": ["other"] }), false),
        (json!({ "enabled_tools": [] }), false),
        (json!({ "tools": ["started"] }), true),
        (json!({ "tools": { "started": false } }), false),
        (
            json!({ "tools": { "started": { "enabled": false } } }),
            false,
        ),
        (json!({ "tools": { "started": true } }), true),
        (json!({ "disabledTools": { "started": true } }), false),
    ];
    for (number, (choice, is_there)) in choices.into_iter().enumerate() {
        let mut entry = stdio("environment.mjs", &[]);
        let fields = choice.as_object().unwrap().clone();
        entry.as_object_mut().unwrap().extend(fields);
        let config = configuration(&format!("choice-{number}"), &json!({ "good": entry }));
        let done = run_cli(&["list", "--no-tools", "--mcp-config", &config], "");
        let listed = done.stdout.contains("started");
        assert_eq!(listed, is_there, "{choice}: {}{}", done.stdout, done.stderr);
        let names_another = choice.to_string().contains("other");
        let is_told = done
            .stderr
            .contains("by the name `other`, which none of them has");
        assert_eq!(is_told, names_another, "{choice}: {}", done.stderr);
    }
}

#[test]
fn a_command_that_is_a_whole_line_says_where_its_words_belong() {
    let servers = json!({ "odd": { "command": "no-such-program --port 8080" } });
    let config = configuration("command-line", &servers);
    let done = run_cli(
        &["run", "-", "--no-tools", "--mcp-config", &config],
        "return 1;",
    );
    done.expect(0).complains(&[
        "`no-such-program --port 8080` can't be started",
        "what follows it belongs into `args`",
    ]);
}

#[test]
fn other_forms_are_understood_without_a_word() {
    let good = good();
    let program = program();
    let entry = |entry: &str| format!(r#"{{ "mcpServers": {{ "good": {entry} }} }}"#);
    let cases = [
        format!(
            "\u{feff}{{\n // Mine.\n \"mcpServers\": {{ \"good\": {good}, /* more */ }},\n}}\n"
        ),
        format!(r#"{{ "mcpServers": {{ "good": {good} }}, "servers": {{}}, "inputs": [] }}"#),
        format!(r#"{{ "mcp": {{ "servers": {{ "good": {good} }} }}, "editor.fontSize": 12 }}"#),
        format!(
            r#"{{ "context_servers": {{ "good": {{ "command": {{ "path": "node", "args": [{program}], "env": null }}, "settings": {{}} }} }} }}"#
        ),
        format!(
            r#"{{ "mcpServers": [{{ "name": "good", "command": "node", "args": [{program}] }}] }}"#
        ),
        format!(r#"{{ "good": {good} }}"#),
        entry(&format!(
            r#"{{ "type": "local", "command": ["node", {program}], "environment": {{ "A": "1" }}, "enabled": true }}"#
        )),
        entry(&format!(
            r#"{{ "command": "node", "args": [{program}], "env": {{ "PORT": 3000, "DEBUG": true, "NO": null }}, "cwd": null }}"#
        )),
        entry(&format!(
            r#"{{ "type": "stdio", "command": "node", "args": [{program}], "disabled": "false", "autoApprove": ["one"], "url": "" }}"#
        )),
        format!(
            r#"{{ "mcpServers": {{ "good": {good}, "off": {{ "disabled": true, "command": 3 }} }} }}"#
        ),
    ];
    for (number, text) in cases.into_iter().enumerate() {
        let config = configuration_file(&format!("other-{number}"), &text);
        let (value, said) = run(&config, STARTED);
        assert_eq!(value, json!([]), "{text}");
        assert!(!said.contains("warning: the MCP"), "{text}: {said}");
    }
}

#[test]
fn numbers_and_booleans_are_their_texts() {
    let program = program();
    let text = format!(
        r#"{{ "mcpServers": {{ "good": {{ "command": "node", "args": [{program}, "--port", 8080, true], "env": {{ "PORT": 3000, "DEBUG": true }} }} }} }}"#
    );
    let config = configuration_file("numbers", text);
    let script = r"
        const { arguments: given, environment } = JSON.parse(await good.started() as string);
        return [...given, environment.PORT, environment.DEBUG];";
    let (value, _) = run(&config, script);
    assert_eq!(value, json!(["--port", "8080", "true", "3000", "true"]));
}

#[test]
fn a_file_that_cannot_be_read_says_where() {
    let cases = [
        ("", "line 1, column 1"),
        (
            "{\n  \"mcpServers\": {\n    \"a\": { \"command\": \"x\" }\n    \"b\": {}\n",
            "line 4, column 5",
        ),
        ("[mcp_servers.a]\ncommand = \"x\"\n", "line 2, column 1"),
        ("{ \"mcpServers\": 3 }", "is a number (line 1)"),
        ("{ \"command\": \"x\" }", "needs a name"),
        ("{ \"theme\": \"dark\" }", "nothing like it"),
    ];
    for (number, (text, expected)) in cases.into_iter().enumerate() {
        let config = configuration_file(&format!("broken-{number}"), text);
        let done = run_cli(
            &["run", "-", "--no-tools", "--mcp-config", &config],
            "return 1;",
        );
        assert_eq!(done.status, Some(2), "{text}");
        assert!(done.stderr.contains(expected), "{text}: {}", done.stderr);
        assert!(
            done.stderr.contains("`mcpServers`"),
            "{text}: {}",
            done.stderr
        );
        let file = Path::new(&config).file_name().unwrap().to_str().unwrap();
        assert!(done.stderr.contains(file), "{text}: {}", done.stderr);
    }
}

#[test]
fn headers_that_are_ours_to_set_are_left_out_with_a_word() {
    let server = HttpServer::start("headers.mjs", &[]);
    let config = configuration(
        "headers",
        &json!({ "good": { "type": "http", "url": server.url("/mcp"), "headers": {
            "Accept": "application/json", "Content-Type": "text/plain", "MCP-Protocol-Version": "2024-11-05",
            "Mcp-Session-Id": "mine", "Host": "elsewhere.example", "Content-Length": 3, "Connection": "close",
            "X-Team": "red", "User-Agent": "me/1",
        } } }),
    );
    let script = r#"
        const told = JSON.parse(await good.getContext() as string);
        return [told["content-type"], told["x-team"], told["user-agent"]];"#;
    let (value, said) = run(&config, script);
    assert_eq!(value, json!(["application/json", "red", "me/1"]));
    for name in [
        "Accept",
        "Content-Type",
        "MCP-Protocol-Version",
        "Mcp-Session-Id",
        "Host",
        "Content-Length",
        "Connection",
    ] {
        assert!(
            said.contains(&format!("its header `{name}` is left out")),
            "{name}: {said}"
        );
    }
}

#[test]
fn servers_have_names_that_scripts_can_say() {
    let names = [
        "file system",
        "file-system",
        "class",
        "console",
        "@scope/pkg",
        "地図",
        "",
        "globalThis",
        "Math",
        "good",
    ];
    let servers: serde_json::Map<_, _> = names
        .iter()
        .map(|name| ((*name).to_owned(), stdio("environment.mjs", &[name])))
        .collect();
    let config = configuration("server-names", &Value::Object(servers));
    let script = r"
        const told = [fileSystem, fileSystem2, class_, console_, scopePkg, 地図, _, globalThis_, math, good];
        return await Promise.all(told.map(async (server) => JSON.parse(await server.started() as string).arguments[0]));";
    let (value, said) = run(&config, script);
    assert_eq!(value, json!(names));
    assert!(
        said.contains(
            "`file-system`: another server has its name in scripts, so it is called `fileSystem2`"
        ),
        "{said}"
    );
}

#[test]
fn a_folder_that_is_not_there_is_told_as_that() {
    let mut server = stdio("list.mjs", &[]);
    server["cwd"] = json!("/no/such/folder");
    let config = configuration("no-folder", &json!({ "s": server }));
    let arguments = ["run", "-", "--no-tools", "--mcp-config", &config];
    let done = run_cli(&arguments, "return 1;").expect(0);
    assert!(
        done.stderr
            .contains("its `cwd` `/no/such/folder` isn't there"),
        "{}",
        done.stderr
    );
    assert!(!done.stderr.contains("can't be started"), "{}", done.stderr);
}

#[test]
fn a_script_that_names_a_server_which_cannot_be_used_is_told_why() {
    let good = good();
    // The entry, and why a script doesn't have it.
    let cases = [
        (
            r#"{ "command": "node", "disabled": true }"#,
            "the MCP server `other` is switched off in the configuration",
        ),
        (
            r#"{ "command": "node", "enabled": false }"#,
            "the MCP server `other` is switched off in the configuration",
        ),
        (
            "{}",
            "the MCP server `other` can't be used: it has neither `command` nor `url`",
        ),
    ];
    for (entry, reason) in cases {
        let config = configuration_file(
            "absent-servers",
            format!(r#"{{ "mcpServers": {{ "good": {good}, "other": {entry} }} }}"#),
        );
        let done = run_cli(
            &["run", "-", "--json", "--no-tools", "--mcp-config", &config],
            "return await other.one();",
        );
        let outcome = outcome(&done);
        let told = outcome["error"].to_string();
        let expected = format!("Its tools can't be called now: {reason}");
        assert!(told.contains(&expected), "{entry}: {told}");
    }
}
