//! A client of `codemode-cli serve`, over standard input and output.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// A session, which ends with this value.
pub struct Client {
    process: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    last: u64,
    /// What the server said of itself.
    pub instructions: String,
}

/// What a call gave.
#[derive(Debug)]
pub struct Answer {
    /// All of its text, which is what a model reads.
    pub text: String,
    /// What a program reads.
    pub structured: Value,
    /// Whether it is an error.
    pub is_error: bool,
}

impl Client {
    /// Starts a server and greets it after a pause.
    #[must_use]
    pub fn start(mut command: Command, pause: Duration) -> Self {
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?}: {error}"));
        thread::sleep(pause);
        let mut client = Self {
            input: process.stdin.take(),
            output: BufReader::new(process.stdout.take().unwrap()),
            process,
            last: 0,
            instructions: String::new(),
        };
        let greeting = json!({
            "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "agent", "version": "1" },
        });
        let greeted = client.request("initialize", &greeting);
        greeted["instructions"]
            .as_str()
            .unwrap_or_default()
            .clone_into(&mut client.instructions);
        client.send(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }));
        client
    }

    /// The tools that the server lists.
    pub fn tools(&mut self) -> Value {
        self.request("tools/list", &json!({}))["tools"].take()
    }

    /// Calls a tool.
    pub fn call(&mut self, tool: &str, arguments: &Value) -> Answer {
        let mut result = self.request(
            "tools/call",
            &json!({ "name": tool, "arguments": arguments }),
        );
        let parts = result["content"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        let texts: Vec<&str> = parts
            .iter()
            .filter_map(|part| part["text"].as_str())
            .collect();
        Answer {
            text: texts.join("\n"),
            is_error: result["isError"] == true,
            structured: result["structuredContent"].take(),
        }
    }

    /// Sends a request. Returns its result; an error of the protocol is one, too, with the text that a client shows.
    fn request(&mut self, method: &str, params: &Value) -> Value {
        self.last += 1;
        let id = self.last;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let mut line = String::new();
            let length = self.output.read_line(&mut line).unwrap();
            assert_ne!(length, 0, "the server ended before it answered {method}");
            let mut message: Value = serde_json::from_str(&line).unwrap();
            if message["id"] != id || !message["method"].is_null() {
                continue;
            }
            if let Some(text) = message["error"]["message"].as_str() {
                return json!({ "content": [{ "type": "text", "text": text }], "isError": true });
            }
            return message["result"].take();
        }
    }

    fn send(&mut self, message: &Value) {
        writeln!(self.input.as_mut().unwrap(), "{message}").unwrap();
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // The server ends the servers that it has started when its input does.
        drop(self.input.take());
        let _ = self.process.wait();
    }
}
