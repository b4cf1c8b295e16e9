//! MCP server out: any MCP client gets scripts, as three tools.

mod approval;
mod direct;
mod direct_call;
mod handler;
mod http;
mod offer;
mod resources;
mod rules;
mod run;
mod session;
mod streams;
mod tools;

use std::sync::{Arc, PoisonError, RwLock};

use rmcp::ServiceExt as _;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::watch;

pub use self::approval::Approval;
pub use self::http::{HttpOptions, HttpServeError};
use self::offer::Offer;
use self::session::Session;
use self::streams::transport::Streams;
use crate::pattern::fits;
use codemode_runtime::Sandbox;

/// An MCP server whose clients write scripts.
///
/// It has the tools `search`, `describe` and `run`; the declarations are resources, too; and its instructions teach a model the
/// rules. While a script runs, its log and its calls are told to the client. It stops when the client cancels.
///
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use codemode_mcp::McpServer;
/// use codemode_runtime::Sandbox;
///
/// McpServer::new(Sandbox::builder().build()?).serve_stdio().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct McpServer {
    shared: Arc<Shared>,
}

struct Shared {
    profile: Profile,
    approval: Approval,
    /// Which tools clients see by themselves, by patterns over `namespace.tool`.
    direct: Vec<String>,
    offer: RwLock<Arc<Offer>>,
    /// Counts the offers, for sessions to tell their clients of new ones.
    offers: watch::Sender<u64>,
}

/// What tools a client sees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Profile {
    /// `search`, `describe` and `run`.
    #[default]
    Scripts,
    /// The tools themselves, one by one, as any other MCP server has them: for comparing.
    Direct,
}

/// A server ended with a failure.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum McpServeError {
    /// The client went away before it had introduced itself, or doesn't speak MCP.
    #[error("the client doesn't speak as an MCP client does: {0}")]
    Handshake(String),
    /// The connection broke.
    #[error("the connection to the client broke: {0}")]
    Connection(String),
}

impl McpServer {
    /// A server for the tools of a sandbox.
    #[must_use]
    pub fn new(sandbox: Sandbox) -> Self {
        Self::with(sandbox, Profile::default(), Approval::default())
    }

    /// The same, with other tools for the client, or with calls that a person has to approve.
    #[must_use]
    pub fn with(sandbox: Sandbox, profile: Profile, approval: Approval) -> Self {
        let direct = match profile {
            Profile::Scripts => Vec::new(),
            Profile::Direct => vec!["*".to_owned()],
        };
        Self::of(sandbox, profile, approval, direct)
    }

    /// A server with `search`, `describe` and `run`, and beside them by themselves the tools that a pattern fits: `*` is any letters
    /// of a `namespace.tool`.
    #[must_use]
    pub fn with_direct(sandbox: Sandbox, approval: Approval, patterns: Vec<String>) -> Self {
        Self::of(sandbox, Profile::Scripts, approval, patterns)
    }

    fn of(sandbox: Sandbox, profile: Profile, approval: Approval, direct: Vec<String>) -> Self {
        Self {
            shared: Arc::new(Shared {
                profile,
                approval,
                offer: RwLock::new(Arc::new(Offer::new(sandbox, &direct))),
                direct,
                offers: watch::Sender::new(0),
            }),
        }
    }

    /// The patterns of [`McpServer::with_direct`] that fit no tool of those that there are now.
    pub fn unmet(&self) -> Vec<String> {
        let offer = self.offer();
        let paths = &offer.direct.paths;
        let is_met = |pattern: &String| paths.values().any(|path| fits(pattern, path));
        let patterns = match self.shared.profile {
            Profile::Scripts => self.shared.direct.as_slice(),
            Profile::Direct => &[],
        };
        let patterns = patterns.iter();
        patterns
            .filter(|pattern| !is_met(pattern))
            .cloned()
            .collect()
    }

    /// Offers the tools of another sandbox from now on, and tells all clients. Scripts that run keep the tools that they began with.
    pub fn replace(&self, sandbox: Sandbox) {
        let offer = Arc::new(Offer::new(sandbox, &self.shared.direct));
        *self
            .shared
            .offer
            .write()
            .unwrap_or_else(PoisonError::into_inner) = offer;
        self.shared.offers.send_modify(|count| *count += 1);
    }

    fn offer(&self) -> Arc<Offer> {
        let offer = self.shared.offer.read();
        Arc::clone(&offer.unwrap_or_else(PoisonError::into_inner))
    }

    /// Serves one client over standard input and output, until it goes away. Nothing else may print to standard output.
    ///
    /// # Errors
    ///
    /// If the client doesn't speak MCP.
    pub async fn serve_stdio(&self) -> Result<(), McpServeError> {
        let (input, output) = rmcp::transport::stdio_pipes();
        self.serve(input, output).await
    }

    /// Serves one client over any two streams, until it goes away.
    ///
    /// # Errors
    ///
    /// If the client doesn't speak MCP.
    pub async fn serve(
        &self,
        input: impl AsyncRead + Send + Unpin + 'static,
        output: impl AsyncWrite + Send + Unpin + 'static,
    ) -> Result<(), McpServeError> {
        let session = Session::new(self.clone())
            .serve(Streams::new(input, output))
            .await
            .map_err(|error| McpServeError::Handshake(error.to_string()))?;
        session
            .waiting()
            .await
            .map_err(|error| McpServeError::Connection(error.to_string()))?;
        Ok(())
    }

    /// Serves any number of clients over streamable HTTP at `/mcp`, until the future is dropped.
    ///
    /// # Errors
    ///
    /// If the options don't suit the listener's address.
    pub async fn serve_http(
        &self,
        listener: tokio::net::TcpListener,
        options: HttpOptions,
    ) -> Result<(), HttpServeError> {
        http::serve(self.clone(), listener, options).await
    }
}
