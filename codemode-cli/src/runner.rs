//! The program that holds the tools: lists them, or calls them for a script that runs elsewhere.

use std::collections::HashMap;
#[cfg(unix)]
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, BufWriter, Write};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use codemode_runtime::{CallContext, Catalogue, State, ToolSet};
use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use tokio::task::AbortHandle;
use tokio_util::sync::CancellationToken;

use crate::protocol::{Reply, Request};

/// What a runner is asked for with its last argument.
pub(crate) const CATALOGUE: &str = "catalogue";
/// See [`CATALOGUE`].
pub(crate) const SERVE: &str = "serve";

/// The `main` of a runner: does what its last argument says.
///
/// - `catalogue` prints the tools that are linked into the program as JSON.
/// - `serve` makes calls: requests come from standard input and replies go to standard output, as [`crate::protocol`]
///   describes. It ends when standard input does.
///
/// What tools print to standard output goes to standard error instead (on Unix), so that it can't garble the replies.
///
/// Returns a failure, after a message on standard error, if there are no tools, if two have one name, or for any other
/// argument.
pub fn main() -> ExitCode {
    let command = std::env::args().next_back().unwrap_or_default();
    let done = match command.as_str() {
        CATALOGUE => print_catalogue(),
        SERVE => serve(),
        _ => Err(format!(
            "this program is started by `codemode-cli`, with the argument `{CATALOGUE}` or `{SERVE}`"
        )),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            // Nothing can be done about a closed standard error.
            let _ = writeln!(io::stderr(), "{message}");
            ExitCode::FAILURE
        }
    }
}

fn print_catalogue() -> Result<(), String> {
    let mut out = own_stdout().map_err(text)?;
    let catalogue = Catalogue::registered().map_err(text)?;
    serde_json::to_writer(&mut out, &catalogue).map_err(text)?;
    out.flush().map_err(text)
}

fn serve() -> Result<(), String> {
    let requests = own_stdin().map_err(text)?;
    let out = own_stdout().map_err(text)?;
    let (replies, to_write) = mpsc::unbounded_channel();
    let writer = thread::spawn(move || write_replies(out, to_write));

    let served = prepare().and_then(|(runtime, tools, state)| {
        let ready = Reply::Ready {
            catalogue: Catalogue::of(&tools),
        };
        let _ = replies.send(ready);
        let server = Server {
            tools: Arc::new(tools),
            state,
            replies: replies.clone(),
            running: Arc::default(),
        };
        for line in requests.lines() {
            let request = serde_json::from_str(&line.map_err(text)?).map_err(text)?;
            server.handle(request, runtime.handle());
        }
        // Calls under way have nobody to report to any more.
        runtime.shutdown_background();
        Ok(())
    });
    if let Err(message) = &served {
        let _ = replies.send(Reply::Failed {
            message: message.clone(),
        });
    }
    drop(replies);
    let _ = writer.join();
    served
}

fn prepare() -> Result<(Runtime, ToolSet, State), String> {
    let tools = ToolSet::registered().map_err(text)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(text)?;
    // A pool of connections starts tasks when it is made.
    let entered = runtime.enter();
    let state = tools.complete_state(State::default()).map_err(text)?;
    drop(entered);
    Ok((runtime, tools, state))
}

struct Server {
    tools: Arc<ToolSet>,
    state: State,
    replies: mpsc::UnboundedSender<Reply>,
    running: Arc<Mutex<HashMap<u64, (AbortHandle, CancellationToken)>>>,
}

impl Server {
    fn handle(&self, request: Request, runtime: &tokio::runtime::Handle) {
        match request {
            Request::Cancel { call } => {
                if let Some((task, cancellation)) = lock(&self.running).remove(&call) {
                    cancellation.cancel();
                    task.abort();
                }
            }
            Request::Call {
                call,
                run,
                namespace,
                name,
                input,
            } => {
                let cancellation = CancellationToken::new();
                let logger = self.replies.clone();
                let context = CallContext::new(
                    run,
                    self.state.clone(),
                    cancellation.clone(),
                    move |level, text: &str| {
                        let _ = logger.send(Reply::Log {
                            call,
                            level,
                            text: text.to_owned(),
                        });
                    },
                );
                let attachments = self.replies.clone();
                let context = context.with_attachments(move |attachment| {
                    // What the run may hand out is counted where the run is.
                    let _ = attachments.send(Reply::Attached { call, attachment });
                    Ok(())
                });
                let tools = Arc::clone(&self.tools);
                let replies = self.replies.clone();
                let running = Arc::clone(&self.running);
                // Held over the start of the task, which would otherwise end before it is entered here.
                let mut entered = lock(&self.running);
                let task = runtime.spawn(async move {
                    let result = tools.call(&namespace, &name, context, input).await;
                    let _ = replies.send(match result {
                        Ok(json) => Reply::Returned { call, json },
                        Err(error) => Reply::Refused { call, error },
                    });
                    lock(&running).remove(&call);
                });
                entered.insert(call, (task.abort_handle(), cancellation));
            }
        }
    }
}

/// Writes replies until there is nobody left to send one, or nobody to read them.
fn write_replies(mut out: impl Write, mut replies: mpsc::UnboundedReceiver<Reply>) {
    while let Some(reply) = replies.blocking_recv() {
        let written = serde_json::to_writer(&mut out, &reply)
            .map_err(io::Error::from)
            .and_then(|()| out.write_all(b"\n"))
            // Each reply is waited for.
            .and_then(|()| out.flush());
        if written.is_err() {
            return;
        }
    }
}

/// Standard output for this program alone: what anything else prints there goes to standard error from now on.
#[cfg(unix)]
fn own_stdout() -> io::Result<BufWriter<File>> {
    let own = rustix::io::fcntl_dupfd_cloexec(io::stdout(), 0)?;
    rustix::stdio::dup2_stdout(io::stderr())?;
    Ok(BufWriter::new(File::from(own)))
}

/// Standard input for this program alone: tools, and programs that they start, find theirs at its end from now on, and
/// take no requests away.
#[cfg(unix)]
fn own_stdin() -> io::Result<BufReader<File>> {
    let own = rustix::io::fcntl_dupfd_cloexec(io::stdin(), 0)?;
    rustix::stdio::dup2_stdin(File::open("/dev/null")?)?;
    Ok(BufReader::new(File::from(own)))
}

/// Standard input. Windows has no way to set it apart that is free of `unsafe`.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "as on Unix")]
fn own_stdin() -> io::Result<io::StdinLock<'static>> {
    Ok(io::stdin().lock())
}

/// Standard output. Windows has no way to set it apart that is free of `unsafe`.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "as on Unix")]
fn own_stdout() -> io::Result<BufWriter<io::Stdout>> {
    Ok(BufWriter::new(io::stdout()))
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Nothing that is guarded here is left half-changed by a panic, so a poisoned lock is as good as any.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
