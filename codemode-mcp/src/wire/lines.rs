//! Lines of any bytes and any length.

use serde::Serialize;
use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::sync::Mutex;

/// How much is kept of either end of a line that is too long.
const KEPT: usize = 4_096;

/// A line, without its end.
pub(crate) enum Line {
    Whole(Vec<u8>),
    /// One that is longer than the bound.
    Long {
        beginning: Vec<u8>,
        end: Vec<u8>,
        size: usize,
    },
}

/// What was read at once.
pub(super) enum Part {
    Line(Line),
    /// More of a line that isn't ended.
    Open,
    End,
}

/// Reads lines up to a bound, and the ends of those beyond it.
pub(crate) struct Lines<R> {
    from: R,
    bound: usize,
    /// Programs that show how far they are go back to the beginning of the line with it.
    stops_at_return: bool,
    line: Vec<u8>,
    size: usize,
}

impl<R: AsyncBufRead + Unpin> Lines<R> {
    pub(crate) fn new(from: R, bound: usize) -> Self {
        Self {
            from,
            bound,
            stops_at_return: false,
            line: Vec::new(),
            size: 0,
        }
    }

    /// Has a carriage return end a line as well.
    pub(crate) fn stops_at_return(self) -> Self {
        Self {
            stops_at_return: true,
            ..self
        }
    }

    /// The next line; `None` at the end. What is read isn't lost when this is dropped.
    pub(crate) async fn next(&mut self) -> Option<Line> {
        loop {
            match self.part().await {
                Part::Line(line) => return Some(line),
                Part::Open => {}
                Part::End => return None,
            }
        }
    }

    /// What comes next, be it a line or less. What is read isn't lost when this is dropped.
    pub(super) async fn part(&mut self) -> Part {
        let Ok(read) = self.from.fill_buf().await else {
            return self.ended();
        };
        if read.is_empty() {
            return self.ended();
        }
        let ends_line = |byte: &u8| *byte == b'\n' || (self.stops_at_return && *byte == b'\r');
        let end = read.iter().position(ends_line);
        let part = &read[..end.unwrap_or(read.len())];
        self.size += part.len();
        self.line.extend_from_slice(part);
        let used = part.len() + usize::from(end.is_some());
        self.from.consume(used);
        if self.size > self.bound {
            self.keep_ends();
        }
        if end.is_some() {
            Part::Line(self.taken())
        } else {
            Part::Open
        }
    }

    /// What there is of a line that isn't ended; nothing of one that is too long.
    pub(super) fn held(&self) -> &[u8] {
        if self.size > self.bound {
            &[]
        } else {
            &self.line
        }
    }

    /// Takes that as a line.
    pub(super) fn take_held(&mut self) -> Vec<u8> {
        self.size = 0;
        std::mem::take(&mut self.line)
    }

    /// Leaves the beginning and the end of what is held.
    fn keep_ends(&mut self) {
        let surplus = self.line.len().saturating_sub(2 * KEPT);
        if surplus > 0 {
            self.line.drain(KEPT..KEPT + surplus);
        }
    }

    fn ended(&mut self) -> Part {
        if self.line.is_empty() {
            Part::End
        } else {
            Part::Line(self.taken())
        }
    }

    fn taken(&mut self) -> Line {
        let (mut line, size) = (
            std::mem::take(&mut self.line),
            std::mem::take(&mut self.size),
        );
        if size <= self.bound {
            return Line::Whole(line);
        }
        let end = line.split_off(KEPT.min(line.len()));
        Line::Long {
            beginning: line,
            end,
            size,
        }
    }
}

/// Writes a message as a line, unless the output is closed.
pub(crate) async fn write(
    output: &Mutex<Option<impl AsyncWrite + Unpin>>,
    message: &impl Serialize,
) -> std::io::Result<()> {
    let mut line = serde_json::to_vec(message)?;
    line.push(b'\n');
    let mut output = output.lock().await;
    let Some(output) = &mut *output else {
        return Err(std::io::ErrorKind::BrokenPipe.into());
    };
    output.write_all(&line).await?;
    output.flush().await
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(bytes: &[u8], bound: usize) -> Vec<String> {
        let mut lines = Lines::new(bytes, bound).stops_at_return();
        let mut all = Vec::new();
        while let Some(line) = lines.next().await {
            all.push(match line {
                Line::Whole(line) => String::from_utf8_lossy(&line).into_owned(),
                Line::Long {
                    beginning,
                    end,
                    size,
                } => format!("{size} {} {}", beginning.len(), end.len()),
            });
        }
        all
    }

    #[tokio::test]
    async fn lines_end_where_they_end_whatever_is_in_them() {
        let read = read(b"a\n\nb\xfc\xdf\r\nc\xe2\x80\xa8d", 100).await;
        assert_eq!(read, ["a", "", "b\u{fffd}\u{fffd}", "", "c\u{2028}d"]);
    }

    #[tokio::test]
    async fn long_lines_are_left_with_their_ends() {
        let bytes = [
            vec![b'x'; 100_000],
            b"\nshort\n".to_vec(),
            vec![b'y'; 5_000],
        ]
        .concat();
        let read = read(&bytes, 4_500).await;
        assert_eq!(read, ["100000 4096 4096", "short", "5000 4096 904"]);
    }
}
