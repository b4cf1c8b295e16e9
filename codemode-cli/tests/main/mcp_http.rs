//! `codemode-cli serve --http`: who gets in, and who doesn't.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use codemode_mcp::McpServers;
use codemode_runtime::{Sandbox, ToolSet};
use serde_json::{Value, json};

use crate::support::mcp::inspector;

const TOKEN: &str = "correct-horse-battery-staple";

/// A server without tools of its own, and its address.
struct Served {
    child: Child,
    address: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn serve(address: &str, token: Option<&str>, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_codemode-cli"));
    command
        .args(["serve", "--no-tools", "--http", address])
        .args(more)
        .env_remove("CODEMODE_HTTP_TOKEN")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    if let Some(token) = token {
        command.env("CODEMODE_HTTP_TOKEN", token);
    }
    command
}

fn started(mut command: Command) -> Served {
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let said = lines.next().unwrap().unwrap();
    let address = said
        .strip_prefix("listening at http://")
        .and_then(|rest| rest.strip_suffix("/mcp"))
        .unwrap_or_else(|| panic!("{said}"));
    Served {
        address: address.to_owned(),
        child,
    }
}

/// The status that a first request gets, with these headers in the place of the usual ones.
fn status(address: &str, path: &str, headers: &[(&str, &str)]) -> u16 {
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "test", "version": "0" },
    } })
    .to_string();
    let mut request = format!(
        "POST {path} HTTP/1.1\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n\
         Connection: close\r\nContent-Length: {}\r\n",
        body.len()
    );
    if !headers.iter().any(|(name, _)| *name == "Host") {
        writeln!(request, "Host: {address}\r").unwrap();
    }
    for (name, value) in headers {
        writeln!(request, "{name}: {value}\r").unwrap();
    }
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .write_all(format!("{request}\r\n{body}").as_bytes())
        .unwrap();
    let mut head = [0; 12];
    stream.read_exact(&mut head).unwrap();
    std::str::from_utf8(&head[9..]).unwrap().parse().unwrap()
}

#[test]
fn on_loopback_only_pages_of_other_origins_and_other_hosts_are_refused() {
    let served = started(serve(
        "127.0.0.1:0",
        None,
        &[
            "--host",
            "box.example",
            "--origin",
            "https://app.example:443",
        ],
    ));
    let address = served.address.as_str();
    let cases: [(&[(&str, &str)], u16); 8] = [
        (&[], 200),
        (&[("Host", "localhost")], 200),
        (&[("Host", "box.example")], 200),
        (&[("Host", "evil.example")], 403),
        (&[("Origin", "http://localhost:5173")], 200),
        (&[("Origin", "https://app.example")], 200),
        (&[("Origin", "https://evil.example")], 403),
        (&[("Origin", "null")], 403),
    ];
    for (headers, expected) in cases {
        assert_eq!(status(address, "/mcp", headers), expected, "{headers:?}");
    }
    assert_eq!(status(address, "/", &[]), 404);
}

#[test]
fn with_a_token_only_its_bearers_get_in() {
    let served = started(serve("127.0.0.1:0", Some(TOKEN), &[]));
    let bearer = format!("Bearer {TOKEN}");
    let longer = format!("Bearer {TOKEN}x");
    let cases = [
        (None, 401),
        (Some(bearer.as_str()), 200),
        (Some(longer.as_str()), 401),
        (Some("Bearer correct-horse-battery-stapl"), 401),
        (Some("Basic correct-horse-battery-staple"), 401),
        (Some(TOKEN), 401),
        (Some(""), 401),
    ];
    for (authorization, expected) in cases {
        let headers: Vec<_> = authorization
            .map(|value| ("Authorization", value))
            .into_iter()
            .collect();
        assert_eq!(
            status(&served.address, "/mcp", &headers),
            expected,
            "{authorization:?}"
        );
        let found = if expected == 200 { 404 } else { 401 };
        assert_eq!(
            status(&served.address, "/", &headers),
            found,
            "{authorization:?}"
        );
    }
}

#[test]
fn beyond_loopback_a_token_is_needed_that_cannot_be_guessed() {
    for (token, expected) in [
        (None, "there is no token"),
        (Some("short"), "can be guessed"),
    ] {
        let output = serve("0.0.0.0:0", token, &[]).output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains(expected), "{stderr}");
    }
    let served = started(serve("0.0.0.0:0", Some(TOKEN), &[]));
    let port = served.address.rsplit(':').next().unwrap();
    let address = format!("127.0.0.1:{port}");
    let bearer = format!("Bearer {TOKEN}");
    assert_eq!(status(&address, "/mcp", &[("Authorization", &bearer)]), 200);
    assert_eq!(status(&address, "/mcp", &[]), 401);
}

#[tokio::test]
async fn a_client_runs_scripts_over_http() {
    let served = started(serve("127.0.0.1:0", Some(TOKEN), &[]));
    let config = json!({ "mcpServers": { "far": {
        "url": format!("http://{}/mcp", served.address),
        "headers": { "Authorization": format!("Bearer {TOKEN}") },
    } } });
    // Our own client, and so scripts within scripts.
    let servers = McpServers::start(config.to_string().parse().unwrap()).await;
    assert_eq!(servers.problems(), []);
    let mut sandbox = Sandbox::builder().tools(ToolSet::empty());
    for host in servers.hosts() {
        sandbox = sandbox.host(host);
    }
    let outcome = sandbox
        .build()
        .unwrap()
        .run("return await far.run({ script: 'return 6 * 7' })")
        .await;
    let value = outcome
        .value()
        .unwrap_or_else(|| panic!("{:?}", outcome.error()));
    // The words for a model, and the outcome itself.
    let parts = value.as_array().unwrap();
    assert!(parts[0]["text"].as_str().unwrap().contains("42"), "{value}");
    assert_eq!(parts[1]["type"], "structured", "{value}");
    assert_eq!(parts[1]["value"]["value"], 42, "{value}");
    servers.close().await;
}

#[test]
fn the_inspector_runs_a_script_over_http() {
    let served = started(serve("127.0.0.1:0", Some(TOKEN), &[]));
    let ask = |token: &str| {
        let mut command = inspector();
        command
            .args(["--cli", &format!("http://{}/mcp", served.address)])
            .args(["--transport", "http"])
            .args(["--header", &format!("Authorization: Bearer {token}")])
            .args(["--method", "tools/call", "--tool-name", "run"])
            .args(["--tool-arg", "script=return 6 * 7"]);
        command.stdin(Stdio::null()).output().unwrap()
    };
    let output = ask(TOKEN);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    let result: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(result["structuredContent"]["value"], 42, "{result:#}");
    assert!(!ask("another-token-altogether").status.success());
}
