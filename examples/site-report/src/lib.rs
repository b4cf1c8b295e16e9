//! Tools over a web server's access log, and one that sends e-mail: a library to copy from.
//!
//! Read it in this order:
//!
//! - [`analytics`] and [`email`] hold the tools. Each is an ordinary function with `#[tool]` on it; its comments are
//!   what a model reads, its types become TypeScript.
//! - [`db`] and [`email::Mailer`] are the state behind the tools: what a script uses without seeing it. Two functions
//!   with `#[provide_state]` make it when a sandbox is built and the host hasn't brought its own.
//! - [`log`] and [`visits`] know nothing of tools. Most code of a tool library is like that.
//!
//! The library has no engine; the program in `src/main.rs` brings one.

pub mod analytics;
pub mod db;
pub mod email;
pub mod log;
pub mod visits;
