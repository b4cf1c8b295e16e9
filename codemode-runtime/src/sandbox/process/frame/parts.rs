//! Parts of frames: texts, numbers, JSON.

use serde::{Deserialize, Serialize};

use crate::outcome::LogLevel;

/// The length that stands before each frame.
pub(super) const LENGTH_BYTES: usize = 4;

/// Why what came through a channel is no frame.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Nonsense {
    #[error("a frame of {length} bytes, where {bound} are allowed")]
    TooLong { length: usize, bound: usize },
    #[error("a frame of an unknown kind ({0})")]
    UnknownKind(u8),
    #[error("a frame whose content can't be read")]
    Content,
    #[error("a frame that makes no sense at this point")]
    Unexpected,
}

pub(super) fn frame(kind: u8, parts: &[&[u8]]) -> Vec<u8> {
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

pub(super) fn json(value: &impl Serialize) -> Vec<u8> {
    // Only a map with keys that are no text can fail, and there is none in a frame. Nothing would be nonsense to the reader.
    serde_json::to_vec(value).unwrap_or_default()
}

/// A frame of JSON and a text.
pub(super) fn frame_with_json(kind: u8, value: &impl Serialize, text: &str) -> Vec<u8> {
    let json = json(value);
    let length = u32::try_from(json.len()).unwrap_or(0);
    frame(kind, &[&length.to_le_bytes(), &json, text.as_bytes()])
}

pub(super) fn json_and_text<'de, T: Deserialize<'de>>(
    content: &'de [u8],
) -> Result<(T, String), Nonsense> {
    let (length, rest) = number(content)?;
    let (json, rest) = rest
        .split_at_checked(length as usize)
        .ok_or(Nonsense::Content)?;
    Ok((from_json(json)?, text(rest)?))
}

pub(super) fn from_json<'de, T: Deserialize<'de>>(content: &'de [u8]) -> Result<T, Nonsense> {
    serde_json::from_slice(content).map_err(|_| Nonsense::Content)
}

pub(super) fn text(content: &[u8]) -> Result<String, Nonsense> {
    String::from_utf8(content.to_vec()).map_err(|_| Nonsense::Content)
}

pub(super) fn number(content: &[u8]) -> Result<(u32, &[u8]), Nonsense> {
    let (number, rest) = content.split_first_chunk().ok_or(Nonsense::Content)?;
    Ok((u32::from_le_bytes(*number), rest))
}

pub(super) fn log_level(number: u8) -> Option<LogLevel> {
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
