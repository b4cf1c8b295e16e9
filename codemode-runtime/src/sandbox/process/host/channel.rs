//! The host's end of a worker's channel.

use std::io::ErrorKind as IoErrorKind;

use tokio::io::Interest;
use tokio::net::UnixStream;

use crate::sandbox::process::frame::{Bounds, Decoder, FromWorker, Nonsense};

/// How much of the replies may wait for a worker that doesn't read, before no further call is looked after.
const MAX_UNSENT: usize = 1024 * 1024;

/// How much is read at once.
const CHUNK: usize = 16 * 1024;

/// The host's end of the socket. What can't be sent at once is sent while something else is waited for.
pub(crate) struct Channel {
    socket: UnixStream,
    bounds: Bounds,
    decoder: Decoder,
    outgoing: Vec<u8>,
    sent: usize,
}

/// Why a worker can't be talked to.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ChannelError {
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error("it sent {0}")]
    Nonsense(#[from] Nonsense),
}

impl Channel {
    pub(crate) fn new(
        socket: std::os::unix::net::UnixStream,
        bounds: Bounds,
    ) -> std::io::Result<Self> {
        socket.set_nonblocking(true)?;
        Ok(Self {
            socket: UnixStream::from_std(socket)?,
            bounds,
            decoder: Decoder::default(),
            outgoing: Vec::new(),
            sent: 0,
        })
    }

    /// Frames may be as long as the worker's one run allows from now on.
    pub(crate) fn bound_by(&mut self, bounds: Bounds) {
        self.bounds = bounds;
    }

    /// Sends a frame, or as much of it as the socket takes now.
    pub(crate) fn send(&mut self, frame: &[u8]) {
        // A worker that is never quite done reading must not make this hold all that was ever sent. Only now and then, or
        // the rest would be moved for every small frame.
        if self.sent > self.outgoing.len() / 2 {
            self.outgoing.drain(..self.sent);
            self.sent = 0;
        }
        self.outgoing.extend_from_slice(frame);
        // Whatever can't be sent is tried again; that the worker is gone is seen when it is read from.
        let _ = self.flush();
    }

    pub(crate) fn flush(&mut self) -> std::io::Result<()> {
        while self.sent < self.outgoing.len() {
            match self.socket.try_write(&self.outgoing[self.sent..]) {
                Ok(written) => self.sent += written,
                Err(error) if error.kind() == IoErrorKind::WouldBlock => return Ok(()),
                Err(error) => {
                    self.outgoing.clear();
                    self.sent = 0;
                    return Err(error);
                }
            }
        }
        self.outgoing.clear();
        self.sent = 0;
        Ok(())
    }

    /// Tells the worker that nothing more will be sent, which is to end.
    pub(crate) fn hang_up(&self) {
        let _ = rustix::net::shutdown(&self.socket, rustix::net::Shutdown::Write);
    }

    pub(crate) fn may_send(&self) -> bool {
        self.outgoing.len() - self.sent < MAX_UNSENT
    }

    /// The next frame; `None` when the worker is gone. Nothing is lost when the future is dropped.
    ///
    /// Meanwhile it sends what waits to be sent, and does nothing else unless it `may_read`.
    pub(crate) async fn next_frame(
        &mut self,
        may_read: bool,
    ) -> Result<Option<FromWorker>, ChannelError> {
        // A worker that never stops talking would keep this thread from ever looking at its clock.
        tokio::task::coop::consume_budget().await;
        loop {
            if may_read && let Some(frame) = self.decoder.next_from_worker(self.bounds)? {
                return Ok(Some(frame));
            }
            let interest = match (may_read, self.outgoing.is_empty()) {
                (true, true) => Interest::READABLE,
                (true, false) => Interest::READABLE | Interest::WRITABLE,
                (false, false) => Interest::WRITABLE,
                (false, true) => return std::future::pending().await,
            };
            let ready = self.socket.ready(interest).await?;
            if ready.is_writable() {
                let _ = self.flush();
            }
            if may_read && ready.is_readable() {
                let mut chunk = [0; CHUNK];
                match self.socket.try_read(&mut chunk) {
                    Ok(0) => return Ok(None),
                    Ok(read) => self.decoder.receive(&chunk[..read]),
                    Err(error) if error.kind() == IoErrorKind::WouldBlock => {}
                    // A process that was killed leaves a connection that is reset.
                    Err(error) if error.kind() == IoErrorKind::ConnectionReset => return Ok(None),
                    Err(error) => return Err(error.into()),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use std::time::Duration;

    use super::*;
    use crate::sandbox::options::limits::Limits;

    #[tokio::test]
    async fn what_was_sent_is_not_kept_while_there_is_always_more_to_send() {
        const FRAME: usize = 32 * 1024;
        const ALWAYS: usize = 64 * FRAME;
        let (ours, mut theirs) = std::os::unix::net::UnixStream::pair().unwrap();
        let mut channel = Channel::new(ours, Bounds::of(&Limits::default())).unwrap();
        let (let_go, turns) = std::sync::mpsc::channel();
        let reader = std::thread::spawn(move || {
            let mut frame = vec![0; FRAME];
            for () in turns {
                theirs.read_exact(&mut frame).unwrap();
            }
            theirs
        });
        // More than a socket holds, so that something is left over each time.
        channel.send(&vec![1; ALWAYS]);
        for _ in 0..500 {
            channel.send(&vec![1; FRAME]);
            let_go.send(()).unwrap();
        }
        while channel.outgoing.len() - channel.sent > ALWAYS {
            // It sends while something else is waited for.
            let waiting = channel.next_frame(false);
            let _ = tokio::time::timeout(Duration::from_millis(1), waiting).await;
            channel.send(&[]);
        }
        assert!(!channel.outgoing.is_empty());
        let kept = channel.outgoing.len();
        assert!(kept <= 2 * ALWAYS, "{kept} bytes");
        drop(let_go);
        reader.join().unwrap();
    }
}
