//! The tools of a runner, as the sandbox sees them.

use std::collections::HashMap;
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use codemode_runtime::{CallContext, Catalogue, HostedCall, LogLevel, ToolError, ToolHost};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::{mpsc, oneshot};

use crate::error::CliError;
use crate::protocol::{Reply, Request};
use crate::runner::{self, lock};

/// A runner that is making calls. It ends with this value.
pub(crate) struct RunnerProcess {
    catalogue: Catalogue,
    requests: mpsc::UnboundedSender<Request>,
    waiting: Waiting,
    next_call: AtomicU64,
    /// Killed when it is dropped.
    _process: Child,
}

/// The calls that wait for a reply; `None` once there won't be any.
type Waiting = Arc<Mutex<Option<HashMap<u64, Waiter>>>>;

struct Waiter {
    context: CallContext,
    reply: oneshot::Sender<Result<String, ToolError>>,
}

impl RunnerProcess {
    /// Starts a runner and waits until it is ready.
    pub(crate) async fn start(program: &Path) -> Result<Self, CliError> {
        let mut process = Command::new(program)
            .arg(runner::SERVE)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| CliError::Start {
                program: program.display().to_string(),
                error,
            })?;
        let (Some(stdin), Some(stdout)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(CliError::Runner(
                "the runner has no standard streams".to_owned(),
            ));
        };
        let mut replies = BufReader::new(stdout).lines();
        let catalogue = match next_reply(&mut replies).await? {
            Some(Reply::Ready { catalogue }) => catalogue,
            Some(Reply::Failed { message }) => return Err(CliError::Runner(message)),
            _ => {
                return Err(CliError::Runner(
                    "the runner ended before it was ready".to_owned(),
                ));
            }
        };
        let waiting = Waiting::new(Mutex::new(Some(HashMap::new())));
        let (requests, to_send) = mpsc::unbounded_channel();
        tokio::spawn(send_requests(stdin, to_send));
        tokio::spawn(receive_replies(replies, Arc::clone(&waiting)));
        Ok(Self {
            catalogue,
            requests,
            waiting,
            next_call: AtomicU64::new(1),
            _process: process,
        })
    }
}

impl ToolHost for RunnerProcess {
    fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    fn call(&self, index: usize, context: CallContext, input: String) -> HostedCall {
        let Some(tool) = self.catalogue.tools().get(index) else {
            return Box::pin(async { Err(ToolError::failed("there is no such tool")) });
        };
        let call = self.next_call.fetch_add(1, Ordering::Relaxed);
        let request = Request::Call {
            call,
            run: context.run_id().to_owned(),
            namespace: tool.namespace.clone(),
            name: tool.name.clone(),
            input,
        };
        let (reply, replied) = oneshot::channel();
        // A runner that has ended answers nothing; without its entry, the reply's sender is dropped, which says so below.
        if let Some(waiting) = lock(&self.waiting).as_mut() {
            waiting.insert(call, Waiter { context, reply });
        }
        let cancel = CancelOnDrop {
            call,
            waiting: Arc::clone(&self.waiting),
            requests: self.requests.clone(),
        };
        if self.requests.send(request).is_err() {
            remove(&self.waiting, call);
        }
        Box::pin(async move {
            let _cancel = cancel;
            replied
                .await
                .unwrap_or_else(|_| Err(ToolError::failed("the process with the tools has ended")))
        })
    }
}

/// Tells the runner about a call that nobody waits for any more.
struct CancelOnDrop {
    call: u64,
    waiting: Waiting,
    requests: mpsc::UnboundedSender<Request>,
}

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        if remove(&self.waiting, self.call).is_some() {
            let _ = self.requests.send(Request::Cancel { call: self.call });
        }
    }
}

async fn send_requests(mut stdin: ChildStdin, mut requests: mpsc::UnboundedReceiver<Request>) {
    while let Some(request) = requests.recv().await {
        let Ok(mut line) = serde_json::to_vec(&request) else {
            continue;
        };
        line.push(b'\n');
        if stdin.write_all(&line).await.is_err() {
            return;
        }
    }
}

async fn receive_replies(mut replies: Lines<BufReader<ChildStdout>>, waiting: Waiting) {
    while let Ok(Some(reply)) = next_reply(&mut replies).await {
        match reply {
            Reply::Returned { call, json } => answer(&waiting, call, Ok(json)),
            Reply::Refused { call, error } => answer(&waiting, call, Err(error)),
            Reply::Log { call, level, text } => {
                if let Some(waiter) = lock(&waiting)
                    .as_ref()
                    .and_then(|waiting| waiting.get(&call))
                {
                    waiter.context.log_at(level, &text);
                }
            }
            Reply::Attached { call, attachment } => {
                if let Some(waiter) = lock(&waiting)
                    .as_ref()
                    .and_then(|waiting| waiting.get(&call))
                    && let Err(refusal) = waiter.context.attach(attachment)
                {
                    waiter.context.log_at(LogLevel::Warn, refusal);
                }
            }
            Reply::Ready { .. } | Reply::Failed { .. } => break,
        }
    }
    // Nothing will be answered any more, whether asked already or not.
    *lock(&waiting) = None;
}

fn answer(waiting: &Waiting, call: u64, result: Result<String, ToolError>) {
    if let Some(waiter) = remove(waiting, call) {
        let _ = waiter.reply.send(result);
    }
}

async fn next_reply(lines: &mut Lines<BufReader<ChildStdout>>) -> Result<Option<Reply>, CliError> {
    let line = lines
        .next_line()
        .await
        .map_err(|error| CliError::Runner(error.to_string()))?;
    Ok(line.map(|line| serde_json::from_str(&line)).transpose()?)
}

fn remove(waiting: &Waiting, call: u64) -> Option<Waiter> {
    lock(waiting).as_mut()?.remove(&call)
}
