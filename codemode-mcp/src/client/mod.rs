//! MCP servers in: their tools become namespaces of scripts.

mod absent;
mod answer;
mod config;
mod environment;
mod events;
mod host;
mod learned;
mod secrets;
mod session;
mod transport;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::task::JoinSet;
use tokio_util::sync::{CancellationToken, DropGuard};

use self::absent::Absent;
pub use self::config::{McpConfig, McpConfigError};
use self::events::Events;
pub use self::events::{McpEvent, McpEventKind};
use self::host::McpHost;
pub use self::learned::Remembered;
use self::learned::{Learning, Store};
use self::session::connection::{Connection, Link};
use crate::lock::lock;
use crate::names;
use codemode_runtime::ToolHost;

/// MCP servers whose tools scripts can call.
///
/// Each server is a namespace. A program is started, an address is connected to, and both are held until this value is
/// dropped, whatever number of scripts run meanwhile. A lost connection is made again, with longer and longer pauses.
///
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use codemode_mcp::{McpConfig, McpServers};
/// use codemode_runtime::Sandbox;
///
/// let servers = McpServers::start(McpConfig::read("mcp.json".as_ref())?).await;
/// for problem in servers.problems() {
///     eprintln!("{problem}");
/// }
/// let mut sandbox = Sandbox::builder();
/// for host in servers.hosts() {
///     sandbox = sandbox.host(host);
/// }
/// let outcome = sandbox.build()?.run("return await files.listDirectory({ path: '/tmp' })").await;
/// # Ok(())
/// # }
/// ```
pub struct McpServers {
    connections: Vec<Arc<Connection>>,
    /// What is wrong with servers that can't even be tried.
    refused: Vec<McpProblem>,
    /// The names of those that are switched off.
    off: Vec<String>,
    runtime: Handle,
    tasks: Mutex<JoinSet<()>>,
    store: Arc<Store>,
    events: Events,
    stop: CancellationToken,
    _stop_on_drop: DropGuard,
}

/// What is wrong with a server, or with one of its tools. The others can be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the MCP server `{server}`: {problem}")]
pub struct McpProblem {
    /// Its name in the configuration.
    pub server: String,
    /// What is wrong.
    pub problem: String,
}

/// How long servers that start slowly are waited for while others are there.
const COMMON_WAIT: Duration = Duration::from_secs(5);

/// How long [`McpServers::close`] waits for servers to end.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(10);

impl McpServers {
    /// Starts all servers at once, and waits until each has listed its tools or failed for the first time.
    ///
    /// Once there are some to go on with, the others are waited for no longer than a few seconds altogether: see
    /// [`McpServers::settle`] and [`McpServers::named_in`] for who needs them.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime.
    pub async fn start(config: McpConfig) -> Self {
        Self::start_with_events(config, |_| {}).await
    }

    /// The same, and `events` hears what happens then and later.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime.
    pub async fn start_with_events(
        config: McpConfig,
        events: impl Fn(&McpEvent) + Send + Sync + 'static,
    ) -> Self {
        let servers = Self::begin(config, events);
        servers.settle(COMMON_WAIT).await;
        servers.some().await;
        servers
    }

    /// Starts all servers at once, and waits for none of them.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime.
    pub fn begin(config: McpConfig, events: impl Fn(&McpEvent) + Send + Sync + 'static) -> Self {
        let events: Events = Arc::new(events);
        let store = config.store();
        let remembered = config.remembered();
        let forgotten = Arc::<Store>::default();
        let off = config.off().map(str::to_owned).collect();
        let stop = CancellationToken::new();
        let mut tasks = JoinSet::new();
        let mut connections: Vec<Arc<Connection>> = Vec::new();
        let mut refused = Vec::new();
        for (name, server) in config.into_servers() {
            match server {
                Ok(server) => {
                    let store = if server.learn == Some(true) {
                        &store
                    } else {
                        &forgotten
                    };
                    let learning = Learning::of(&name, server.learn, remembered, store);
                    connections.push(session::reconnect::start(
                        name,
                        server,
                        learning,
                        Arc::clone(&events),
                        stop.clone(),
                        &mut tasks,
                    ));
                }
                Err(problem) => refused.push(McpProblem {
                    server: name,
                    problem,
                }),
            }
        }
        Self {
            connections,
            refused,
            off,
            runtime: Handle::current(),
            tasks: Mutex::new(tasks),
            store,
            events,
            _stop_on_drop: stop.clone().drop_guard(),
            stop,
        }
    }

    /// Waits until each server has listed its tools or failed for the first time, but not longer than this.
    pub async fn settle(&self, patience: Duration) {
        let all = self
            .connections
            .iter()
            .map(|connection| connection.settled());
        let _ = tokio::time::timeout(patience, futures_util::future::join_all(all)).await;
    }

    /// Waits until some server has listed its tools, or all have failed for the first time.
    pub async fn some(&self) {
        loop {
            let changed = self.changed();
            if !self.is_starting() || self.has_some() {
                return;
            }
            changed.await;
        }
    }

    /// Waits for the servers that a script names, until each has listed its tools or failed for the first time.
    pub async fn named_in(&self, script: &str) {
        for connection in &self.connections {
            if names::are_in(script, &connection.config.namespace) {
                connection.settled().await;
            }
        }
    }

    fn has_some(&self) -> bool {
        let mut links = self.connections.iter().map(|connection| connection.link());
        links.any(|link| matches!(&*link.borrow(), Link::Up(_)))
    }

    /// Whether the first attempt to reach some server is still under way.
    pub fn is_starting(&self) -> bool {
        let mut links = self.connections.iter().map(|connection| connection.link());
        links.any(|link| matches!(&*link.borrow(), Link::Starting))
    }

    /// The tools of the servers that have been reached, one host a server, as they are now. A last host knows why the others
    /// aren't there, for scripts that name them.
    ///
    /// The hosts stay usable when a connection is made again, but not when this value is dropped.
    pub fn hosts(&self) -> Vec<Arc<dyn ToolHost>> {
        let reached = self.listed().into_iter();
        let mut hosts: Vec<Arc<dyn ToolHost>> = reached
            .map(|(host, _)| Arc::new(host) as Arc<dyn ToolHost>)
            .collect();
        let absent = self.absent();
        if !absent.is_empty() {
            hosts.push(Arc::new(Absent::new(absent)));
        }
        hosts
    }

    /// The namespaces of the servers that aren't there now, each with the reason.
    fn absent(&self) -> BTreeMap<String, String> {
        let refused = self.refused.iter().map(|McpProblem { server, problem }| {
            let reason = format!("the MCP server `{server}` can't be used: {problem}");
            (names::namespace(server), reason)
        });
        let off = self.off.iter().map(|server| {
            let reason = format!("the MCP server `{server}` is switched off in the configuration");
            (names::namespace(server), reason)
        });
        let mut absent: BTreeMap<_, _> = refused.chain(off).collect();
        for connection in &self.connections {
            let name = &connection.name;
            let reason = match &*connection.link().borrow() {
                Link::Up(_) => {
                    // Whatever else would have had its name in scripts.
                    absent.remove(&connection.config.namespace);
                    continue;
                }
                Link::Starting => {
                    format!(
                        "the MCP server `{name}` is still starting; run the script again in some seconds"
                    )
                }
                Link::Down { reason, .. } => {
                    format!("the MCP server `{name}` isn't connected: {reason}")
                }
            };
            absent.insert(connection.config.namespace.clone(), reason);
        }
        absent
    }

    fn listed(&self) -> Vec<(McpHost, Vec<String>)> {
        self.connections
            .iter()
            .filter_map(|connection| {
                let listed = match &*connection.link().borrow() {
                    Link::Up(session) => Arc::clone(&session.listed),
                    Link::Starting | Link::Down { .. } => return None,
                };
                let runtime = self.runtime.clone();
                let (host, left_out) = McpHost::new(Arc::clone(connection), &listed.tools, runtime);
                let mut problems = listed.problems.clone();
                problems.extend(left_out);
                Some((host, problems))
            })
            .collect()
    }

    /// What is wrong now: servers that can't be started or reached, and tools that can't be used.
    pub fn problems(&self) -> Vec<McpProblem> {
        let mut problems = self.refused.clone();
        for connection in &self.connections {
            problems.extend(connection.config.notes.iter().map(|note| McpProblem {
                server: connection.name.clone(),
                problem: note.clone(),
            }));
            let problem = match &*connection.link().borrow() {
                Link::Up(_) => continue,
                Link::Down { reason, .. } => reason.clone(),
                Link::Starting => {
                    "it is still starting, and its functions aren't known yet".to_owned()
                }
            };
            problems.push(McpProblem {
                server: connection.name.clone(),
                problem,
            });
        }
        for (host, of_tools) in self.listed() {
            problems.extend(of_tools.into_iter().map(|problem| McpProblem {
                server: host.server().to_owned(),
                problem,
            }));
        }
        problems
    }

    /// Resolves when, from now on, some server gets other tools, is reached again, or is lost.
    pub fn changed(&self) -> impl Future<Output = ()> + Send + use<> {
        // Looked at now and not when the future is first polled: nothing in between is missed.
        let mut links: Vec<_> = self
            .connections
            .iter()
            .map(|connection| {
                let mut link = connection.link();
                link.mark_unchanged();
                link
            })
            .collect();
        async move {
            if links.is_empty() {
                return std::future::pending().await;
            }
            let changes = links.iter_mut().map(|link| Box::pin(link.changed()));
            let _ = futures_util::future::select_all(changes).await;
        }
    }

    /// Ends all servers and waits for them, for ten seconds at most. What isn't ended then is killed.
    pub async fn close(self) {
        if let Err(problem) = self.store.keep() {
            let learning = |known: &&Arc<Connection>| known.config.learn == Some(true);
            for learning in self.connections.iter().filter(learning) {
                (self.events)(&McpEvent {
                    server: learning.name.clone(),
                    kind: McpEventKind::NotKept(problem.clone()),
                });
            }
        }
        self.stop.cancel();
        let mut tasks = std::mem::take(&mut *lock(&self.tasks));
        let ended = async { while tasks.join_next().await.is_some() {} };
        let _ = tokio::time::timeout(CLOSE_TIMEOUT, ended).await;
    }
}
