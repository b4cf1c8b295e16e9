//! Servers that misbehave, as small programs in `servers/`.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use super::folder;

fn program(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("servers")
        .join(name)
}

/// The entry of a configuration for a server over stdio.
pub(crate) fn stdio(server: &str, arguments: &[&str]) -> Value {
    let arguments: Vec<_> = [json!(program(server))]
        .into_iter()
        .chain(arguments.iter().map(|argument| json!(argument)))
        .collect();
    json!({ "command": "node", "args": arguments })
}

/// Writes a configuration of servers for one test. Returns its path.
pub(crate) fn configuration(test: &str, servers: &Value) -> String {
    configuration_file(test, json!({ "mcpServers": servers }).to_string())
}

/// Writes a configuration as somebody may have written it by hand. Returns its path.
pub(crate) fn configuration_file(test: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder("configurations").join(format!("{test}.json"));
    // Tests of one kind share it, and each is a process of its own.
    let draft = path.with_extension(format!("{}.draft", std::process::id()));
    fs::write(&draft, content).unwrap();
    fs::rename(&draft, &path).unwrap();
    path.display().to_string()
}

/// A server over HTTP on a free port of loopback, which ends with this value.
pub(crate) struct HttpServer {
    process: Child,
    port: u16,
}

impl HttpServer {
    /// Starts a program that prints its port as its first line, and listens then.
    pub(crate) fn start(server: &str, arguments: &[&str]) -> Self {
        let mut process = Command::new("node")
            .arg(program(server))
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let port = line.trim().parse();
        let port = port.unwrap_or_else(|error| panic!("{server} says {line:?}: {error}"));
        Self { process, port }
    }

    /// The address of a path of the server.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}

impl Drop for HttpServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
