//! MCP servers as they are published.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use codemode_mcp::McpServer;
use rmcp::service::RunningService;
use rmcp::{ClientHandler, RoleClient, ServiceExt as _};
use serde_json::{Value, json};

use super::fixtures::repository;

/// Connects a client to a server in this process.
pub(crate) async fn connect<C: ClientHandler>(
    server: &McpServer,
    client: C,
) -> RunningService<RoleClient, C> {
    let (ours, theirs) = tokio::io::duplex(1 << 16);
    let server = server.clone();
    tokio::spawn(async move {
        let (input, output) = tokio::io::split(theirs);
        server.serve(input, output).await
    });
    client.serve(ours).await.unwrap()
}

/// The script of a server of `@modelcontextprotocol`.
pub(crate) fn script(name: &str) -> PathBuf {
    let script = repository().join(format!(
        "tests/mcp-servers/node_modules/@modelcontextprotocol/server-{name}/dist/index.js"
    ));
    assert!(
        script.is_file(),
        "{} is missing: run `npm ci` in tests/mcp-servers, or `cargo xtask test`, which does it",
        script.display()
    );
    script
}

/// The entry of a server of `@modelcontextprotocol` in a configuration.
pub(crate) fn published(name: &str, arguments: &[&str]) -> Value {
    let mut all = vec![json!(script(name))];
    all.extend(arguments.iter().map(|argument| json!(argument)));
    let memory = super::fixtures::folder("mcp-memory").join("memory.jsonl");
    json!({ "command": "node", "args": all, "env": { "MEMORY_FILE_PATH": memory } })
}

/// A port that was free a moment ago.
pub(crate) struct FreePort(u16);

/// A process that ends with this value.
pub(crate) struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl FreePort {
    pub(crate) fn find() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        Self(listener.local_addr().unwrap().port())
    }

    pub(crate) fn number(&self) -> u16 {
        self.0
    }

    /// Starts server-everything here, and waits until it listens.
    pub(crate) fn serve_everything(&self) -> Running {
        let mut child = Command::new("node")
            .arg(script("everything"))
            .arg("streamableHttp")
            .env("PORT", self.0.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stderr.take().unwrap());
        let running = Running(child);
        for line in said.lines() {
            if line.unwrap().contains("listening") {
                return running;
            }
        }
        panic!("server-everything doesn't listen");
    }
}

/// The inspector, an MCP client, ready to be told what to do.
pub(crate) fn inspector() -> Command {
    let folder =
        repository().join("tests/mcp-servers/node_modules/@modelcontextprotocol/inspector");
    let manifest = folder.join("package.json");
    let text = std::fs::read_to_string(&manifest).unwrap_or_else(|error| {
        panic!(
            "{}: {error}: run `npm ci` in tests/mcp-servers, or `cargo xtask test`, which does it",
            manifest.display()
        )
    });
    let manifest: Value = serde_json::from_str(&text).unwrap();
    let mut command = Command::new("node");
    command.arg(folder.join(manifest["bin"]["mcp-inspector"].as_str().unwrap()));
    command
}
