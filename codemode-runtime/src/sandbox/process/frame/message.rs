//! What is said, and how it stands in a frame.

use serde::{Deserialize, Serialize};

use super::kind::{CALL, DONE, LOG, READY, REFUSED, REPLY, RETURNED, SETUP, START};
use super::parts::{
    Nonsense, frame, frame_with_json, from_json, json, json_and_text, log_level, number, text,
};
use crate::outcome::{LogLevel, RunError};
use crate::sandbox::options::limits::{Limits, Room};

/// What a worker needs to know to make an isolate ahead of its script.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Setup {
    /// Of this crate: the two programs may not be the same.
    pub(crate) version: String,
    pub(crate) limits: Limits,
    /// Whether the worker may go on where the system can't lock it down in every way.
    pub(crate) best_effort: bool,
}

/// How a run ended in the worker, with what only the worker knows of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct End {
    /// Why the script failed.
    pub(crate) error: Option<RunError>,
    pub(crate) cpu_micros: u64,
    pub(crate) heap_peak_bytes: u64,
}

/// From the sandbox to its worker.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ToWorker {
    /// Comes first.
    Setup(Box<Setup>),
    /// The one script that the worker runs, how much it may hand out, the tools that it may call, by number and path, and
    /// the saved scripts, by name and text.
    Start {
        room: Room,
        tools: Vec<(u32, String)>,
        saved: Vec<(String, String)>,
        script: String,
    },
    /// What came of a call, as the isolate takes it.
    Reply { call: u32, text: String },
}

/// From a worker to its sandbox.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum FromWorker {
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

impl ToWorker {
    pub(crate) fn encode(&self) -> Vec<u8> {
        match self {
            Self::Setup(setup) => frame(SETUP, &[&json(setup)]),
            Self::Start {
                room,
                tools,
                saved,
                script,
            } => frame_with_json(START, &(room, tools, saved), script),
            Self::Reply { call, text } => frame(REPLY, &[&call.to_le_bytes(), text.as_bytes()]),
        }
    }

    /// Reads what a sandbox has sent. The worker trusts its sandbox, so there is no bound.
    pub(crate) fn decode(kind: u8, content: &[u8]) -> Result<Self, Nonsense> {
        match kind {
            SETUP => from_json(content).map(Self::Setup),
            START => {
                let ((room, tools, saved), script) = json_and_text(content)?;
                Ok(Self::Start {
                    room,
                    tools,
                    saved,
                    script,
                })
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
    pub(crate) fn encode(&self) -> Vec<u8> {
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

    pub(super) fn decode(kind: u8, content: &[u8]) -> Result<Self, Nonsense> {
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
