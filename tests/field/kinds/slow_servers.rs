//! A slow server holds up nobody but those that call it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdout, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{cli, configuration, outcome, run_cli, stdio};

/// Longer than others wait for a slow server, and shorter than one may take to start.
const LATE: Duration = Duration::from_secs(20);

fn config(test: &str) -> String {
    let servers = json!({
        "good": stdio("slow.mjs", &["good"]), "hung": stdio("slow.mjs", &["hung"]), "listless": stdio("slow.mjs", &["listless"]),
    });
    configuration(test, &servers)
}

#[test]
fn a_script_runs_without_the_servers_that_it_does_not_name() {
    let config = config("slow-run");
    let started = Instant::now();
    let done = run_cli(
        &["run", "-", "--json", "--no-tools", "--mcp-config", &config],
        "return await good.one();",
    );
    assert!(started.elapsed() < LATE, "{:?}", started.elapsed());
    assert_eq!(outcome(&done)["value"], "good", "{}", done.stderr);
    for name in ["`hung`", "`listless`"] {
        let told = done
            .stderr
            .lines()
            .find(|line| line.contains(name))
            .unwrap_or_default();
        assert!(told.contains("still starting"), "{}", done.stderr);
    }
}

#[test]
fn a_script_waits_for_the_server_that_it_names() {
    let servers = json!({ "good": stdio("slow.mjs", &["good"]), "late": stdio("slow.mjs", &["slow", "7000"]) });
    let config = configuration("slow-named", &servers);
    let script = "return [await good.one(), await late.one()];";
    let done = run_cli(
        &["run", "-", "--json", "--no-tools", "--mcp-config", &config],
        script,
    );
    assert_eq!(
        outcome(&done)["value"],
        json!(["good", "slow"]),
        "{}\n{}",
        done.stdout,
        done.stderr
    );
    assert!(!done.stderr.contains("still starting"), "{}", done.stderr);
}

#[test]
fn tools_are_listed_without_the_servers_that_are_late() {
    let config = config("slow-list");
    for command in ["list", "prompt"] {
        let started = Instant::now();
        let done = run_cli(&[command, "--no-tools", "--mcp-config", &config], "").expect(0);
        assert!(
            started.elapsed() < LATE,
            "{command}: {:?}",
            started.elapsed()
        );
        assert!(done.stdout.contains("good"), "{}", done.stdout);
        assert!(
            done.stderr.contains("`hung`: it is still starting"),
            "{}",
            done.stderr
        );
    }
}

/// `serve`, and what it says.
struct Serving {
    process: Child,
    lines: BufReader<ChildStdout>,
}

impl Serving {
    fn start(config: &str) -> Self {
        let mut process = cli(&["serve", "--no-tools", "--mcp-config", config])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap());
        Self { process, lines }
    }

    fn say(&mut self, message: &Value) {
        writeln!(self.process.stdin.as_mut().unwrap(), "{message}").unwrap();
    }

    /// The next message of which something holds.
    fn hear(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        loop {
            let mut line = String::new();
            assert!(self.lines.read_line(&mut line).unwrap() > 0, "it has ended");
            let message: Value = serde_json::from_str(&line).unwrap();
            if is_it(&message) {
                return message;
            }
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

#[test]
fn a_client_is_answered_and_hears_of_a_slow_server_once_it_is_there() {
    let servers = json!({
        "good": stdio("slow.mjs", &["good"]), "hung": stdio("slow.mjs", &["hung"]), "late": stdio("slow.mjs", &["slow", "8000"]),
    });
    let mut serving = Serving::start(&configuration("slow-serve", &servers));
    let started = Instant::now();
    serving.say(&json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "test", "version": "1" }
    } }));
    serving.hear(|message| message["id"] == 1);
    assert!(
        started.elapsed() < Duration::from_secs(10),
        "{:?}",
        started.elapsed()
    );
    serving.say(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }));
    let run = |id: u32, script: &str| json!({ "jsonrpc": "2.0", "id": id, "method": "tools/call", "params": { "name": "run", "arguments": { "script": script } } });
    serving.say(&run(2, "return await good.one();"));
    let answer = serving.hear(|message| message["id"] == 2);
    assert_ne!(answer["result"]["isError"], true, "{answer}");
    serving.say(&run(4, "return await late.one();"));
    let answer = serving.hear(|message| message["id"] == 4);
    let told = "Cannot find name 'late'. Its tools can't be called now: the MCP server `late` is still starting";
    assert!(answer.to_string().contains(told), "{answer}");
    serving.hear(|message| {
        message["method"] == "notifications/resources/list_changed"
            || message["method"] == "notifications/tools/list_changed"
    });
    serving.say(&run(3, "return await late.one();"));
    let answer = serving.hear(|message| message["id"] == 3);
    assert_ne!(answer["result"]["isError"], true, "{answer}");
}
