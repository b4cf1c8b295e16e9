//! The wire to a client over two streams.

use std::sync::Arc;

use rmcp::RoleServer;
use rmcp::model::{ClientJsonRpcMessage, ServerJsonRpcMessage};
use rmcp::transport::Transport;
use tokio::io::{AsyncRead, AsyncWrite, BufReader};
use tokio::sync::{Mutex, mpsc};
use tokio::task::{JoinHandle, JoinSet};

use super::message::{Heard, hear};
use crate::wire::{Messages, write};

/// How many messages wait for the session.
const QUEUE: usize = 64;

/// The connection to a client, whose messages are read as widely as those of servers. One that can't be read is answered here.
pub(crate) struct Streams<W> {
    output: Arc<Mutex<Option<W>>>,
    heard: mpsc::Receiver<ClientJsonRpcMessage>,
    reader: JoinHandle<()>,
}

impl<W: AsyncWrite + Send + Unpin + 'static> Streams<W> {
    pub(crate) fn new(input: impl AsyncRead + Send + Unpin + 'static, output: W) -> Self {
        let output = Arc::new(Mutex::new(Some(output)));
        let (to_session, heard) = mpsc::channel(QUEUE);
        Self {
            reader: tokio::spawn(read(input, Arc::clone(&output), to_session)),
            output,
            heard,
        }
    }
}

async fn read<W: AsyncWrite + Send + Unpin + 'static>(
    input: impl AsyncRead + Unpin,
    output: Arc<Mutex<Option<W>>>,
    to_session: mpsc::Sender<ClientJsonRpcMessage>,
) {
    let mut messages = Messages::new(BufReader::new(input));
    let mut replies = JoinSet::new();
    while let Some(pieces) = messages.next().await {
        for heard in hear(pieces) {
            match heard {
                Heard::Message(message) => {
                    if to_session.send(*message).await.is_err() {
                        return;
                    }
                }
                Heard::Reply(reply) => {
                    let output = Arc::clone(&output);
                    // Not waited for: a client may write much before it reads again.
                    replies.spawn(async move { write(&output, &reply).await });
                }
            }
        }
        while replies.try_join_next().is_some() {}
    }
    // The session ends with its last message, and the process may with it.
    while replies.join_next().await.is_some() {}
}

impl<W: AsyncWrite + Send + Unpin + 'static> Transport<RoleServer> for Streams<W> {
    type Error = std::io::Error;

    fn send(
        &mut self,
        message: ServerJsonRpcMessage,
    ) -> impl Future<Output = std::io::Result<()>> + Send + 'static {
        let output = Arc::clone(&self.output);
        async move { write(&output, &message).await }
    }

    async fn receive(&mut self) -> Option<ClientJsonRpcMessage> {
        self.heard.recv().await
    }

    async fn close(&mut self) -> std::io::Result<()> {
        self.reader.abort();
        self.output.lock().await.take();
        Ok(())
    }
}

impl<W> Drop for Streams<W> {
    fn drop(&mut self) {
        self.reader.abort();
    }
}
