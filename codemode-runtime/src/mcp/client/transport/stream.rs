//! What a started server writes, as messages.

use std::time::Duration;

use tokio::io::AsyncBufRead;

use super::desk::{Desk, Heard, shown};
use super::lines::{Line, Lines};
use super::mend::Mender;
use super::text::{self, Found, MAX_MESSAGE};

/// How long the next line of a message may take. One that is written at once is a message over several lines; one that isn't has
/// no end.
const LINE_PAUSE: Duration = Duration::from_secs(1);

/// Reads messages from a standard output, and knows what stands between them.
pub(super) struct Messages<R> {
    lines: Lines<R>,
    open: Option<Open>,
    /// Whether it was told that there is something else on the standard output.
    told: bool,
}

/// A message whose end is still to come.
struct Open {
    mender: Box<Mender>,
    written: Vec<u8>,
}

impl<R: AsyncBufRead + Unpin> Messages<R> {
    pub(super) fn new(from: R) -> Self {
        Self {
            lines: Lines::new(from, MAX_MESSAGE),
            open: None,
            told: false,
        }
    }

    /// What comes next; `None` at the end.
    pub(super) async fn next(&mut self, desk: &Desk) -> Option<Vec<Heard>> {
        let line = if self.open.is_some() {
            match tokio::time::timeout(LINE_PAUSE, self.lines.next()).await {
                Ok(line) => line,
                Err(_) => return Some(self.give_up(desk)),
            }
        } else {
            self.lines.next().await
        };
        Some(match line {
            Some(Line::Whole(line)) => self.line(&line, desk),
            Some(Line::Long {
                beginning,
                end,
                size,
            }) => self.long(&beginning, &end, size, desk),
            None if self.open.is_some() => self.give_up(desk),
            None => return None,
        })
    }

    fn line(&mut self, line: &[u8], desk: &Desk) -> Vec<Heard> {
        let mut heard = Vec::new();
        if self.open.is_some() {
            // Where a message begins, another one has ended, one way or the other.
            let begins = line.trim_ascii_start().starts_with(b"{")
                && line.windows(9).any(|word| word == b"\"jsonrpc\"");
            if !begins {
                return self.go_on(line, desk);
            }
            heard = self.give_up(desk);
        }
        let found = text::find(line);
        if found.is_empty() || !begins_with_message(line) {
            heard.extend(self.noise(line));
        }
        for found in found {
            self.take(found, line, desk, &mut heard);
        }
        heard
    }

    fn take(&mut self, found: Found, line: &[u8], desk: &Desk, heard: &mut Vec<Heard>) {
        match found {
            Found::Message(message) => heard.extend(desk.means(message)),
            Found::Unreadable(unreadable) => heard.extend(desk.unreadable(&unreadable, &[line])),
            Found::Open(mut mender) => {
                mender.feed("\n");
                self.open = Some(Open {
                    mender,
                    written: line.to_owned(),
                });
            }
        }
    }

    /// Takes the next line of a message.
    fn go_on(&mut self, line: &[u8], desk: &Desk) -> Vec<Heard> {
        let Some(open) = &mut self.open else {
            return Vec::new();
        };
        open.written.push(b'\n');
        open.written.extend_from_slice(line);
        if open.written.len() > MAX_MESSAGE {
            return self.give_up(desk);
        }
        let text = String::from_utf8_lossy(line);
        if open.mender.feed(&text).is_none() {
            open.mender.feed("\n");
            return Vec::new();
        }
        let Some(open) = self.open.take() else {
            return Vec::new();
        };
        let found = text::whole(*open.mender);
        let mut heard = Vec::new();
        if found.is_empty() {
            heard.extend(self.noise(&open.written));
        }
        for found in found {
            self.take(found, &open.written, desk, &mut heard);
        }
        heard
    }

    /// A message whose end doesn't come, or no message.
    fn give_up(&mut self, desk: &Desk) -> Vec<Heard> {
        let Some(open) = self.open.take() else {
            return Vec::new();
        };
        if !open.mender.is_of_message() {
            return self.noise(&open.written).into_iter().collect();
        }
        let unreadable = open.mender.unreadable("it has no end".to_owned());
        desk.unreadable(&unreadable, &[&open.written])
    }

    fn long(&mut self, beginning: &[u8], end: &[u8], size: usize, desk: &Desk) -> Vec<Heard> {
        let mut heard = self.give_up(desk);
        heard.extend(desk.too_long(beginning, end, size));
        heard
    }

    /// What is no message is told once.
    fn noise(&mut self, line: &[u8]) -> Option<Heard> {
        if line.trim_ascii().is_empty() || std::mem::replace(&mut self.told, true) {
            return None;
        }
        let line = String::from_utf8_lossy(line.trim_ascii());
        Some(Heard::Oddity(format!(
            "it writes what is no message to its standard output, where only messages belong, such as: {}",
            shown(&line)
        )))
    }
}

/// Whether nothing stands before the first message of a line; a byte order mark is nothing.
fn begins_with_message(line: &[u8]) -> bool {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    matches!(line.trim_ascii_start().first(), Some(b'{' | b'['))
}
