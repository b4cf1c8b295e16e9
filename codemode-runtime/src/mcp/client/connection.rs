//! The connection to one server: made, kept, and made again when it is lost.

use std::collections::HashMap;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::{HeaderName, HeaderValue};
use rmcp::handler::client::progress::ProgressDispatcher;
use rmcp::model::{ClientRequest, PaginatedRequestParams, PingRequest, Tool};
use rmcp::service::{Peer, RunningService};
use rmcp::transport::streamable_http_client::StreamableHttpClientTransportConfig;
use rmcp::transport::{StreamableHttpClientTransport, TokioChildProcess};
use rmcp::{RoleClient, ServiceExt as _};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{ChildStderr, Command};
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

use super::answer::Answer;
use super::config::{ServerConfig, Way};
use super::handler::Handler;
use super::learned::{Learning, Store};
use super::{Events, McpEvent, McpEventKind};

/// How long a server may take to start and to list its tools. `npx` may have to download it first.
const START_TIMEOUT: Duration = Duration::from_mins(1);

/// How many tools a server may have, and in how many pages it may list them. A list that goes on is none.
const MAX_TOOLS: usize = 20_000;
const MAX_PAGES: usize = 2_000;

/// How long to wait before its tools are listed once more, however often a server says that they have changed.
const CHANGE_PAUSE: Duration = Duration::from_secs(1);

/// How long to wait before the first new attempt, and at most. Each attempt doubles the time.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// A connection that lasted so long was a good one: after it, new attempts start without a long pause.
const GOOD_CONNECTION: Duration = Duration::from_secs(30);

/// What variables of ours a started server gets: without these, programs don't run. All others may hold credentials that are none of
/// its business.
const INHERITED: [&str; 15] = [
    "HOME",
    "LANG",
    "LC_ALL",
    "LOGNAME",
    "PATH",
    "SHELL",
    "TERM",
    "TMPDIR",
    "TZ",
    "USER",
    // Windows.
    "APPDATA",
    "LOCALAPPDATA",
    "SYSTEMROOT",
    "TEMP",
    "USERPROFILE",
];

/// The state of a connection.
#[derive(Clone)]
pub(super) enum Link {
    /// The first attempt is under way.
    Starting,
    /// Calls can be made.
    Up(Session),
    /// There is no connection, for this reason; the next attempt comes by itself.
    Down(String),
}

/// A connection that stands.
#[derive(Clone)]
pub(super) struct Session {
    /// Tells it from earlier ones of the same server.
    number: u64,
    pub(super) peer: Peer<RoleClient>,
    pub(super) tools: Arc<Vec<Tool>>,
}

/// A server and the task that keeps the connection to it.
pub(super) struct Connection {
    pub(super) name: String,
    pub(super) config: ServerConfig,
    /// Shapes of results, where they are wanted.
    pub(super) learning: Option<Learning>,
    events: Events,
    state: watch::Sender<Link>,
    pub(super) progress: ProgressDispatcher,
    /// Told when a call has failed because of the connection. Over HTTP only calls notice.
    broken: Notify,
    /// Told when a call was given up without an answer: a server that was started anew may not answer calls of an old session.
    pub(super) silent: Notify,
}

impl Connection {
    /// Starts connecting, and keeps doing so until `stop` fires.
    pub(super) fn start(
        name: String,
        config: ServerConfig,
        store: &Arc<Store>,
        events: Events,
        stop: CancellationToken,
        tasks: &mut tokio::task::JoinSet<()>,
    ) -> Arc<Self> {
        let connection = Arc::new(Self {
            learning: config.learn.then(|| Learning {
                server: name.clone(),
                store: Arc::clone(store),
            }),
            name,
            config,
            events: Arc::clone(&events),
            state: watch::Sender::new(Link::Starting),
            progress: ProgressDispatcher::new(),
            broken: Notify::new(),
            silent: Notify::new(),
        });
        let keeper = Keeper {
            connection: Arc::clone(&connection),
            events,
            stop,
        };
        tasks.spawn(keeper.keep());
        connection
    }

    /// The state, and how it changes.
    pub(super) fn link(&self) -> watch::Receiver<Link> {
        self.state.subscribe()
    }

    /// Whether these are the tools that it has already.
    fn has(&self, tools: &[Tool]) -> bool {
        matches!(&*self.state.borrow(), Link::Up(session) if *session.tools == tools)
    }

    /// Learns from a result, where that is wanted. If there is more to declare, it is as if the server had other tools.
    pub(super) fn learn(&self, tool: &str, answer: &Answer) {
        let Some(learning) = &self.learning else {
            return;
        };
        if learning.learn(tool, answer) {
            if let Err(problem) = learning.store.keep() {
                (self.events)(&McpEvent {
                    server: self.name.clone(),
                    kind: McpEventKind::NotKept(problem),
                });
            }
            self.state.send_modify(|_| {});
        }
    }

    /// A call over this session has found it broken. Later calls wait for another one.
    pub(super) fn lost(&self, session: &Session) {
        let is_current = self.state.send_if_modified(|link| match link {
            Link::Up(current) if current.number == session.number => {
                *link = Link::Down(LOST.to_owned());
                true
            }
            _ => false,
        });
        if is_current {
            self.broken.notify_one();
        }
    }
}

const LOST: &str = "the connection was lost";

struct Keeper {
    connection: Arc<Connection>,
    events: Events,
    stop: CancellationToken,
}

impl Keeper {
    async fn keep(self) {
        let mut pause = FIRST_PAUSE;
        for number in 0_u64.. {
            let attempt = tokio::select! {
                attempt = self.attempt(number) => attempt,
                () = self.stop.cancelled() => return,
            };
            let reason = match attempt {
                Ok(connected) => {
                    let since = Instant::now();
                    self.report(McpEventKind::Connected);
                    self.watch(connected, number).await;
                    if since.elapsed() >= GOOD_CONNECTION {
                        pause = FIRST_PAUSE;
                    }
                    LOST.to_owned()
                }
                Err(reason) => reason,
            };
            if self.stop.is_cancelled() {
                return;
            }
            let reason = self.connection.config.secrets.scrub(&reason).into_owned();
            self.report(McpEventKind::Lost(reason.clone()));
            self.connection.state.send_replace(Link::Down(reason));
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = self.stop.cancelled() => {}
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    fn up(&self, number: u64, peer: &Peer<RoleClient>, tools: Vec<Tool>) {
        self.connection.state.send_replace(Link::Up(Session {
            number,
            peer: peer.clone(),
            tools: Arc::new(tools),
        }));
    }

    fn report(&self, kind: McpEventKind) {
        (self.events)(&McpEvent {
            server: self.connection.name.clone(),
            kind,
        });
    }

    /// Connects and lists the tools.
    async fn attempt(&self, number: u64) -> Result<Connected, String> {
        let handler = Handler {
            progress: self.connection.progress.clone(),
            tools_changed: Arc::default(),
            events: Arc::clone(&self.events),
            server: Arc::clone(&self.connection),
        };
        let tools_changed = Arc::clone(&handler.tools_changed);
        let start = async {
            let service = match &self.connection.config.way {
                Way::Command { .. } => self.start_program(handler).await?,
                Way::Http { url, headers } => connect_http(url, headers, handler).await?,
            };
            let tools = list_tools(service.peer()).await?;
            Ok::<_, String>((service, tools))
        };
        let (service, tools) = tokio::time::timeout(START_TIMEOUT, start)
            .await
            .map_err(|_| format!("it didn't start within {} seconds", START_TIMEOUT.as_secs()))??;
        self.up(number, service.peer(), tools);
        Ok(Connected {
            service,
            tools_changed,
        })
    }

    async fn start_program(
        &self,
        handler: Handler,
    ) -> Result<RunningService<RoleClient, Handler>, String> {
        let Way::Command {
            program,
            arguments,
            environment,
            folder,
        } = &self.connection.config.way
        else {
            return Err("it isn't a program".to_owned());
        };
        let mut command = Command::new(program);
        command.args(arguments).env_clear().kill_on_drop(true);
        for name in INHERITED {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        command.envs(environment);
        if let Some(folder) = folder {
            command.current_dir(folder);
        }
        let (process, stderr) = TokioChildProcess::builder(command)
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| format!("`{program}` can't be started: {error}"))?;
        let said = Arc::new(std::sync::Mutex::new(String::new()));
        if let Some(stderr) = stderr {
            tokio::spawn(self.clone_for_stderr().read(stderr, Arc::clone(&said)));
        }
        handler.serve(process).await.map_err(|error| {
            let said = said.lock().map(|said| said.clone()).unwrap_or_default();
            let said = said.trim();
            if said.is_empty() {
                format!("it doesn't answer as an MCP server does: {error}")
            } else {
                format!("it ended, or doesn't answer as an MCP server does; it said: {said}")
            }
        })
    }

    fn clone_for_stderr(&self) -> StandardError {
        StandardError {
            server: Arc::clone(&self.connection),
            events: Arc::clone(&self.events),
        }
    }

    /// Follows a connection to its end.
    async fn watch(&self, session: Connected, number: u64) {
        let peer = session.service.peer().clone();
        let end = session.service.cancellation_token();
        let mut ended = std::pin::pin!(session.service.waiting());
        let mut next_list = tokio::time::Instant::now();
        let mut has_changed = false;
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
                        listed = tokio::time::timeout(START_TIMEOUT, list_tools(&peer)) => listed,
                        _ = &mut ended => return,
                        () = self.stop.cancelled() => break,
                    };
                    // A list that can't be had leaves the old one; a broken connection ends the loop by itself.
                    if let Ok(Ok(tools)) = listed
                        && !self.connection.has(&tools)
                    {
                        self.up(number, &peer, tools);
                        self.report(McpEventKind::ToolsChanged);
                    }
                    has_changed = false;
                    next_list = tokio::time::Instant::now() + CHANGE_PAUSE;
                }
            }
        }
        // New calls wait from now on, while the old session is brought to its end.
        self.connection
            .state
            .send_replace(Link::Down(LOST.to_owned()));
        end.cancel();
        let _ = ended.await;
    }
}

/// All tools of a server, page by page.
async fn list_tools(peer: &Peer<RoleClient>) -> Result<Vec<Tool>, String> {
    let mut tools = Vec::new();
    let mut page = PaginatedRequestParams::default();
    for _ in 0..MAX_PAGES {
        let listed = peer.list_tools(Some(page)).await;
        let listed = listed.map_err(|error| format!("its tools can't be listed: {error}"))?;
        tools.extend(listed.tools);
        if tools.len() > MAX_TOOLS {
            break;
        }
        match listed.next_cursor {
            Some(cursor) => page = PaginatedRequestParams::default().with_cursor(Some(cursor)),
            None => return Ok(tools),
        }
    }
    Err(format!(
        "its list of tools has more than {MAX_TOOLS} tools, or more than {MAX_PAGES} pages"
    ))
}

/// How long a server may take to say that it is there.
const PING_TIMEOUT: Duration = Duration::from_secs(5);

async fn answers(peer: &Peer<RoleClient>) -> bool {
    let ping = peer.send_request(ClientRequest::PingRequest(PingRequest::default()));
    matches!(tokio::time::timeout(PING_TIMEOUT, ping).await, Ok(Ok(_)))
}

struct Connected {
    service: RunningService<RoleClient, Handler>,
    tools_changed: Arc<Notify>,
}

/// What a started server writes for people.
struct StandardError {
    server: Arc<Connection>,
    events: Events,
}

impl StandardError {
    /// How much of the last lines is kept for an error.
    const KEPT: usize = 2_000;

    async fn read(self, stderr: ChildStderr, said: Arc<std::sync::Mutex<String>>) {
        let mut lines = BufReader::new(stderr).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            let line = self.server.config.secrets.scrub(&line).into_owned();
            if let Ok(mut said) = said.lock() {
                said.push_str(&line);
                said.push('\n');
                let surplus = said.len().saturating_sub(Self::KEPT);
                let surplus = said.ceil_char_boundary(surplus);
                said.drain(..surplus);
            }
            (self.events)(&McpEvent {
                server: self.server.name.clone(),
                kind: McpEventKind::Said(line),
            });
        }
    }
}

async fn connect_http(
    url: &str,
    headers: &std::collections::BTreeMap<String, String>,
    handler: Handler,
) -> Result<RunningService<RoleClient, Handler>, String> {
    // The second one to install a provider is refused, which leaves the first: as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut custom = HashMap::new();
    let mut config =
        StreamableHttpClientTransportConfig::with_uri(url).reinit_on_expired_session(true);
    for (name, value) in headers {
        let invalid = || format!("its header `{name}` can't be sent");
        if let Some(token) = value.strip_prefix("Bearer ")
            && name.eq_ignore_ascii_case("authorization")
        {
            config = config.auth_header(token);
            continue;
        }
        let name = HeaderName::try_from(name).map_err(|_| invalid())?;
        let mut value = HeaderValue::try_from(value).map_err(|_| invalid())?;
        value.set_sensitive(true);
        custom.insert(name, value);
    }
    let transport = StreamableHttpClientTransport::from_config(config.custom_headers(custom));
    handler.serve(transport).await.map_err(|error| {
        format!("it can't be reached, or doesn't answer as an MCP server does: {error}")
    })
}
