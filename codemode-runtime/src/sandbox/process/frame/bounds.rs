//! How long a frame may be.

use super::kind::{CALL, DONE, LOG, READY, REFUSED, RETURNED};
use super::parts::{LENGTH_BYTES, Nonsense};
use crate::sandbox::options::limits::Limits;

/// How much the parts of a frame may need, in bytes, whose size isn't a limit's.
pub(super) const OVERHEAD: usize = 64 * 1024;

/// How long the frames of a worker may be: never longer than what the run may use anyway.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    pub(super) log: usize,
    call: usize,
    pub(super) returned: usize,
    done: usize,
}

impl Bounds {
    pub(crate) fn of(limits: &Limits) -> Self {
        Self {
            log: log_bytes(limits).saturating_add(1),
            // The script's side counts in units of two bytes, each of which can become three. The host counts again.
            call: limits
                .attached_text_bytes()
                .max(limits.stored_text_bytes())
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
    pub(super) fn content(self, kind: u8) -> Result<usize, Nonsense> {
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
    pub(crate) fn allow(self, frame: &[u8]) -> bool {
        let Some((kind, content)) = frame.get(LENGTH_BYTES..).and_then(<[u8]>::split_first) else {
            return false;
        };
        self.content(*kind)
            .is_ok_and(|bound| content.len() <= bound)
    }
}

/// How much of a logged text is sent: enough for the sandbox to see that it has to be cut.
pub(crate) fn log_bytes(limits: &Limits) -> usize {
    limits.log_bytes.saturating_add(OVERHEAD)
}
