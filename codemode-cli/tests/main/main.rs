//! The program `codemode-cli`, as it is used: on crates of every kind, through its arguments, streams and exit status.
//!
//! One binary for all of it. The crates that it works on are generated; see [`support::fixtures`].

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

mod check;
mod emit_dts;
mod init;
mod isolation;
mod list;
mod mcp;
mod mcp_http;
mod mcp_learned;
mod mcp_seen;
mod mcp_serve;
mod mcp_servers;
mod output;
mod policy;
mod projects;
mod prompt;
mod readme;
mod run;
mod saved_scripts;
mod sessions;
mod usage;
