//! The Model Context Protocol on both sides of codemode: servers' tools for scripts, and scripts as the tool of a server.
//!
//! # A tour
//!
//! A list of tools is read into a [`Catalogue`](codemode_runtime::Catalogue) with [`McpCatalogue::from_mcp`], which is all that
//! declarations need:
//!
//! ```
//! use codemode_mcp::{McpCatalogue as _, read_mcp_list};
//! use codemode_runtime::Catalogue;
//!
//! let listed = read_mcp_list(r#"{ "tools": [{ "name": "send-mail", "inputSchema": { "type": "object",
//!     "properties": { "to": { "type": "string" } }, "required": ["to"] } }] }"#)?;
//! let office = Catalogue::from_mcp("office", listed)?;
//! assert!(office.declarations()?.contains("function sendMail(input: SendMailInput): Promise<unknown>;"));
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```
//!
#![cfg_attr(
    feature = "servers",
    doc = "[`McpServers`] starts or reaches the servers of a configuration ([`McpConfig`]); it is a
[`ToolHost`](codemode_runtime::ToolHost), so a sandbox gives their tools to scripts. [`McpServer`] is the other direction: it offers a
sandbox as one tool, `run`, beside those that help to find one's way in its catalogue."
)]
//!
//! # What is true of others' servers
//!
//! Whatever a server sends is read entry by entry: what can't be read costs that entry, aloud. Credentials of a configuration never
//! reach a script, a declaration, a log or an error. `docs/mcp.md` of the repository has the rules.
//!
//! # Features
//!
//! - `servers` (default): servers in and a server out. It needs an engine, which is chosen with the feature `v8` or `quickjs` of
//!   `codemode-runtime`. Without it, only lists are read and written.

#[cfg(feature = "servers")]
mod client;
mod entry;
mod list;
#[cfg(feature = "servers")]
mod lock;
mod names;
mod objects;
#[cfg(feature = "servers")]
mod pattern;
#[cfg(feature = "servers")]
mod server;
mod strict;
mod wire;

#[cfg(feature = "servers")]
pub use self::client::{
    McpConfig, McpConfigError, McpEvent, McpEventKind, McpProblem, McpServers, Remembered,
};
pub use self::list::{McpCatalogue, McpError, read_mcp_list};
#[cfg(feature = "servers")]
pub use self::server::{Approval, HttpOptions, HttpServeError, McpServeError, McpServer, Profile};
