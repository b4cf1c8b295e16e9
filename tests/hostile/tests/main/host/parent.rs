//! The suite's side: starts hosts, hands them scripts, and sees them die.

use std::fmt::{self, Display, Formatter};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use super::child::{FLAG, MARK, PANIC};
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
    /// The host is gone.
    Died(End),
    /// The host doesn't answer.
    Hung,
}

/// How a host ended.
#[derive(Debug)]
pub(crate) struct End {
    status: ExitStatus,
    /// What it said.
    said: String,
}

impl End {
    /// Fails unless it was the engine that ended the host: by a signal, as a failed check does, and with these words.
    pub(crate) fn is_of_the_engine(&self, words: &str) -> Result<(), String> {
        if !ended_itself(self.status) {
            Err(format!("no check of the engine ends a host so: {self}"))
        } else if self.said.contains(PANIC) {
            Err(format!("it isn't the engine that ended the host: {self}"))
        } else if !self.said.contains(words) {
            Err(format!("expected the last words {words:?}: {self}"))
        } else {
            Ok(())
        }
    }
}

impl Display for End {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}\n{}", self.status, self.said)
    }
}

/// Whether a program's end is one by a failed check: it stops itself with an instruction that there isn't, or a trap, or
/// `abort()`.
#[cfg(unix)]
fn ended_itself(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt as _;

    const SIGILL: i32 = 4;
    const SIGTRAP: i32 = 5;
    const SIGABRT: i32 = 6;
    matches!(status.signal(), Some(SIGILL | SIGTRAP | SIGABRT))
}

#[cfg(not(unix))]
fn ended_itself(status: ExitStatus) -> bool {
    !status.success()
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
        let said = std::mem::take(&mut *self.said.lock().unwrap());
        Answer::Died(End { status, said })
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
