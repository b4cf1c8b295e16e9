//! A channel's bytes to frames.

use super::bounds::Bounds;
use super::message::{FromWorker, ToWorker};
use super::parts::{LENGTH_BYTES, Nonsense};
use crate::sandbox::options::limits::Limits;

/// Cuts what comes through a channel into frames. It holds no more than has come, and of a frame that is too long not even
/// that.
#[derive(Debug, Default)]
pub(crate) struct Decoder {
    received: Vec<u8>,
    /// How much of it has been handed out.
    taken: usize,
}

impl Decoder {
    pub(crate) fn receive(&mut self, bytes: &[u8]) {
        self.received.drain(..self.taken);
        self.taken = 0;
        self.received.extend_from_slice(bytes);
    }

    /// The next frame of a worker, if it has come as a whole.
    pub(crate) fn next_from_worker(
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
    pub(crate) fn next_to_worker(&mut self) -> Result<Option<ToWorker>, Nonsense> {
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
pub(crate) fn read_all(bytes: &[u8], piece: usize) -> usize {
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
