//! What the example promises, without a sandbox: its tools are ordinary functions.
//!
//! One binary for all of it, since each one links its dependencies anew.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

mod analytics;
mod database;
mod declarations;
mod email;
mod log;
mod sample_log;
#[cfg(feature = "host")]
mod scripts;
mod visits;
