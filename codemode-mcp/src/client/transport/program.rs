//! A server that is a program: messages are lines of its standard input and output.

use std::process::ExitStatus;
use std::sync::Arc;
use std::time::Duration;

use rmcp::RoleClient;
use rmcp::model::{ClientJsonRpcMessage, ServerJsonRpcMessage};
use rmcp::transport::Transport;
use tokio::io::BufReader;
use tokio::process::{ChildStdin, ChildStdout};
use tokio::sync::{Mutex, mpsc};

use super::group::Group;
use super::pending::{Incoming, PendingRequests};
use super::shared::{Oddities, QUEUE};
use crate::wire::{Messages, Piece, write};

/// How long a server may take to end by itself once its standard input has ended, and then once it was told to.
const END_PAUSE: Duration = Duration::from_millis(1_500);
const TERMINATE_PAUSE: Duration = Duration::from_millis(500);

/// The connection to a started server. The server and what it has started end with it.
pub(in crate::client) struct Program {
    pending: Arc<PendingRequests>,
    input: Arc<Mutex<Option<ChildStdin>>>,
    heard: mpsc::Receiver<ServerJsonRpcMessage>,
    reader: tokio::task::JoinHandle<()>,
    group: Group,
}

impl Program {
    pub(in crate::client) fn new(
        group: Group,
        input: ChildStdin,
        output: ChildStdout,
        oddities: Oddities,
    ) -> Self {
        let pending = Arc::<PendingRequests>::default();
        let input = Arc::new(Mutex::new(Some(input)));
        let (to_session, heard) = mpsc::channel(QUEUE);
        let reader = Reader {
            pending: Arc::clone(&pending),
            input: Arc::clone(&input),
            to_session,
            oddities,
        };
        Self {
            pending,
            input,
            heard,
            reader: tokio::spawn(reader.read(output)),
            group,
        }
    }
}

struct Reader {
    pending: Arc<PendingRequests>,
    input: Arc<Mutex<Option<ChildStdin>>>,
    to_session: mpsc::Sender<ServerJsonRpcMessage>,
    oddities: Oddities,
}

impl Reader {
    async fn read(self, output: ChildStdout) {
        let mut messages = Messages::new(BufReader::new(output));
        let mut is_noisy = false;
        while let Some(pieces) = messages.next().await {
            // What is no message is told once.
            let is_news = |piece: &Piece| {
                !matches!(piece, Piece::Noise(_)) || !std::mem::replace(&mut is_noisy, true)
            };
            let pieces: Vec<_> = pieces.into_iter().filter(is_news).collect();
            for heard in pieces
                .into_iter()
                .flat_map(|piece| self.pending.hear(piece))
            {
                match heard {
                    Incoming::Message(message) => {
                        if self.to_session.send(*message).await.is_err() {
                            return;
                        }
                    }
                    Incoming::Reply(reply) => {
                        let input = Arc::clone(&self.input);
                        // Not waited for: a server may write much before it reads again.
                        tokio::spawn(async move { write(&input, &reply).await });
                    }
                    Incoming::Oddity(oddity) => (self.oddities)(oddity),
                }
            }
        }
    }
}

impl Transport<RoleClient> for Program {
    type Error = std::io::Error;

    fn send(
        &mut self,
        message: ClientJsonRpcMessage,
    ) -> impl Future<Output = std::io::Result<()>> + Send + 'static {
        self.pending.sent(&message);
        let input = Arc::clone(&self.input);
        async move { write(&input, &message).await }
    }

    async fn receive(&mut self) -> Option<ServerJsonRpcMessage> {
        self.heard.recv().await
    }

    async fn close(&mut self) -> std::io::Result<()> {
        // A server that doesn't read holds the lock with what it should have read.
        if let Ok(mut input) = tokio::time::timeout(END_PAUSE, self.input.lock()).await {
            input.take();
        }
        self.heard.close();
        self.reader.abort();
        let ended = async |group: &mut Group, pause| -> Option<ExitStatus> {
            let ended = tokio::time::timeout(pause, group.ended()).await;
            ended.ok().flatten()
        };
        if ended(&mut self.group, END_PAUSE).await.is_none() {
            self.group.terminate();
            ended(&mut self.group, TERMINATE_PAUSE).await;
        }
        // Whatever it has started ends with it, whether it heeds that or not.
        self.group.kill();
        Ok(())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.reader.abort();
    }
}
