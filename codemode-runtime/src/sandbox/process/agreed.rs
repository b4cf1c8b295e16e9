//! What a host and its worker agree on beside their frames.

/// What a program is started with to be a worker.
pub(super) const ARGUMENT: &str = "--codemode-worker";

/// The status of a worker that ended because the kernel refused it memory. No other part of it ends with this one.
pub(super) const REFUSED_MEMORY: i32 = 77;
