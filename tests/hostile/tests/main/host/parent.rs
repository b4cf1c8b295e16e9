//! The suite's side: starts hosts, hands them scripts, and sees them die.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use super::child::{FLAG, MARK};
use super::{Report, Request};

/// How long a host may take for a request before it counts as hung: far longer than any limit of a run.
const PATIENCE: Duration = Duration::from_mins(1);

/// A host that runs.
pub(crate) struct Host {
    process: Child,
    requests: ChildStdin,
    lines: Receiver<String>,
    /// What was printed without having been asked for: by the engine, or by a script that found a way.
    said: Arc<Mutex<String>>,
}

/// What came of a request.
#[derive(Debug)]
pub(crate) enum Answer {
    /// The host lives and reports. `said` is what it printed besides.
    Report { report: Box<Report>, said: String },
    /// The host is gone, with what it said at its end.
    Died(String),
    /// The host doesn't answer.
    Hung,
}

impl Host {
    pub(crate) fn start() -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .arg(FLAG)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let requests = process.stdin.take().unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let (sender, lines) = channel();
        let stdout = process.stdout.take().unwrap();
        let other_lines = Arc::clone(&said);
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                match line.strip_prefix(MARK) {
                    Some(report) if sender.send(report.to_owned()).is_err() => return,
                    Some(_) => {}
                    None => note(&other_lines, &line),
                }
            }
        });
        let mut stderr = process.stderr.take().unwrap();
        let errors = Arc::clone(&said);
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = stderr.read(&mut bytes) {
                note(&errors, &String::from_utf8_lossy(&bytes[..count]));
            }
        });
        Self {
            process,
            requests,
            lines,
            said,
        }
    }

    /// Has the host run a script, and waits for its report.
    pub(crate) fn ask(&mut self, request: &Request) -> Answer {
        let text = serde_json::to_string(request).unwrap();
        if writeln!(self.requests, "{text}").is_err() {
            return self.died();
        }
        match self.lines.recv_timeout(PATIENCE) {
            Ok(line) => Answer::Report {
                report: Box::new(serde_json::from_str(&line).unwrap()),
                said: std::mem::take(&mut self.said.lock().unwrap()),
            },
            Err(RecvTimeoutError::Timeout) => Answer::Hung,
            Err(RecvTimeoutError::Disconnected) => self.died(),
        }
    }

    fn died(&mut self) -> Answer {
        let status = self.process.wait().unwrap();
        // The end of its output was seen; what it said last may be a moment behind.
        thread::sleep(Duration::from_millis(50));
        Answer::Died(format!("{status}\n{}", self.said.lock().unwrap()))
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        // It may be busy with something that never ends.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn note(said: &Mutex<String>, text: &str) {
    let mut said = said.lock().unwrap();
    if said.len() < 16 * 1024 {
        said.push_str(text);
        said.push('\n');
    }
}
