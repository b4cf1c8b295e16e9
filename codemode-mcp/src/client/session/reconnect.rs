//! Keeps a connection: it is made, followed, and made again when it is lost, with longer and longer pauses.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rmcp::RoleClient;
use rmcp::model::{ClientRequest, PingRequest, ProtocolVersion};
use rmcp::service::{Peer, ServiceError};
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

use super::connection::{Connection, LOST, Link, Session};
use super::handler::Handler;
use super::list::{self, Listed};
use super::progress::Progress;
use super::start::{self, Refused, Service};
use crate::client::config::ServerConfig;
use crate::client::events::{Events, McpEventKind};
use crate::client::learned::Learning;

/// How long a server may take to start and to list its tools. `npx` may have to download it first.
const START_TIMEOUT: Duration = Duration::from_mins(1);

/// How long to wait before its tools are listed once more, however often a server says that they have changed.
const CHANGE_PAUSE: Duration = Duration::from_secs(1);

/// How long this becomes while the list stays as it is.
const LONGEST_CHANGE_PAUSE: Duration = Duration::from_mins(1);

/// How long to wait before the first new attempt, and at most. Each attempt doubles the time.
const FIRST_BACK_OFF: Duration = Duration::from_millis(250);
const LONGEST_BACK_OFF: Duration = Duration::from_secs(30);

/// How long to wait after a failure that only a change of the configuration, or of the server, mends.
const FINAL_PAUSE: Duration = Duration::from_mins(10);

/// A connection that lasted so long was a good one: after it, new attempts start without a long pause.
const GOOD_CONNECTION: Duration = Duration::from_secs(30);

/// Starts connecting, and keeps doing so until `stop` fires.
pub(crate) fn start(
    name: String,
    config: ServerConfig,
    learning: Option<Learning>,
    events: Events,
    stop: CancellationToken,
    tasks: &mut tokio::task::JoinSet<()>,
) -> Arc<Connection> {
    let connection = Arc::new(Connection {
        learning,
        name,
        config,
        events,
        told: Mutex::default(),
        state: watch::Sender::new(Link::Starting),
        progress: Progress::default(),
        broken: Notify::new(),
        silent: Notify::new(),
    });
    let reconnecting = ReconnectLoop {
        connection: Arc::clone(&connection),
        stop,
    };
    tasks.spawn(reconnecting.run());
    connection
}

struct ReconnectLoop {
    connection: Arc<Connection>,
    stop: CancellationToken,
}

impl ReconnectLoop {
    async fn run(self) {
        let mut pause = FIRST_BACK_OFF;
        for number in 0_u64.. {
            let refused = match self.attempt(number).await {
                Ok(connected) => {
                    let since = Instant::now();
                    self.report(McpEventKind::Connected);
                    self.watch(connected, number).await;
                    if since.elapsed() >= GOOD_CONNECTION {
                        pause = FIRST_BACK_OFF;
                    }
                    Refused::from(LOST.to_owned())
                }
                Err(refused) => refused,
            };
            if self.stop.is_cancelled() {
                return;
            }
            let reason = self.connection.config.secrets.scrub(&refused.reason);
            self.report(McpEventKind::Lost(reason.clone().into_owned()));
            self.connection.state.send_replace(Link::Down {
                reason: reason.into_owned(),
                is_final: refused.is_final,
            });
            let next = if refused.is_final { FINAL_PAUSE } else { pause };
            tokio::select! {
                () = tokio::time::sleep(next) => {}
                () = self.stop.cancelled() => {}
            }
            pause = (pause * 2).min(LONGEST_BACK_OFF);
        }
    }

    fn up(&self, number: u64, peer: &Peer<RoleClient>, listed: Listed) {
        self.connection.state.send_replace(Link::Up(Session {
            number,
            peer: peer.clone(),
            listed: Arc::new(listed),
        }));
    }

    fn report(&self, kind: McpEventKind) {
        self.connection.report(kind);
    }

    /// Connects and lists the tools.
    async fn attempt(&self, number: u64) -> Result<Connected, Refused> {
        let tools_changed = Arc::<Notify>::default();
        self.connection.progress.begin();
        let handler = |version: ProtocolVersion| Handler {
            version,
            tools_changed: Arc::clone(&tools_changed),
            server: Arc::clone(&self.connection),
        };
        let late = |_| format!("it didn't start within {} seconds", START_TIMEOUT.as_secs());
        let until = tokio::time::Instant::now() + START_TIMEOUT;
        let stopped = || Refused::from("it was stopped".to_owned());
        let start = start::session(&self.connection, handler);
        let mut service = tokio::select! {
            service = tokio::time::timeout_at(until, start) => service.map_err(late)??,
            () = self.stop.cancelled() => return Err(stopped()),
        };
        let listed = tokio::select! {
            listed = tokio::time::timeout_at(until, list::tools(service.peer())) => listed.map_err(late),
            () = self.stop.cancelled() => Err(stopped().reason),
        };
        let listed = match listed {
            Ok(listed) => listed,
            Err(reason) => {
                // Dropped, it would end by itself, but nobody would wait for that, and a program that ends now would leave
                // the server behind.
                let _ = service.close().await;
                return Err(reason.into());
            }
        };
        let is_partial = listed.failed;
        self.up(number, service.peer(), listed);
        Ok(Connected {
            service,
            tools_changed,
            is_partial,
        })
    }

    /// Follows a connection to its end.
    async fn watch(&self, session: Connected, number: u64) {
        let peer = session.service.peer().clone();
        let end = session.service.cancellation_token();
        let mut ended = std::pin::pin!(session.service.waiting());
        let mut has_changed = session.is_partial;
        let mut pause = CHANGE_PAUSE;
        let mut next_list = tokio::time::Instant::now();
        if session.is_partial {
            next_list += pause;
        }
        loop {
            tokio::select! {
                _ = &mut ended => return,
                () = self.stop.cancelled() => break,
                () = self.connection.broken.notified() => break,
                () = self.connection.silent.notified() => {
                    if !answers(&peer).await {
                        break;
                    }
                }
                () = session.tools_changed.notified(), if !has_changed => has_changed = true,
                () = tokio::time::sleep_until(next_list), if has_changed => {
                    let listed = tokio::select! {
                        listed = tokio::time::timeout(START_TIMEOUT, list::tools(&peer)) => listed,
                        _ = &mut ended => return,
                        () = self.stop.cancelled() => break,
                    };
                    has_changed = listed.as_ref().is_ok_and(|listed| listed.failed);
                    // A list that can't be had leaves the old one; a broken connection ends the loop by itself.
                    let news = listed.ok().filter(|listed| {
                        !self.connection.has(listed) && (!listed.failed || session.is_partial)
                    });
                    if let Some(listed) = news {
                        self.up(number, &peer, listed);
                        self.report(McpEventKind::ToolsChanged);
                        pause = CHANGE_PAUSE;
                    } else {
                        // Some servers say so whenever they are asked for the list.
                        pause = (pause * 4).min(LONGEST_CHANGE_PAUSE);
                    }
                    next_list = tokio::time::Instant::now() + pause;
                }
            }
        }
        // New calls wait from now on, while the old session is brought to its end.
        self.connection.state.send_replace(Link::lost());
        end.cancel();
        let _ = ended.await;
    }
}

/// How long a server may take to say that it is there.
const PING_TIMEOUT: Duration = Duration::from_secs(5);

async fn answers(peer: &Peer<RoleClient>) -> bool {
    let ping = peer.send_request(ClientRequest::PingRequest(PingRequest::default()));
    // Who doesn't know the question is there all the same.
    matches!(
        tokio::time::timeout(PING_TIMEOUT, ping).await,
        Ok(Ok(_) | Err(ServiceError::McpError(_)))
    )
}

struct Connected {
    service: Service,
    tools_changed: Arc<Notify>,
    /// Whether its tools couldn't be listed to the end.
    is_partial: bool,
}
