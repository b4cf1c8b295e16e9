//! A message on its way out.

use rmcp::model::{ClientJsonRpcMessage, ClientNotification, ClientRequest, RequestId};

use crate::client::transport::shared::Broken;

/// A message on its way out.
pub(super) struct Outgoing {
    pub(super) body: Vec<u8>,
    /// If it is a request.
    pub(super) id: Option<RequestId>,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Handshake,
    Initialized,
    /// Nobody knows what another one like it would do.
    Call,
    /// Another one like it does no harm.
    Harmless,
}

impl Outgoing {
    pub(super) fn new(message: &ClientJsonRpcMessage) -> Result<Self, Broken> {
        let body = serde_json::to_vec(message).map_err(|error| Broken {
            reason: error.to_string(),
            is_unsent: true,
        })?;
        let (id, kind) = match message {
            ClientJsonRpcMessage::Request(request) => (
                Some(request.id.clone()),
                match request.request {
                    ClientRequest::InitializeRequest(_) => Kind::Handshake,
                    ClientRequest::CallToolRequest(_) => Kind::Call,
                    _ => Kind::Harmless,
                },
            ),
            ClientJsonRpcMessage::Notification(notification)
                if matches!(
                    notification.notification,
                    ClientNotification::InitializedNotification(_)
                ) =>
            {
                (None, Kind::Initialized)
            }
            _ => (None, Kind::Harmless),
        };
        Ok(Self { body, id, kind })
    }
}
