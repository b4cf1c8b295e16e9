//! What all ways to a server share.

use std::sync::Arc;

/// Hears what is odd about a server and worth a word to its author.
pub(in crate::client) type Oddities = Arc<dyn Fn(String) + Send + Sync>;

/// How many messages wait for the session.
pub(super) const QUEUE: usize = 64;

/// Why a message can't be delivered, and the server is lost.
#[derive(Debug, thiserror::Error)]
#[error("{reason}")]
pub(in crate::client) struct Broken {
    pub(in crate::client) reason: String,
    /// Whether the server can't have got it.
    pub(in crate::client) is_unsent: bool,
}
