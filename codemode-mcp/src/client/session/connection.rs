//! The connection to one server, as its callers see it.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use rmcp::RoleClient;
use rmcp::service::Peer;
use tokio::sync::{Notify, watch};

use super::list::Listed;
use super::progress::Progress;
use crate::client::answer::Answer;
use crate::client::config::ServerConfig;
use crate::client::events::{Events, McpEvent, McpEventKind};
use crate::client::learned::Learning;
use crate::lock::lock;

/// Why there is no connection where there was one.
pub(crate) const LOST: &str = "the connection was lost";

/// The state of a connection.
#[derive(Clone)]
pub(crate) enum Link {
    /// The first attempt is under way.
    Starting,
    /// Calls can be made.
    Up(Session),
    /// There is no connection, for this reason; the next attempt comes by itself.
    Down {
        reason: String,
        /// Whether the next attempt is far off, since it would most likely end as the last one.
        is_final: bool,
    },
}

impl Link {
    pub(crate) fn lost() -> Self {
        Self::Down {
            reason: LOST.to_owned(),
            is_final: false,
        }
    }
}

/// A connection that stands.
#[derive(Clone)]
pub(crate) struct Session {
    /// Tells it from earlier ones of the same server.
    pub(crate) number: u64,
    pub(crate) peer: Peer<RoleClient>,
    pub(crate) listed: Arc<Listed>,
}

/// A server and the task that keeps the connection to it.
pub(crate) struct Connection {
    pub(crate) name: String,
    pub(crate) config: ServerConfig,
    /// Shapes of results, where they are wanted.
    pub(crate) learning: Option<Learning>,
    pub(crate) events: Events,
    /// What was told of its oddities.
    pub(crate) told: Mutex<HashSet<String>>,
    pub(crate) state: watch::Sender<Link>,
    pub(crate) progress: Progress,
    /// Told when a call has failed because of the connection. Over HTTP only calls notice.
    pub(crate) broken: Notify,
    /// Told when a call was given up without an answer: a server that was started anew may not answer calls of an old session.
    pub(crate) silent: Notify,
}

impl Connection {
    /// The state, and how it changes.
    pub(crate) fn link(&self) -> watch::Receiver<Link> {
        self.state.subscribe()
    }

    /// Resolves once the first attempt is over.
    pub(crate) async fn settled(&self) {
        let mut link = self.link();
        // The task that reports ends only with the servers.
        let _ = link.wait_for(|link| !matches!(link, Link::Starting)).await;
    }

    /// Whether this is what it has listed already.
    pub(crate) fn has(&self, listed: &Listed) -> bool {
        matches!(&*self.state.borrow(), Link::Up(session) if *session.listed == *listed)
    }

    /// Tells what has happened.
    pub(crate) fn report(&self, kind: McpEventKind) {
        (self.events)(&McpEvent {
            server: self.name.clone(),
            kind,
        });
    }

    /// Whether this wasn't told before.
    pub(crate) fn is_news(&self, oddity: &str) -> bool {
        lock(&self.told).insert(oddity.to_owned())
    }

    /// Learns from a result, where that is wanted. If there is more to declare, it is as if the server had other tools.
    pub(crate) fn learn(&self, tool: &str, answer: &Answer) {
        let Some(learning) = &self.learning else {
            return;
        };
        if learning.learn(tool, answer) && learning.declares {
            if let Err(problem) = learning.store.keep() {
                self.report(McpEventKind::NotKept(problem));
            }
            self.state.send_modify(|_| {});
        }
    }

    /// A call over this session has found it broken. Later calls wait for another one.
    pub(crate) fn lost(&self, session: &Session) {
        let is_current = self.state.send_if_modified(|link| match link {
            Link::Up(current) if current.number == session.number => {
                *link = Link::lost();
                true
            }
            _ => false,
        });
        if is_current {
            self.broken.notify_one();
        }
    }
}
