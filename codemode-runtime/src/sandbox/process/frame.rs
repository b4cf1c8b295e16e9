//! What a sandbox and its worker say to each other: frames of a bounded length.
//!
//! A frame is its length in four bytes, the least first, a byte that tells its kind, and its content; the length counts
//! kind and content. Texts that are long or frequent stand in the frame as they are, so that nothing is escaped and parsed
//! on the way of a call; what is rare and has a structure is JSON.

use serde::{Deserialize, Serialize};

use crate::outcome::{LogLevel, RunError};
use crate::sandbox::Limits;

/// How much the parts of a frame may need, in bytes, whose size isn't a limit's.
const OVERHEAD: usize = 64 * 1024;

const LENGTH_BYTES: usize = 4;

/// What a worker needs to know to make an isolate ahead of its script.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Setup {
    /// Of this crate: the two programs may not be the same.
    pub(super) version: String,
    pub(super) limits: Limits,
    /// Whether the worker may go on where the system can't lock it down in every way.
    pub(super) best_effort: bool,
}

/// How a run ended in the worker, with what only the worker knows of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct End {
    /// Why the script failed.
    pub(super) error: Option<RunError>,
    pub(super) cpu_micros: u64,
    pub(super) heap_peak_bytes: u64,
}

/// From the sandbox to its worker.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ToWorker {
    /// Comes first.
    Setup(Box<Setup>),
    /// The one script that the worker runs, and the tools that it may call, by number and path.
    Start {
        tools: Vec<(u32, String)>,
        script: String,
    },
    /// What came of a call, as the isolate takes it.
    Reply { call: u32, text: String },
}

/// From a worker to its sandbox.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum FromWorker {
    /// The isolate is made, and everything is locked that has to be.
    Ready {
        /// What isn't locked beside that, in words.
        not_locked_down: Vec<String>,
    },
    /// The worker can't do what is asked of it, and why.
    Refused(String),
    Log {
        level: LogLevel,
        text: String,
    },
    Call {
        call: u32,
        tool: u32,
        input: String,
    },
    /// What the script returned, as JSON text. What it has left under way may still go on.
    Returned(Option<String>),
    /// The last one.
    Done(Box<End>),
}

/// Why what came through a channel is no frame.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Nonsense {
    #[error("a frame of {length} bytes, where {bound} are allowed")]
    TooLong { length: usize, bound: usize },
    #[error("a frame of an unknown kind ({0})")]
    UnknownKind(u8),
    #[error("a frame whose content can't be read")]
    Content,
    #[error("a frame that makes no sense at this point")]
    Unexpected,
}

const SETUP: u8 = 1;
const START: u8 = 2;
const REPLY: u8 = 3;
const READY: u8 = 4;
const REFUSED: u8 = 5;
const LOG: u8 = 6;
const CALL: u8 = 7;
const RETURNED: u8 = 8;
const DONE: u8 = 9;

impl ToWorker {
    pub(super) fn encode(&self) -> Vec<u8> {
        match self {
            Self::Setup(setup) => frame(SETUP, &[&json(setup)]),
            Self::Start { tools, script } => frame_with_json(START, tools, script),
            Self::Reply { call, text } => frame(REPLY, &[&call.to_le_bytes(), text.as_bytes()]),
        }
    }

    /// Reads what a sandbox has sent. The worker trusts its sandbox, so there is no bound.
    pub(super) fn decode(kind: u8, content: &[u8]) -> Result<Self, Nonsense> {
        match kind {
            SETUP => from_json(content).map(Self::Setup),
            START => {
                let (tools, script) = json_and_text(content)?;
                Ok(Self::Start { tools, script })
            }
            REPLY => {
                let (call, rest) = number(content)?;
                let text = text(rest)?;
                Ok(Self::Reply { call, text })
            }
            _ => Err(Nonsense::UnknownKind(kind)),
        }
    }
}

impl FromWorker {
    pub(super) fn encode(&self) -> Vec<u8> {
        match self {
            // Nothing is missing where everything is as it should be, and nothing is said then.
            Self::Ready { not_locked_down } if not_locked_down.is_empty() => frame(READY, &[]),
            Self::Ready { not_locked_down } => frame(READY, &[&json(not_locked_down)]),
            Self::Refused(reason) => frame(REFUSED, &[reason.as_bytes()]),
            Self::Log { level, text } => frame(LOG, &[&[*level as u8], text.as_bytes()]),
            Self::Call { call, tool, input } => frame(
                CALL,
                &[&call.to_le_bytes(), &tool.to_le_bytes(), input.as_bytes()],
            ),
            // No JSON text is empty.
            Self::Returned(result) => {
                let text = result.as_deref().unwrap_or_default();
                frame(RETURNED, &[text.as_bytes()])
            }
            Self::Done(end) => frame(DONE, &[&json(end)]),
        }
    }

    fn decode(kind: u8, content: &[u8]) -> Result<Self, Nonsense> {
        match kind {
            READY if content.is_empty() => Ok(Self::Ready {
                not_locked_down: Vec::new(),
            }),
            READY => from_json(content).map(|not_locked_down| Self::Ready { not_locked_down }),
            REFUSED => text(content).map(Self::Refused),
            LOG => {
                let (level, rest) = content.split_first().ok_or(Nonsense::Content)?;
                let level = log_level(*level).ok_or(Nonsense::Content)?;
                let text = text(rest)?;
                Ok(Self::Log { level, text })
            }
            CALL => {
                let (call, rest) = number(content)?;
                let (tool, rest) = number(rest)?;
                let input = text(rest)?;
                Ok(Self::Call { call, tool, input })
            }
            RETURNED => {
                let result = text(content)?;
                Ok(Self::Returned((!result.is_empty()).then_some(result)))
            }
            DONE => from_json(content).map(Self::Done),
            _ => Err(Nonsense::UnknownKind(kind)),
        }
    }
}

/// How long the frames of a worker may be: never longer than what the run may use anyway.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    log: usize,
    call: usize,
    returned: usize,
    done: usize,
}

impl Bounds {
    pub(super) fn of(limits: &Limits) -> Self {
        Self {
            log: log_bytes(limits).saturating_add(1),
            // The script's side counts in units of two bytes, each of which can become three. The host counts again.
            call: limits
                .argument_bytes
                .saturating_mul(3)
                .saturating_add(OVERHEAD),
            returned: limits.output_bytes,
            // Name and message of an error are escaped on their way, and it has places and diagnostics.
            done: limits
                .error_bytes
                .saturating_mul(12)
                .saturating_add(16 * OVERHEAD),
        }
    }

    /// How long the content of a frame of this kind may be.
    fn content(self, kind: u8) -> Result<usize, Nonsense> {
        match kind {
            READY | REFUSED => Ok(OVERHEAD),
            LOG => Ok(self.log),
            CALL => Ok(self.call),
            RETURNED => Ok(self.returned),
            DONE => Ok(self.done),
            _ => Err(Nonsense::UnknownKind(kind)),
        }
    }

    /// Whether the sandbox would take this frame.
    pub(super) fn allow(self, frame: &[u8]) -> bool {
        let Some((kind, content)) = frame.get(LENGTH_BYTES..).and_then(<[u8]>::split_first) else {
            return false;
        };
        self.content(*kind)
            .is_ok_and(|bound| content.len() <= bound)
    }
}

/// How much of a logged text is sent: enough for the sandbox to see that it has to be cut.
pub(super) fn log_bytes(limits: &Limits) -> usize {
    limits.log_bytes.saturating_add(OVERHEAD)
}

/// Cuts what comes through a channel into frames. It holds no more than has come, and of a frame that is too long not even
/// that.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    received: Vec<u8>,
    /// How much of it has been handed out.
    taken: usize,
}

impl Decoder {
    pub(super) fn receive(&mut self, bytes: &[u8]) {
        self.received.drain(..self.taken);
        self.taken = 0;
        self.received.extend_from_slice(bytes);
    }

    /// The next frame of a worker, if it has come as a whole.
    pub(super) fn next_from_worker(
        &mut self,
        bounds: Bounds,
    ) -> Result<Option<FromWorker>, Nonsense> {
        self.next(|kind, length| {
            let bound = bounds.content(kind)?;
            if length > bound {
                return Err(Nonsense::TooLong { length, bound });
            }
            Ok(())
        })?
        .map(|(kind, content)| FromWorker::decode(kind, content))
        .transpose()
    }

    /// The next frame of a sandbox, if it has come as a whole.
    pub(super) fn next_to_worker(&mut self) -> Result<Option<ToWorker>, Nonsense> {
        self.next(|_, _| Ok(()))?
            .map(|(kind, content)| ToWorker::decode(kind, content))
            .transpose()
    }

    fn next(
        &mut self,
        check: impl FnOnce(u8, usize) -> Result<(), Nonsense>,
    ) -> Result<Option<(u8, &[u8])>, Nonsense> {
        let rest = &self.received[self.taken..];
        let Some((header, rest)) = rest.split_first_chunk::<LENGTH_BYTES>() else {
            return Ok(None);
        };
        let length = u32::from_le_bytes(*header) as usize;
        // The kind is part of every frame, and known before the rest has come.
        let content_length = length.checked_sub(1).ok_or(Nonsense::Content)?;
        let Some((kind, rest)) = rest.split_first() else {
            return Ok(None);
        };
        check(*kind, content_length)?;
        let Some(content) = rest.get(..content_length) else {
            return Ok(None);
        };
        self.taken += LENGTH_BYTES + length;
        Ok(Some((*kind, content)))
    }
}

/// Reads what a worker might send, in pieces of so many bytes: for a fuzzer, and for tests. Returns how many frames there
/// were before the first nonsense.
///
/// # Panics
///
/// If more is kept than has come.
pub(in crate::sandbox) fn read_all(bytes: &[u8], piece: usize) -> usize {
    let bounds = Bounds::of(&Limits::default());
    let mut decoder = Decoder::default();
    let mut frames = 0;
    for piece in bytes.chunks(piece.max(1)) {
        decoder.receive(piece);
        loop {
            match decoder.next_from_worker(bounds) {
                Ok(Some(_)) => frames += 1,
                Ok(None) => break,
                Err(_) => return frames,
            }
        }
        let kept = decoder.received.len() - decoder.taken;
        assert!(kept <= bytes.len(), "{kept} of {} bytes", bytes.len());
    }
    frames
}

fn frame(kind: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length = 1 + parts.iter().map(|part| part.len()).sum::<usize>();
    let mut frame = Vec::with_capacity(LENGTH_BYTES + length);
    // Four gigabytes are beyond every limit; a frame whose length is cut short is nonsense to its reader.
    let header = u32::try_from(length).unwrap_or(0);
    frame.extend_from_slice(&header.to_le_bytes());
    frame.push(kind);
    for part in parts {
        frame.extend_from_slice(part);
    }
    frame
}

fn json(value: &impl Serialize) -> Vec<u8> {
    // Only a map with keys that are no text can fail, and there is none in a frame. Nothing would be nonsense to the reader.
    serde_json::to_vec(value).unwrap_or_default()
}

/// A frame of JSON and a text.
fn frame_with_json(kind: u8, value: &impl Serialize, text: &str) -> Vec<u8> {
    let json = json(value);
    let length = u32::try_from(json.len()).unwrap_or(0);
    frame(kind, &[&length.to_le_bytes(), &json, text.as_bytes()])
}

fn json_and_text<'de, T: Deserialize<'de>>(content: &'de [u8]) -> Result<(T, String), Nonsense> {
    let (length, rest) = number(content)?;
    let (json, rest) = rest
        .split_at_checked(length as usize)
        .ok_or(Nonsense::Content)?;
    Ok((from_json(json)?, text(rest)?))
}

fn from_json<'de, T: Deserialize<'de>>(content: &'de [u8]) -> Result<T, Nonsense> {
    serde_json::from_slice(content).map_err(|_| Nonsense::Content)
}

fn text(content: &[u8]) -> Result<String, Nonsense> {
    String::from_utf8(content.to_vec()).map_err(|_| Nonsense::Content)
}

fn number(content: &[u8]) -> Result<(u32, &[u8]), Nonsense> {
    let (number, rest) = content.split_first_chunk().ok_or(Nonsense::Content)?;
    Ok((u32::from_le_bytes(*number), rest))
}

fn log_level(number: u8) -> Option<LogLevel> {
    [
        LogLevel::Debug,
        LogLevel::Log,
        LogLevel::Info,
        LogLevel::Warn,
        LogLevel::Error,
    ]
    .into_iter()
    .find(|level| *level as u8 == number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::{ErrorKind, RunError};

    fn decode_all(bytes: &[u8], step: usize) -> Result<Vec<FromWorker>, Nonsense> {
        let bounds = Bounds::of(&Limits::default());
        let mut decoder = Decoder::default();
        let mut frames = Vec::new();
        for piece in bytes.chunks(step) {
            decoder.receive(piece);
            while let Some(frame) = decoder.next_from_worker(bounds)? {
                frames.push(frame);
            }
        }
        Ok(frames)
    }

    fn ready(not_locked_down: &[&str]) -> FromWorker {
        FromWorker::Ready {
            not_locked_down: not_locked_down.iter().map(ToString::to_string).collect(),
        }
    }

    fn done(message: &str) -> FromWorker {
        FromWorker::Done(Box::new(End {
            error: Some(RunError::new(ErrorKind::Exception, message)),
            cpu_micros: 1,
            heap_peak_bytes: 2,
        }))
    }

    fn returned(text: &str) -> FromWorker {
        FromWorker::Returned(Some(text.to_owned()))
    }

    #[test]
    fn frames_are_read_however_they_are_cut_on_their_way() {
        let sent = [
            ready(&[]),
            ready(&["a step: no", "another one: no"]),
            FromWorker::Log {
                level: LogLevel::Warn,
                text: "ä".repeat(300),
            },
            FromWorker::Call {
                call: 7,
                tool: 70_000,
                input: "{\"a\":1}".to_owned(),
            },
            FromWorker::Log {
                level: LogLevel::Debug,
                text: String::new(),
            },
            returned("[1]"),
            FromWorker::Returned(None),
            done("no"),
            FromWorker::Refused("no".to_owned()),
        ];
        let bytes: Vec<u8> = sent.iter().flat_map(FromWorker::encode).collect();
        for step in [1, 2, 3, 5, 64, bytes.len()] {
            assert_eq!(decode_all(&bytes, step).as_deref(), Ok(&sent[..]), "{step}");
        }
    }

    #[test]
    fn what_a_sandbox_says_is_read_by_its_worker() {
        let sent = [
            ToWorker::Setup(Box::new(Setup {
                version: "1.2.3".to_owned(),
                limits: Limits::default(),
                best_effort: true,
            })),
            ToWorker::Start {
                tools: vec![(3, "a.b".to_owned())],
                script: "return 1".to_owned(),
            },
            ToWorker::Reply {
                call: 4,
                text: String::new(),
            },
        ];
        let mut decoder = Decoder::default();
        for frame in &sent {
            decoder.receive(&frame.encode());
        }
        for frame in sent {
            assert_eq!(decoder.next_to_worker(), Ok(Some(frame)));
        }
        assert_eq!(decoder.next_to_worker(), Ok(None));
    }

    #[test]
    fn every_text_that_a_run_may_have_fits_into_its_frame() {
        let limits = Limits {
            output_bytes: 10,
            argument_bytes: 10,
            error_bytes: 10,
            log_bytes: 10,
            ..Limits::default()
        };
        let bounds = Bounds::of(&limits);
        let call = |bytes| FromWorker::Call {
            call: u32::MAX,
            tool: u32::MAX,
            input: "x".repeat(bytes),
        };
        assert!(bounds.allow(&call(10).encode()));
        assert!(!bounds.allow(&call(1_000_000).encode()));
        assert!(bounds.allow(&returned(&"1".repeat(10)).encode()));
        assert!(!bounds.allow(&returned(&"1".repeat(11)).encode()));
        assert!(bounds.allow(&done(&"\0".repeat(10)).encode()));
        assert!(!bounds.allow(&done(&"x".repeat(10_000_000)).encode()));
        let log = |bytes| FromWorker::Log {
            level: LogLevel::Log,
            text: "x".repeat(bytes),
        };
        assert!(bounds.allow(&log(log_bytes(&limits)).encode()));
        assert!(!bounds.allow(&log(log_bytes(&limits) + 1).encode()));
        assert!(!bounds.allow(&[1, 2]));
    }

    #[test]
    fn whatever_comes_is_read_or_refused() {
        let good: Vec<u8> = [
            ready(&[]),
            FromWorker::Log {
                level: LogLevel::Log,
                text: "text".to_owned(),
            },
            FromWorker::Call {
                call: 1,
                tool: 2,
                input: "{}".to_owned(),
            },
            returned("[1]"),
        ]
        .iter()
        .flat_map(FromWorker::encode)
        .collect();
        assert_eq!(read_all(&good, 7), 4);
        let mut random = fastrand::Rng::with_seed(4);
        let mut refused = 0;
        for _ in 0..20_000 {
            let mut bytes = good.clone();
            for _ in 0..random.usize(1..4) {
                let at = random.usize(..bytes.len());
                match random.u8(..3) {
                    0 => bytes[at] = random.u8(..),
                    1 => bytes.truncate(at.max(1)),
                    _ => bytes.insert(at, random.u8(..)),
                }
            }
            if read_all(&bytes, random.usize(1..40)) < 4 {
                refused += 1;
            }
        }
        // Some changes are within a text.
        assert!((10_000..20_000).contains(&refused), "{refused}");
    }

    #[test]
    fn nonsense_is_told_before_its_content_has_come() {
        let too_long = Bounds::of(&Limits::default()).log + 1;
        let header = |length: usize, kind: u8| {
            let mut bytes = u32::try_from(length + 1).unwrap().to_le_bytes().to_vec();
            bytes.push(kind);
            bytes
        };
        let cases = [
            ("too long", header(too_long, LOG), None),
            ("as long as can be", vec![255, 255, 255, 255, CALL], None),
            ("nothing", vec![0, 0, 0, 0], Some(Nonsense::Content)),
            ("unknown", header(3, 99), Some(Nonsense::UnknownKind(99))),
            (
                "of the other side",
                header(3, START),
                Some(Nonsense::UnknownKind(START)),
            ),
            (
                "no text",
                frame(LOG, &[&[0, 0xff]]),
                Some(Nonsense::Content),
            ),
            ("no level", frame(LOG, &[&[9]]), Some(Nonsense::Content)),
            (
                "half a number",
                frame(CALL, &[&[1, 0]]),
                Some(Nonsense::Content),
            ),
            ("no JSON", frame(DONE, &[b"{"]), Some(Nonsense::Content)),
        ];
        for (name, bytes, expected) in cases {
            let found = decode_all(&bytes, bytes.len()).unwrap_err();
            match expected {
                Some(expected) => assert_eq!(found, expected, "{name}"),
                None => assert!(matches!(found, Nonsense::TooLong { .. }), "{name}: {found}"),
            }
        }
    }
}
