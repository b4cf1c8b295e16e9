//! One client's session.

#![expect(
    deprecated,
    reason = "the protocol is to lose log messages; the clients of today show them"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use codemode_runtime::Store;
use rmcp::model::LoggingLevel;

use super::McpServer;
use super::singles::Singles;

pub(super) struct Session {
    pub(super) server: McpServer,
    /// What the client's scripts keep for each other.
    pub(super) store: Store,
    pub(super) singles: Singles,
    /// The least important kind of log message that the client wants.
    pub(super) level: Arc<AtomicU8>,
}

impl Session {
    pub(super) fn new(server: McpServer) -> Self {
        Self {
            server,
            store: Store::new(),
            singles: Singles::new(),
            level: Arc::new(AtomicU8::new(rank(LoggingLevel::Debug))),
        }
    }

    /// Whether the client wants log messages of this kind.
    pub(super) fn wants(&self) -> impl Fn(LoggingLevel) -> bool + Send + Sync + use<> {
        let level = Arc::clone(&self.level);
        move |wanted| rank(wanted) >= level.load(Ordering::Relaxed)
    }
}

pub(super) fn rank(level: LoggingLevel) -> u8 {
    level as u8
}
