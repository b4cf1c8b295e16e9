//! A server at an address: streamable HTTP.
//!
//! Each message is a request of its own. What goes wrong with one concerns the call that it carries and no other, so it is that
//! call's answer; only a server that can't be reached at all is lost.

mod endpoint;
mod events;
mod form;
mod headers;
mod outgoing;
mod refusal;
mod renewal;
mod response;
mod session;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::{Client, Method, Url};
use rmcp::RoleClient;
use rmcp::model::{ClientJsonRpcMessage, ServerJsonRpcMessage};
use rmcp::transport::Transport;
use tokio::sync::mpsc;
use tokio_util::sync::{CancellationToken, DropGuard};

use self::endpoint::Endpoint;
pub(in crate::client) use self::headers::SET_BY_HTTP;
use self::outgoing::Outgoing;
pub(in crate::client) use self::refusal::says_final;
use super::pending::PendingRequests;
use super::shared::{Broken, Oddities, QUEUE};

/// How long a connection may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);

/// How long the end of a session is waited for.
const END_TIMEOUT: Duration = Duration::from_secs(2);

/// The connection to a server at an address.
pub(in crate::client) struct Http {
    endpoint: Arc<Endpoint>,
    heard: mpsc::Receiver<ServerJsonRpcMessage>,
    _end_on_drop: DropGuard,
}

impl Http {
    /// A connection to an address. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// What is wrong with the configuration.
    pub(in crate::client) fn new(
        address: &str,
        headers: &BTreeMap<String, String>,
        oddities: Oddities,
    ) -> Result<Self, String> {
        // The second one to install a provider is refused, which leaves the first: as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let headers = headers::configured(headers, &oddities)?;
        let client = Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            // Where it leads to is looked at first: credentials go to nobody else.
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("codemode/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| format!("no HTTP can be spoken: {}", refusal::cause(&error)))?;
        let address =
            Url::parse(address).map_err(|error| format!("its `url` is no address: {error}"))?;
        let end = CancellationToken::new();
        let (to_session, heard) = mpsc::channel(QUEUE);
        Ok(Self {
            endpoint: Arc::new(Endpoint {
                client,
                address,
                headers,
                pending: PendingRequests::default(),
                session: Mutex::default(),
                renewal: tokio::sync::Mutex::default(),
                to_session,
                oddities,
                end: end.clone(),
            }),
            heard,
            _end_on_drop: end.drop_guard(),
        })
    }
}

impl Transport<RoleClient> for Http {
    type Error = Broken;

    fn send(
        &mut self,
        message: ClientJsonRpcMessage,
    ) -> impl Future<Output = Result<(), Broken>> + Send + 'static {
        let endpoint = Arc::clone(&self.endpoint);
        let over = endpoint.pending.sent(&message).unwrap_or_default();
        async move {
            let outgoing = Outgoing::new(&message)?;
            let end = endpoint.end.clone();
            tokio::select! {
                delivered = endpoint.deliver(outgoing, over.clone()) => delivered,
                () = over.cancelled() => Ok(()),
                () = end.cancelled() => Err(Broken {
                    reason: "the connection is closed".to_owned(),
                    is_unsent: false,
                }),
            }
        }
    }

    async fn receive(&mut self) -> Option<ServerJsonRpcMessage> {
        self.heard.recv().await
    }

    async fn close(&mut self) -> Result<(), Broken> {
        self.endpoint.end.cancel();
        self.heard.close();
        let session = self.endpoint.session();
        if session.id.is_some() {
            let ending = self.endpoint.request(Method::DELETE, &session).send();
            // A server that doesn't hear of it forgets the session by itself.
            let _ = tokio::time::timeout(END_TIMEOUT, ending).await;
        }
        Ok(())
    }
}
