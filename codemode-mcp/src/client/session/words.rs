//! What goes wrong on the wire, in words that a user can do something with.

use rmcp::model::ErrorData;
use rmcp::service::{ClientInitializeError, ServiceError};

/// What a failed request says.
pub(crate) fn of(error: &ServiceError) -> String {
    match error {
        ServiceError::McpError(error) => error.message.to_string(),
        ServiceError::TransportSend(error) => error.error.to_string(),
        ServiceError::TransportClosed => "the connection was lost".to_owned(),
        other => other.to_string(),
    }
}

/// What a failed handshake says; `Err` is the server's own error.
pub(crate) fn of_handshake(error: ClientInitializeError) -> Result<String, ErrorData> {
    Ok(match error {
        ClientInitializeError::JsonRpcError(error) => return Err(error),
        ClientInitializeError::TransportError { error, .. } => error.error.to_string(),
        ClientInitializeError::ConnectionClosed(_) => {
            "it ended without an answer to `initialize`".to_owned()
        }
        other => other.to_string(),
    })
}
