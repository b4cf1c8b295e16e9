//! Why a compiler gave no verdict, said to somebody who hasn't seen it.

use std::io::Read;
use std::process::{Child, ExitStatus};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use codemode_declarations::visible;

use crate::limits::CheckLimits;

/// What is said of a program that isn't known to have looked at the script.
pub(crate) const NO_VERDICT: &str = "it gave no verdict";

const IS_IT_ONE: &str = "Is the program that CODEMODE_TSC, `node_modules` or PATH leads to the native `tsc` of typescript@7?";

/// How much is kept of what a compiler says of itself, in bytes. The reason comes first, and traces behind it.
const KEPT: usize = 4 * 1024;

/// How much of it is told, in bytes.
const TOLD: usize = 200;

/// What a program of Go's says when it gets no more memory.
const OUT_OF_MEMORY: [&str; 3] = ["out of memory", "cannot allocate memory", "errno=12"];

/// What a compiler prints to its standard error, from the start.
#[derive(Debug, Default)]
pub(crate) struct Said {
    kept: Arc<Mutex<Vec<u8>>>,
    listener: Option<JoinHandle<()>>,
}

/// How long the last words of a compiler that has ended may take.
const PATIENCE: Duration = Duration::from_millis(200);

impl Said {
    /// Listens to a child whose standard error is a pipe, as long as anybody holds its other end.
    pub(crate) fn by(child: &mut Child) -> Self {
        let mut said = Self::default();
        if let Some(mut pipe) = child.stderr.take() {
            let kept = Arc::clone(&said.kept);
            let listen = move || {
                let mut part = [0; 1024];
                // All of it is read, or whoever writes more than a pipe holds would wait for ever.
                while let Ok(length @ 1..) = pipe.read(&mut part) {
                    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                    let room = KEPT.saturating_sub(kept.len());
                    kept.extend_from_slice(&part[..length.min(room)]);
                }
            };
            // Where there is no thread for it, the pipe is closed, and why the compiler ended isn't known.
            let thread = thread::Builder::new().name("codemode-check-said".to_owned());
            said.listener = thread.spawn(listen).ok();
        }
        said
    }

    /// Waits until all is read; not for long, since somebody else may hold the pipe.
    fn hear_all(&self) {
        let deadline = Instant::now() + PATIENCE;
        let listens = || {
            self.listener
                .as_ref()
                .is_some_and(|listener| !listener.is_finished())
        };
        while listens() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Why there is no verdict, from how the compiler ended, what else is known, and what it said.
    pub(crate) fn why(
        &self,
        status: Option<ExitStatus>,
        known: &str,
        limits: &CheckLimits,
    ) -> String {
        self.hear_all();
        let said = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let said = String::from_utf8_lossy(&said);
        if OUT_OF_MEMORY.iter().any(|words| said.contains(words)) {
            let limit = limits.memory_bytes / (1024 * 1024);
            return format!("it needed more memory than the {limit} MiB that it may have");
        }
        let ended = status.map_or_else(String::new, |status| format!(" ({status})"));
        match first_line(&said).or_else(|| first_line(known)) {
            Some(words) => format!("{NO_VERDICT}{ended} but `{words}`. {IS_IT_ONE}"),
            None => format!("{NO_VERDICT}{ended} and said nothing. {IS_IT_ONE}"),
        }
    }
}

fn first_line(text: &str) -> Option<String> {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    let told = &line[..line.floor_char_boundary(TOLD)];
    let mark = if told.len() < line.len() { "…" } else { "" };
    Some(visible(told) + mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_is_told_without_traces_and_as_it_can_be_seen() {
        let why = |said: &str, known: &str| {
            let said = Said {
                kept: Arc::new(Mutex::new(said.as_bytes().to_vec())),
                listener: None,
            };
            said.why(None, known, &CheckLimits::default())
        };
        for (said, known, expected) in [
            ("", "", "it gave no verdict and said nothing. "),
            (
                "\npanic: odd\n\ngoroutine 1:\n\t/go/x.go",
                "",
                "it gave no verdict but `panic: odd`. ",
            ),
            ("", "a sentence\n", "it gave no verdict but `a sentence`. "),
            ("\u{1b}[2J", "", "it gave no verdict but `\\u{1b}[2J`. "),
        ] {
            assert_eq!(why(said, known), format!("{expected}{IS_IT_ONE}"));
        }
        assert_eq!(
            why(
                "fatal error: out of memory allocating heap\n\nruntime stack:",
                ""
            ),
            "it needed more memory than the 1024 MiB that it may have"
        );
        let long = why(&"ä".repeat(10_000), "");
        assert!(long.len() < 500, "{long}");
    }

    #[cfg(unix)]
    fn why(script: &str) -> String {
        let mut child = std::process::Command::new("sh")
            .args(["-c", script])
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let said = Said::by(&mut child);
        let status = child.wait().unwrap();
        said.why(Some(status), "", &CheckLimits::default())
    }

    #[cfg(unix)]
    #[test]
    fn last_words_are_waited_for_but_not_for_long() {
        let late = why("(sleep 0.05; echo late words >&2) & exit 3");
        assert!(late.contains("(exit status: 3) but `late words`"), "{late}");
        let started = Instant::now();
        let first = why("echo first words >&2; sleep 3 & exit 3");
        assert!(first.contains("but `first words`"), "{first}");
        assert!(started.elapsed() < Duration::from_secs(2));
    }

    #[cfg(unix)]
    #[test]
    fn four_kibibytes_are_kept_of_what_a_compiler_says_of_itself() {
        let after = |bytes: usize| {
            why(&format!(
                "(head -c {bytes} /dev/zero | tr '\\0' a; echo out of memory) >&2"
            ))
        };
        assert!(after(4_000).contains("needed more memory"));
        assert!(!after(4_096).contains("needed more memory"));
    }

    #[test]
    fn a_long_line_is_cut_visibly() {
        assert_eq!(first_line(&"a".repeat(200)), Some("a".repeat(200)));
        assert_eq!(first_line(&"a".repeat(201)), Some("a".repeat(200) + "…"));
    }
}
