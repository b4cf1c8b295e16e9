//! What a server sends by itself.

#![expect(
    deprecated,
    reason = "the protocol is to lose log messages; the servers of today send them"
)]

use std::sync::Arc;

use rmcp::model::{
    ClientCapabilities, Implementation, InitializeRequestParams, LoggingMessageNotificationParam,
    ProgressNotificationParam, ProtocolVersion,
};
use rmcp::service::NotificationContext;
use rmcp::{ClientHandler, RoleClient};
use tokio::sync::Notify;

use super::connection::Connection;
use crate::client::events::McpEventKind;

/// Takes it to where it belongs.
pub(crate) struct Handler {
    /// The version of the protocol that is asked for.
    pub(crate) version: ProtocolVersion,
    pub(crate) tools_changed: Arc<Notify>,
    pub(crate) server: Arc<Connection>,
}

impl ClientHandler for Handler {
    fn get_info(&self) -> InitializeRequestParams {
        InitializeRequestParams::new(
            ClientCapabilities::default(),
            Implementation::new("codemode", env!("CARGO_PKG_VERSION")),
        )
        .with_protocol_version(self.version.clone())
    }

    async fn on_progress(
        &self,
        progress: ProgressNotificationParam,
        _context: NotificationContext<RoleClient>,
    ) {
        self.server.progress.heard(progress);
    }

    async fn on_tool_list_changed(&self, _context: NotificationContext<RoleClient>) {
        self.tools_changed.notify_one();
    }

    async fn on_logging_message(
        &self,
        message: LoggingMessageNotificationParam,
        _context: NotificationContext<RoleClient>,
    ) {
        let text = match message.data {
            serde_json::Value::String(text) => text,
            other => other.to_string(),
        };
        let text = self.server.config.secrets.scrub(&text).into_owned();
        self.server.report(McpEventKind::Said(text));
    }
}
