//! What a run may use.

use std::time::Duration;

/// What a run may use. A run that goes further is stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How long the run may take in all, tool calls included. Default: 30 s.
    pub wall_time: Duration,
    /// How large the script's heap may grow, in bytes; less than 8 MiB counts as 8 MiB, which an empty script needs. Default: 128 MiB.
    pub heap_bytes: usize,
    /// How many tool calls the script may start. Default: 1,000.
    pub tool_calls: u64,
    /// How many bytes the log may have, and how many the result. What doesn't fit into the log is left out and the
    /// outcome says so; a result that doesn't fit is an error. Default: 1 MiB.
    pub output_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            wall_time: Duration::from_secs(30),
            heap_bytes: 128 * 1024 * 1024,
            tool_calls: 1_000,
            output_bytes: 1024 * 1024,
        }
    }
}
