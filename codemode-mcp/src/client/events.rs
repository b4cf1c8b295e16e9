//! What is told of servers.

use std::sync::Arc;

/// Something that happened on the way to a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct McpEvent {
    /// The server's name in the configuration.
    pub server: String,
    /// What happened.
    pub kind: McpEventKind,
}

/// What happened on the way to a server. Texts have no credentials in them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum McpEventKind {
    /// The server takes calls.
    Connected,
    /// There is no connection, for this reason, and another attempt is to come.
    Lost(String),
    /// The server has other tools now.
    ToolsChanged,
    /// The server wrote this line for people.
    Said(String),
    /// The server does something that harms nobody, and that its author should know of.
    Odd(String),
    /// What was learned of the server's results can't be kept in the file for it, for this reason.
    NotKept(String),
}

/// Receives events.
pub(super) type Events = Arc<dyn Fn(&McpEvent) + Send + Sync>;
