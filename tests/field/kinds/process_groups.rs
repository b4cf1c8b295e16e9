//! A started server ends with whoever started it, and with it all that it has started: no process of its group is left.

#![cfg(target_os = "linux")]

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{cli, configuration, folder, run_cli, stdio};

/// A configuration with a server behind a shell, as `npx` and `uvx` have it, and where the numbers of its processes are written down.
fn behind_a_shell(test: &str) -> (String, PathBuf) {
    let (config, [numbers, _]) = with_environment(test, &json!({}));
    (config, numbers)
}

/// The same with more environment; the second file is there once the server has been asked for its tools.
fn with_environment(test: &str, more: &Value) -> (String, [PathBuf; 2]) {
    let files =
        ["numbers", "asked"].map(|kind| folder("process-groups").join(format!("{test}-{kind}")));
    for file in &files {
        let _ = fs::remove_file(file);
    }
    let server = stdio("stubborn.mjs", &[])["args"][0]
        .as_str()
        .unwrap()
        .to_owned();
    let command = format!("node '{server}'; true");
    let mut environment = json!({ "NUMBERS": files[0], "ASKED": files[1] });
    environment
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    let servers = json!({ "s": { "command": "sh", "args": ["-c", command], "env": environment } });
    (configuration(test, &servers), files)
}

#[track_caller]
fn none_is_left(numbers: &Path) {
    let numbers = fs::read_to_string(numbers).unwrap();
    assert!(!numbers.is_empty());
    let deadline = Instant::now() + Duration::from_secs(3);
    for number in numbers.lines() {
        // A process that has ended and that nobody has asked about yet is none any more.
        let lives = || {
            let state = fs::read_to_string(format!("/proc/{number}/stat")).unwrap_or_default();
            !state.is_empty() && !state.contains(") Z ")
        };
        while lives() {
            assert!(Instant::now() < deadline, "{number} is left");
            thread::sleep(Duration::from_millis(50));
        }
    }
}

/// Serves until a request is answered.
fn serve(config: &str) -> Child {
    let mut serving = cli(&["serve", "--no-tools", "--mcp-config", config])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let greeting = json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "test", "version": "1" }
    } });
    writeln!(serving.stdin.as_mut().unwrap(), "{greeting}").unwrap();
    let mut line = String::new();
    BufReader::new(serving.stdout.as_mut().unwrap())
        .read_line(&mut line)
        .unwrap();
    serving
}

/// Waits until the server has been started: `serve` waits for it only shortly.
fn started(written: &Path) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while fs::read_to_string(written).unwrap_or_default().is_empty() {
        assert!(Instant::now() < deadline, "no server was started");
        thread::sleep(Duration::from_millis(50));
    }
}

fn signal(process: &Child, signal: &str) {
    let sent = std::process::Command::new("kill")
        .args([signal, &process.id().to_string()])
        .status();
    assert!(sent.unwrap().success());
}

#[test]
fn none_is_left_after_a_run() {
    let (config, numbers) = behind_a_shell("groups-run");
    run_cli(
        &["run", "-", "--no-tools", "--mcp-config", &config],
        "return await s.one();",
    )
    .expect(0);
    none_is_left(&numbers);
}

#[test]
fn none_is_left_after_the_end_of_the_input() {
    let (config, numbers) = behind_a_shell("groups-input");
    let mut serving = serve(&config);
    started(&numbers);
    drop(serving.stdin.take());
    assert!(serving.wait().unwrap().success());
    none_is_left(&numbers);
}

#[test]
fn none_is_left_after_a_signal() {
    for (name, expected) in [("-TERM", 143), ("-INT", 130), ("-HUP", 129)] {
        let (config, numbers) = behind_a_shell(&format!("groups-signal{name}"));
        let mut serving = serve(&config);
        started(&numbers);
        // Waiting for a child closes its input, which would be another end.
        let _input = serving.stdin.take();
        signal(&serving, name);
        assert_eq!(serving.wait().unwrap().code(), Some(expected), "{name}");
        none_is_left(&numbers);
    }
}

/// Ends `run` with a signal once a file has something in it, while the script would go on.
#[track_caller]
fn end_a_run(config: &str, numbers: &Path, once: &Path) {
    let mut running = cli(&[
        "run",
        "-",
        "--no-tools",
        "--no-check",
        "--mcp-config",
        config,
    ])
    .stdin(Stdio::piped())
    .stdout(Stdio::null())
    .stderr(Stdio::null())
    .spawn()
    .unwrap();
    let script = "await s.one(); await new Promise((done) => setTimeout(done, 20_000));";
    running
        .stdin
        .take()
        .unwrap()
        .write_all(script.as_bytes())
        .unwrap();
    started(once);
    signal(&running, "-TERM");
    assert_eq!(running.wait().unwrap().code(), Some(143));
    none_is_left(numbers);
}

#[test]
fn a_signal_ends_who_serves_whatever_its_input_and_output_are() {
    let mut serving = cli(&["serve", "--no-tools"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let _input = serving.stdin.take();
    // Long enough to listen to signals; one that comes before that ends it as well.
    thread::sleep(Duration::from_secs(1));
    signal(&serving, "-TERM");
    let deadline = Instant::now() + Duration::from_secs(5);
    while serving.try_wait().unwrap().is_none() {
        assert!(Instant::now() < deadline, "it goes on");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn none_is_left_after_a_signal_while_a_script_runs() {
    let (config, numbers) = behind_a_shell("groups-running");
    end_a_run(&config, &numbers, &numbers);
}

#[test]
fn none_is_left_after_a_signal_while_a_server_lists_its_tools() {
    let (config, [numbers, asked]) = with_environment("groups-listing", &json!({ "NO_LIST": "1" }));
    end_a_run(&config, &numbers, &asked);
}
