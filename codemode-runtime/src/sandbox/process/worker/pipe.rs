//! The worker's end of the channel.

use std::collections::HashMap;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, Weak};

use rustix::event::{PollFd, PollFlags};
use rustix::io::Errno;
use tokio::sync::oneshot;

use super::super::frame::{Bounds, Decoder, End, FromWorker, ToWorker, log_bytes};
use crate::outcome::{ErrorKind, LogLevel, RunError};
use crate::sandbox::isolate::doors::Calls;
use crate::sandbox::isolate::world::ops::Reply;
use crate::sandbox::lock::lock;
use crate::sandbox::run::cpu;
use crate::sandbox::run::state::{Run, RunningScript};
use crate::sandbox::run::{border, text};
use crate::tool::error::ToolError;

/// How much is read at once.
const CHUNK: usize = 16 * 1024;

/// How much of the replies is read while something is sent, and kept until the script takes it: what fits in beside the
/// engine.
const MAX_UNREAD: usize = 64 * 1024 * 1024;

/// The sandbox has closed its half of the channel: whoever reads sees that, but here nobody does while a script is busy.
#[cfg(target_os = "linux")]
const SAYS_NO_MORE: PollFlags = PollFlags::RDHUP;
/// There is nothing to ask for that.
#[cfg(not(target_os = "linux"))]
const SAYS_NO_MORE: PollFlags = PollFlags::empty();

/// The socket to the sandbox.
///
/// It is written to at once, and in whole frames, from whichever thread has something to say. It is read in a blocking way
/// until the script starts, and then on the isolate's thread whenever the script waits.
pub(super) struct Pipe {
    socket: UnixStream,
    /// The same for the event loop, until that has taken it.
    of_event_loop: Mutex<Option<tokio::net::UnixStream>>,
    writing: Mutex<()>,
    decoder: Mutex<Decoder>,
    waiting: Mutex<HashMap<u32, oneshot::Sender<String>>>,
    /// How large the replies are that have come and that the script hasn't taken.
    unread: AtomicUsize,
    last_call: AtomicU32,
    has_ended: AtomicBool,
    this: Weak<Self>,
}

impl Pipe {
    /// The channel, which is where a sandbox puts it.
    pub(super) fn on_standard_input() -> Result<Arc<Self>, String> {
        let by_hand = |_| "this is started by a sandbox, not by hand".to_owned();
        let input = rustix::stdio::stdin();
        rustix::net::sockopt::socket_type(input).map_err(|error| by_hand(error.into()))?;
        let socket = UnixStream::from(input.try_clone_to_owned().map_err(by_hand)?);
        socket.set_nonblocking(true).map_err(by_hand)?;
        Ok(Arc::new_cyclic(|this| Self {
            socket,
            of_event_loop: Mutex::default(),
            writing: Mutex::default(),
            decoder: Mutex::default(),
            waiting: Mutex::default(),
            unread: AtomicUsize::default(),
            last_call: AtomicU32::default(),
            has_ended: AtomicBool::default(),
            this: Weak::clone(this),
        }))
    }

    pub(super) fn send(&self, frame: &FromWorker) {
        self.write(&frame.encode());
    }

    /// Tells how the run ended; only the first end counts.
    pub(super) fn end(&self, run: &Run, result: Result<(), RunError>) {
        if self.has_ended.swap(true, Ordering::AcqRel) {
            return;
        }
        let frame = done(run, result).encode();
        if Bounds::of(&run.limits).allow(&frame) {
            return self.write(&frame);
        }
        let error = RunError::new(
            ErrorKind::Limit,
            "the description of the script's error is larger than it may be",
        );
        self.write(&done(run, Err(error)).encode());
    }

    fn write(&self, mut bytes: &[u8]) {
        let _writing = lock(&self.writing);
        while !bytes.is_empty() {
            match rustix::io::write(&self.socket, bytes) {
                Ok(written) => bytes = &bytes[written..],
                Err(Errno::AGAIN) => self.until_writable(),
                Err(Errno::INTR) => {}
                // The sandbox is gone, which ends this process.
                Err(_) => return,
            }
        }
    }

    /// The next frame, however long it takes; `None` when there is none.
    pub(super) fn wait(&self) -> Option<ToWorker> {
        let mut decoder = lock(&self.decoder);
        let mut chunk = [0; CHUNK];
        loop {
            match decoder.next_to_worker() {
                Ok(None) => {}
                Ok(Some(frame)) => return Some(frame),
                Err(_) => return None,
            }
            match rustix::io::read(&self.socket, &mut chunk) {
                Ok(0) => return None,
                Ok(read) => decoder.receive(&chunk[..read]),
                Err(Errno::AGAIN) => {
                    self.until(PollFlags::IN);
                }
                Err(Errno::INTR) => {}
                Err(_) => return None,
            }
        }
    }

    /// Waits until the sandbox takes more, and reads its replies meanwhile: it takes no more calls while it has as many
    /// replies to send as it will hold, so neither would ever get on with the other.
    fn until_writable(&self) {
        let may_read =
            self.unread.load(Ordering::Relaxed) < MAX_UNREAD && !lock(&self.waiting).is_empty();
        if !may_read {
            self.until(PollFlags::OUT);
            return;
        }
        let ready = self.until(PollFlags::OUT | PollFlags::IN);
        if ready.contains(PollFlags::IN) {
            let mut chunk = [0; CHUNK];
            // That the sandbox is gone, or talks nonsense, is seen by whoever writes or reads next.
            if let Ok(read) = rustix::io::read(&self.socket, &mut chunk) {
                self.take(&chunk[..read]);
            }
        }
    }

    /// Waits for the socket. What has come about is told to the caller by trying again, too.
    fn until(&self, flags: PollFlags) -> PollFlags {
        let mut socket = [PollFd::new(&self.socket, flags)];
        let _ = rustix::event::poll(&mut socket, None);
        socket[0].revents()
    }

    /// Waits until the sandbox is gone, and leaves to others what it says until then. Calls `last_orders` when it has said
    /// its last.
    pub(super) fn until_hung_up(&self, last_orders: impl FnOnce()) {
        let mut last_orders = Some(last_orders);
        loop {
            let flags = match last_orders {
                Some(_) => SAYS_NO_MORE,
                None => PollFlags::empty(),
            };
            let mut socket = [PollFd::new(&self.socket, flags)];
            match rustix::event::poll(&mut socket, None) {
                Ok(_) | Err(Errno::INTR) => {}
                Err(_) => return,
            }
            let seen = socket[0].revents();
            if !(seen - SAYS_NO_MORE).is_empty() {
                return;
            }
            if !seen.is_empty()
                && let Some(last_orders) = last_orders.take()
            {
                last_orders();
            }
        }
    }

    /// Makes the socket known to an event loop, which reads from it once the script makes a call. Opening what that takes is
    /// forbidden later.
    pub(super) fn attach(&self, event_loop: &tokio::runtime::Runtime) -> std::io::Result<()> {
        let _entered = event_loop.enter();
        let socket = tokio::net::UnixStream::from_std(self.socket.try_clone()?)?;
        *lock(&self.of_event_loop) = Some(socket);
        Ok(())
    }

    /// Lets the event loop of this thread read what comes, from now on.
    fn read_here(&self) {
        if let Some(socket) = lock(&self.of_event_loop).take()
            && let Some(this) = self.this.upgrade()
        {
            tokio::spawn(async move {
                // It ends with the sandbox, which somebody else sees, too.
                this.read(socket).await;
            });
        }
    }

    async fn read(&self, socket: tokio::net::UnixStream) {
        let mut chunk = vec![0; CHUNK];
        while socket.readable().await.is_ok() {
            match socket.try_read(&mut chunk) {
                Ok(0) => return,
                Ok(read) => {
                    if !self.take(&chunk[..read]) {
                        return;
                    }
                }
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
                Err(_) => return,
            }
        }
    }

    /// Makes a call. The reply is as the script's side reads it, which may be a refusal.
    async fn ask(&self, tool: u32, input: String) -> Result<String, ToolError> {
        let call = self.last_call.fetch_add(1, Ordering::Relaxed);
        let (reply, replied) = oneshot::channel();
        lock(&self.waiting).insert(call, reply);
        self.read_here();
        self.send(&FromWorker::Call { call, tool, input });
        let text = replied
            .await
            .map_err(|_| ToolError::failed("the sandbox is gone"))?;
        self.unread.fetch_sub(text.len(), Ordering::Relaxed);
        Ok(text)
    }

    fn take(&self, bytes: &[u8]) -> bool {
        let mut decoder = lock(&self.decoder);
        decoder.receive(bytes);
        loop {
            match decoder.next_to_worker() {
                Ok(None) => return true,
                Ok(Some(ToWorker::Reply { call, text })) => {
                    if let Some(waiting) = lock(&self.waiting).remove(&call) {
                        self.unread.fetch_add(text.len(), Ordering::Relaxed);
                        let _ = waiting.send(text);
                    }
                }
                Ok(Some(_)) | Err(_) => return false,
            }
        }
    }
}

fn done(run: &Run, result: Result<(), RunError>) -> FromWorker {
    FromWorker::Done(Box::new(End {
        error: result.err(),
        cpu_micros: run.cpu_micros(),
        heap_peak_bytes: run.heap_peak(),
    }))
}

/// A script's doors to the other side of the channel, where all is decided.
pub(super) struct Away {
    pipe: Arc<Pipe>,
    run: Arc<Run>,
    paths: HashMap<u32, String>,
}

impl Away {
    pub(super) fn new(pipe: &Arc<Pipe>, run: &Arc<Run>, tools: &[(u32, String)]) -> Self {
        Self {
            pipe: Arc::clone(pipe),
            run: Arc::clone(run),
            paths: tools.iter().cloned().collect(),
        }
    }
}

impl Calls for Away {
    fn call(&self, tool: u32, input: String) -> Reply {
        let pipe = Arc::clone(&self.pipe);
        let run = Arc::clone(&self.run);
        let path = self.paths.get(&tool).cloned().unwrap_or_default();
        Box::pin(async move {
            // The run ends when the calls that have begun here have ended.
            let Some(call) = run.begin_call(path.into()) else {
                return border::reply_text(Err(ToolError::failed("no more calls are allowed")));
            };
            let reply = pipe.ask(tool, input).await;
            run.end_call(call, reply.is_ok());
            border::reply_text(reply)
        })
    }

    fn logged(&self, level: LogLevel, text: &str) {
        let kept = text.floor_char_boundary(log_bytes(&self.run.limits));
        let text = text[..kept].to_owned();
        self.pipe.send(&FromWorker::Log { level, text });
    }

    fn returned(&self, result: Option<String>) -> Result<(), RunError> {
        if let Some(text) = &result {
            text::parse(text)?;
        }
        self.pipe.send(&FromWorker::Returned(result));
        Ok(())
    }
}

/// A script that has been told to stop. That is the end of its process, and the sandbox brings it about.
pub(super) struct Ending {
    pub(super) pipe: Arc<Pipe>,
    pub(super) run: Weak<Run>,
}

impl RunningScript for Ending {
    /// Tells why, and takes the thread out of the world. It may be the script's own, in the middle of an allocation that the
    /// engine wouldn't survive.
    fn terminate(&self) {
        if let Some(run) = self.run.upgrade()
            && let Some(reason) = run.stopped()
        {
            cpu::report();
            self.pipe.end(&run, Err(reason.clone()));
        }
        loop {
            std::thread::park();
        }
    }

    fn measure(&self) {}
}
