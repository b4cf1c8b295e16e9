//! The tools of a crate: the crate is found, a runner with its tools is built where it isn't up to date, and the runner is asked.

mod freshness;
pub(crate) mod project;
pub(crate) mod runner_crate;
#[cfg(feature = "engine")]
pub(crate) mod runner_process;
pub(crate) mod runner_program;
pub(crate) mod tool_crates;
