//! Scripts in a sandbox with tools: everything that a host program can see of it.
//!
//! One binary for all of it, since each one links the engine anew.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;
mod zoo;

mod check;
mod closed_world;
mod declarations;
mod exact;
mod json_texts;
mod limits;
#[cfg(target_os = "linux")]
mod lock_down;
mod outcome;
mod policy;
#[cfg(unix)]
mod processes;
mod report;
mod scripts;
mod site_report;
mod smoke;
#[cfg(target_os = "linux")]
mod staying_power;
mod store;
mod texts;
mod tools;
