//! The events of a stream of the server.

use std::time::Duration;

use reqwest::Response;
use reqwest::header::HeaderValue;

use super::refusal;
use crate::wire::MAX_MESSAGE;

/// How much is kept of an event that is too large.
const KEPT: usize = 4_096;

/// How long to wait before a stream is taken up again, and at most.
const PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// What an event carries.
pub(super) enum Event {
    Whole(Vec<u8>),
    /// It is too large.
    Long {
        beginning: Vec<u8>,
        size: usize,
    },
}

/// Reads server-sent events.
pub(super) struct Events {
    response: Response,
    reading: Reading,
}

#[derive(Default)]
struct Reading {
    /// What was received and not read.
    received: Vec<u8>,
    /// How much of it has been looked at for the end of a line.
    looked_at: usize,
    data: Vec<u8>,
    size: usize,
    /// Whether the beginning of the stream is read.
    has_begun: bool,
    last_id: Option<HeaderValue>,
    retry: Option<Duration>,
}

impl Events {
    pub(super) fn new(response: Response) -> Self {
        Self {
            response,
            reading: Reading::default(),
        }
    }

    /// The rest of a stream, after an event.
    pub(super) fn resumed(response: Response, last_id: HeaderValue) -> Self {
        let mut events = Self::new(response);
        events.reading.last_id = Some(last_id);
        events
    }

    /// The event after which the stream can be taken up again.
    pub(super) fn last_id(&self) -> Option<&HeaderValue> {
        self.reading.last_id.as_ref()
    }

    /// How long the server wants to be left alone before that.
    pub(super) fn pause(&self) -> Duration {
        self.reading.retry.unwrap_or(PAUSE).min(LONGEST_PAUSE)
    }

    /// The next event; `None` at the end.
    ///
    /// # Errors
    ///
    /// If the stream is cut off.
    pub(super) async fn next(&mut self) -> Result<Option<Event>, String> {
        loop {
            if let Some(event) = self.reading.event() {
                return Ok(Some(event));
            }
            match self.response.chunk().await {
                Ok(Some(chunk)) => self.reading.received.extend_from_slice(&chunk),
                // An event that isn't ended counts all the same: its data may be a whole message.
                Ok(None) => {
                    self.reading.end();
                    return Ok(self.reading.event());
                }
                Err(error) => return Err(refusal::cause(&error)),
            }
        }
    }
}

impl Reading {
    /// The next event in what was received.
    fn event(&mut self) -> Option<Event> {
        loop {
            let Some(end) = self.received[self.looked_at..]
                .iter()
                .position(|byte| *byte == b'\n')
            else {
                self.looked_at = self.received.len();
                if self.received.len() > MAX_MESSAGE {
                    let part: Vec<u8> = self.received.drain(..).collect();
                    self.looked_at = 0;
                    self.add(part.strip_prefix(b"data:").unwrap_or(&part));
                    self.received.extend_from_slice(b"data:");
                }
                return None;
            };
            let line: Vec<u8> = self.received.drain(..=self.looked_at + end).collect();
            self.looked_at = 0;
            let line = line.strip_suffix(b"\n").unwrap_or(&line);
            let line = if std::mem::replace(&mut self.has_begun, true) {
                line
            } else {
                line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line)
            };
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if line.is_empty() {
                if self.size > 0 {
                    return Some(self.taken());
                }
                continue;
            }
            self.field(line);
        }
    }

    fn field(&mut self, line: &[u8]) {
        let colon = line
            .iter()
            .position(|byte| *byte == b':')
            .unwrap_or(line.len());
        let value = line.get(colon + 1..).unwrap_or_default();
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match &line[..colon] {
            b"data" => {
                if self.size > 0 {
                    self.add(b"\n");
                }
                self.add(value);
            }
            b"id" => {
                self.last_id = HeaderValue::from_bytes(value)
                    .ok()
                    .filter(|id| !id.is_empty());
            }
            b"retry" => {
                let milliseconds = std::str::from_utf8(value)
                    .ok()
                    .and_then(|value| value.parse().ok());
                self.retry = milliseconds.map(Duration::from_millis);
            }
            _ => {}
        }
    }

    fn add(&mut self, data: &[u8]) {
        self.size += data.len();
        if self.size <= MAX_MESSAGE {
            self.data.extend_from_slice(data);
        } else {
            if self.data.is_empty() {
                self.data.extend_from_slice(&data[..KEPT.min(data.len())]);
            }
            self.data.truncate(KEPT);
        }
    }

    fn taken(&mut self) -> Event {
        let (data, size) = (
            std::mem::take(&mut self.data),
            std::mem::take(&mut self.size),
        );
        if size > MAX_MESSAGE {
            return Event::Long {
                beginning: data,
                size,
            };
        }
        Event::Whole(data)
    }

    fn end(&mut self) {
        self.received.extend_from_slice(b"\n\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(parts: &[&[u8]]) -> (Vec<String>, Reading) {
        let mut reading = Reading::default();
        let mut all = Vec::new();
        for part in parts {
            reading.received.extend_from_slice(part);
            while let Some(event) = reading.event() {
                all.push(match event {
                    Event::Whole(data) => String::from_utf8_lossy(&data).into_owned(),
                    Event::Long { beginning, size } => format!("{size} {}", beginning.len()),
                });
            }
        }
        (all, reading)
    }

    #[test]
    fn events_are_read_however_they_are_cut() {
        let (events, reading) = read(&[
            b": hello\r\n\r\nevent: message\r\nid: 7\r\nretry: 20\r\nda",
            b"ta: {\"a\":\r\ndata:1}\r\n\r",
            b"\ndata\n\ndata: gr\xfc\xdfe\n\nid: \ndata: open",
        ]);
        assert_eq!(events, ["{\"a\":\n1}", "gr\u{fffd}\u{fffd}e"]);
        assert_eq!(reading.retry, Some(Duration::from_millis(20)));
        assert_eq!(reading.last_id, None);
    }

    #[test]
    fn a_byte_order_mark_is_nothing_where_a_stream_begins() {
        let mark = b"\xef\xbb\xbf";
        let (events, _) = read(&[
            mark,
            b"data: one\n\n",
            mark,
            b"data: two\n\ndata: three\n\n",
        ]);
        assert_eq!(events, ["one", "three"]);
    }

    #[test]
    fn a_large_event_is_left_with_its_beginning() {
        let large = [b"data: {\"id\":7".to_vec(), vec![b'x'; MAX_MESSAGE]].concat();
        let (events, _) = read(&[&large, b"more\n\ndata: next\n\n"]);
        assert_eq!(events.len(), 2);
        assert!(events[0].ends_with(" 4096"), "{}", events[0]);
        assert_eq!(events[1], "next");
    }
}
