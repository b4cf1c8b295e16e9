//! The wire to a client over two streams.

use std::collections::HashSet;
use std::sync::{Arc, Mutex as StdMutex};

use rmcp::RoleServer;
use rmcp::model::{
    ClientJsonRpcMessage, ClientNotification, JsonRpcMessage, RequestId, ServerJsonRpcMessage,
};
use rmcp::transport::Transport;
use tokio::io::{AsyncRead, AsyncWrite, BufReader};
use tokio::sync::{Mutex, mpsc};
use tokio::task::{JoinHandle, JoinSet};

use super::message::{Heard, hear, twice};
use crate::lock::lock;
use crate::wire::{Messages, write};

/// How many messages wait for the session.
const QUEUE: usize = 64;

/// The numbers of the requests that have no answer yet. Of two with one number the session forgets the first, which then
/// happens and is never answered.
type UnderWay = Arc<StdMutex<HashSet<RequestId>>>;

/// The connection to a client, whose messages are read as widely as those of servers. One that can't be read is answered here.
pub(crate) struct Streams<W> {
    output: Arc<Mutex<Option<W>>>,
    heard: mpsc::Receiver<ClientJsonRpcMessage>,
    under_way: UnderWay,
    reader: JoinHandle<()>,
}

impl<W: AsyncWrite + Send + Unpin + 'static> Streams<W> {
    pub(crate) fn new(input: impl AsyncRead + Send + Unpin + 'static, output: W) -> Self {
        let output = Arc::new(Mutex::new(Some(output)));
        let (to_session, heard) = mpsc::channel(QUEUE);
        let under_way = UnderWay::default();
        let reading = read(
            input,
            Arc::clone(&output),
            to_session,
            Arc::clone(&under_way),
        );
        Self {
            reader: tokio::spawn(reading),
            output,
            heard,
            under_way,
        }
    }
}

async fn read<W: AsyncWrite + Send + Unpin + 'static>(
    input: impl AsyncRead + Unpin,
    output: Arc<Mutex<Option<W>>>,
    to_session: mpsc::Sender<ClientJsonRpcMessage>,
    under_way: UnderWay,
) {
    let mut messages = Messages::new(BufReader::new(input));
    let mut replies = JoinSet::new();
    while let Some(pieces) = messages.next().await {
        for heard in hear(pieces) {
            match once(heard, &under_way) {
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

/// The same, or the answer to a request whose number another one has.
fn once(heard: Heard, under_way: &UnderWay) -> Heard {
    let Heard::Message(message) = &heard else {
        return heard;
    };
    match &**message {
        JsonRpcMessage::Request(request) if !lock(under_way).insert(request.id.clone()) => {
            twice(&request.id)
        }
        // Nobody waits for its answer any more, and there may be none.
        JsonRpcMessage::Notification(told) => {
            if let ClientNotification::CancelledNotification(cancelled) = &told.notification
                && let Some(id) = &cancelled.params.request_id
            {
                lock(under_way).remove(id);
            }
            heard
        }
        _ => heard,
    }
}

/// The number of the request that a message answers.
fn answered(message: &ServerJsonRpcMessage) -> Option<&RequestId> {
    match message {
        JsonRpcMessage::Response(response) => Some(&response.id),
        JsonRpcMessage::Error(error) => error.id.as_ref(),
        JsonRpcMessage::Request(_) | JsonRpcMessage::Notification(_) => None,
    }
}

impl<W: AsyncWrite + Send + Unpin + 'static> Transport<RoleServer> for Streams<W> {
    type Error = std::io::Error;

    fn send(
        &mut self,
        message: ServerJsonRpcMessage,
    ) -> impl Future<Output = std::io::Result<()>> + Send + 'static {
        if let Some(id) = answered(&message) {
            lock(&self.under_way).remove(id);
        }
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
