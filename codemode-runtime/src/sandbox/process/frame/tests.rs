//! What is sent is what is received, and nothing else is.

use super::bounds::*;
use super::decoder::*;
use super::kind::*;
use super::message::*;
use super::parts::*;
use crate::outcome::LogLevel;
use crate::outcome::{ErrorKind, RunError};
use crate::sandbox::options::limits::Limits;

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
            room: Limits::default().room(),
            tools: vec![(3, "a.b".to_owned())],
            saved: vec![("one".to_owned(), "export …".to_owned())],
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
    assert!(bounds.allow(&call(limits.stored_text_bytes()).encode()));
    assert!(bounds.allow(&call(limits.attached_text_bytes()).encode()));
    assert!(!bounds.allow(&call(100_000_000).encode()));
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

#[test]
fn a_worker_that_is_locked_down_as_it_should_be_says_no_more_than_that_it_is_ready() {
    assert_eq!(ready(&[]).encode(), [1, 0, 0, 0, READY]);
}

#[test]
fn a_text_that_is_as_long_as_it_may_be_is_read() {
    let limits = Limits {
        error_bytes: 300_000,
        ..Limits::default()
    };
    let bounds = Bounds::of(&limits);
    let longest = "x".repeat(bounds.returned);
    // Each of these characters is six in JSON, and name and message may have as many.
    let mut escaped = done(&"\0".repeat(300_000));
    if let FromWorker::Done(end) = &mut escaped
        && let Some(error) = &mut end.error
    {
        error.name = Some("\0".repeat(300_000));
    }
    for frame in [returned(&longest), escaped] {
        let mut decoder = Decoder::default();
        decoder.receive(&frame.encode());
        assert_eq!(decoder.next_from_worker(bounds), Ok(Some(frame)));
    }
}

#[test]
fn there_is_room_for_what_no_limit_is_about() {
    let limits = Limits {
        error_bytes: 10,
        ..Limits::default()
    };
    let bounds = Bounds::of(&limits);
    // Every step of the lock-down with the system's words for what is missing.
    let missing = vec!["x".repeat(200); 20];
    let missing: Vec<&str> = missing.iter().map(String::as_str).collect();
    assert!(bounds.allow(&ready(&missing).encode()));
    // As many problems as are told of one script.
    let mut problems = done("");
    if let FromWorker::Done(end) = &mut problems
        && let Some(error) = &mut end.error
    {
        let problem = crate::Diagnostic {
            line: 1,
            column: 1,
            code: None,
            message: "x".repeat(4_096),
        };
        error.diagnostics = vec![problem; 100];
    }
    assert!(bounds.allow(&problems.encode()));
}
