//! What the other side writes, as messages.

use std::time::Duration;

use serde_json::Value;
use tokio::io::AsyncBufRead;

use super::lines::{Line, Lines, Part};
use super::mend::{Mender, Unreadable};
use super::text::{self, Found, MAX_MESSAGE};

/// How long the next line of a message may take. One that is written at once is a message over several lines; one that isn't has
/// no end.
const LINE_PAUSE: Duration = Duration::from_secs(1);

/// How long a whole message is kept for the end of its line, which some programs never write.
const END_PAUSE: Duration = Duration::from_millis(200);

/// What was read.
pub(crate) enum Piece {
    Message(Value),
    /// A message that can't be read, as it was written.
    Unreadable(Unreadable, Vec<u8>),
    /// A message that is too large to be read.
    TooLong {
        beginning: Vec<u8>,
        end: Vec<u8>,
        size: usize,
    },
    /// Lines that are no message, or have something else around one.
    Noise(Vec<u8>),
}

/// Reads messages from a stream, and knows what stands between them.
pub(crate) struct Messages<R> {
    lines: Lines<R>,
    open: Option<Open>,
}

/// A message whose end is still to come.
struct Open {
    mender: Box<Mender>,
    written: Vec<u8>,
}

impl<R: AsyncBufRead + Unpin> Messages<R> {
    pub(crate) fn new(from: R) -> Self {
        Self {
            lines: Lines::new(from, MAX_MESSAGE),
            open: None,
        }
    }

    /// What comes next; `None` at the end.
    pub(crate) async fn next(&mut self) -> Option<Vec<Piece>> {
        let mut is_known = false;
        loop {
            let pause = match self.open {
                Some(_) => Some(LINE_PAUSE),
                None if is_known || self.lines.held().is_empty() => None,
                None => Some(END_PAUSE),
            };
            let part = match pause {
                Some(pause) => tokio::time::timeout(pause, self.lines.part()).await.ok(),
                None => Some(self.lines.part().await),
            };
            match part {
                Some(Part::Line(line)) => return Some(self.any_line(line)),
                Some(Part::Open) => is_known = false,
                Some(Part::End) if self.open.is_some() => return Some(self.give_up()),
                Some(Part::End) => return None,
                None if self.is_whole() => {
                    let line = self.lines.take_held();
                    return Some(self.line(&line));
                }
                None if self.open.is_some() => return Some(self.give_up()),
                None => is_known = true,
            }
        }
    }

    /// Whether a message ends in what there is of a line.
    fn is_whole(&self) -> bool {
        let held = self.lines.held();
        if !matches!(held.trim_ascii_end().last(), Some(b'}' | b']')) {
            return false;
        }
        if let Some(open) = &self.open {
            let mut mender = open.mender.clone();
            return mender.feed(&String::from_utf8_lossy(held)).is_some();
        }
        let found = text::find(held);
        !found.is_empty() && !found.iter().any(|found| matches!(found, Found::Open(_)))
    }

    fn any_line(&mut self, line: Line) -> Vec<Piece> {
        match line {
            Line::Whole(line) => self.line(&line),
            Line::Long {
                beginning,
                end,
                size,
            } => {
                let mut pieces = self.give_up();
                pieces.push(Piece::TooLong {
                    beginning,
                    end,
                    size,
                });
                pieces
            }
        }
    }

    fn line(&mut self, line: &[u8]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        if self.open.is_some() {
            // Where a message begins, another one has ended, one way or the other.
            let begins = line.trim_ascii_start().starts_with(b"{")
                && line.windows(9).any(|word| word == b"\"jsonrpc\"");
            if !begins {
                return self.go_on(line);
            }
            pieces = self.give_up();
        }
        let found = text::find(line);
        if found.is_empty() || !begins_with_message(line) {
            pieces.extend(noise(line));
        }
        pieces.extend(found.into_iter().filter_map(|found| self.take(found, line)));
        pieces
    }

    fn take(&mut self, found: Found, line: &[u8]) -> Option<Piece> {
        match found {
            Found::Message(message) => Some(Piece::Message(message)),
            Found::Unreadable(unreadable) => Some(Piece::Unreadable(unreadable, line.to_owned())),
            Found::Open(mut mender) => {
                mender.feed("\n");
                self.open = Some(Open {
                    mender,
                    written: line.to_owned(),
                });
                None
            }
        }
    }

    /// Takes the next line of a message.
    fn go_on(&mut self, line: &[u8]) -> Vec<Piece> {
        let Some(open) = &mut self.open else {
            return Vec::new();
        };
        open.written.push(b'\n');
        open.written.extend_from_slice(line);
        if open.written.len() > MAX_MESSAGE {
            return self.give_up();
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
        if found.is_empty() {
            return noise(&open.written).into_iter().collect();
        }
        let found = found.into_iter();
        found
            .filter_map(|found| self.take(found, &open.written))
            .collect()
    }

    /// A message whose end doesn't come, or no message.
    fn give_up(&mut self) -> Vec<Piece> {
        let Some(open) = self.open.take() else {
            return Vec::new();
        };
        if !open.mender.is_of_message() {
            return noise(&open.written).into_iter().collect();
        }
        let unreadable = open.mender.unreadable("it has no end".to_owned());
        vec![Piece::Unreadable(unreadable, open.written)]
    }
}

fn noise(written: &[u8]) -> Option<Piece> {
    let written = written.trim_ascii();
    (!written.is_empty()).then(|| Piece::Noise(written.to_owned()))
}

/// Whether nothing stands before the first message of a line; a byte order mark is nothing.
fn begins_with_message(line: &[u8]) -> bool {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    matches!(line.trim_ascii_start().first(), Some(b'{' | b'['))
}
