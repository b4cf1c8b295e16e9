//! What tasks cost a model, and what it is told after a mistake, measured without a model.
//!
//! A task is a request in words, the state of the world that has to come of it, and what a model would write on its way there, in
//! either profile of `codemode-cli serve`. [`play`] plays it and counts; the state is looked at from outside. [`fault`] makes
//! mistakes in these scripts and judges what the answers say of them.

#![allow(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "it is a test, and may panic"
)]

pub mod client;
pub mod end;
pub mod fault;
pub mod model;
pub mod play;
pub mod rows;
pub mod task;
pub mod world;
