//! What a script hands back, as the bootstrap puts it.

use deno_core::v8;

use crate::outcome::{ErrorKind, Frame, RunError};
use crate::sandbox::cut::cut;
use crate::sandbox::options::limits::Limits;

/// The script's result in the engine, read.
pub(crate) enum HandedBack {
    /// Nothing.
    Nothing,
    /// JSON text.
    Text(String),
    /// JSON text of more bytes than it may have: so many.
    TooLong(String),
    /// The same of a value that was never said to be the result.
    ImpliedTooLong(usize),
    /// Why it can't be sent, and where it stands in the script's code.
    Refused(String, Option<u32>),
}

impl HandedBack {
    /// Reads the value that the bootstrap's `encodeResult` has made.
    pub(crate) fn read<'s>(
        scope: &mut v8::PinScope<'s, '_>,
        value: v8::Local<'s, v8::Value>,
        limit: usize,
    ) -> Self {
        // Measured inside the engine: copying a huge text out first would spend the host's memory.
        if let Ok(text) = value.try_cast::<v8::String>() {
            return match text.utf8_length(scope) {
                bytes if bytes > limit => Self::TooLong(bytes.to_string()),
                _ => Self::Text(text.to_rust_string_lossy(scope)),
            };
        }
        let Ok(parts) = value.try_cast::<v8::Array>() else {
            return Self::Nothing;
        };
        let first = parts.get_index(scope, 0);
        let second = parts.get_index(scope, 1);
        match (first, second) {
            (Some(place), Some(why)) if why.is_string() => {
                let offset = place.int32_value(scope);
                let offset = offset.and_then(|offset| u32::try_from(offset).ok());
                Self::Refused(why.to_rust_string_lossy(scope), offset)
            }
            (Some(found), _) => {
                let Ok(text) = found.try_cast::<v8::String>() else {
                    let length = found.to_rust_string_lossy(scope);
                    return Self::TooLong(format!("about {length} or more"));
                };
                match text.utf8_length(scope) {
                    bytes if bytes > limit => Self::ImpliedTooLong(bytes),
                    _ => Self::Text(text.to_rust_string_lossy(scope)),
                }
            }
            (None, _) => Self::TooLong("too many".to_owned()),
        }
    }
}

/// Why a result of so many bytes isn't taken.
pub(crate) fn too_long(bytes: &str, limit: usize) -> RunError {
    let text = format!(
        "the script returned {bytes} bytes of JSON, more than its limit of {limit}: return less of it, or hand it out as a \
         file with `output.file`"
    );
    RunError::new(ErrorKind::Limit, text)
}

/// Why a result isn't taken that can't be sent.
pub(crate) fn refused(why: &str, place: Option<(u32, u32)>, limits: &Limits) -> RunError {
    let frame = place.map(|(line, column)| Frame {
        function: None,
        file: None,
        line,
        column,
    });
    RunError {
        name: Some("TypeError".to_owned()),
        frames: frame.into_iter().collect(),
        ..RunError::new(ErrorKind::Exception, cut(why, limits.error_bytes))
    }
}
