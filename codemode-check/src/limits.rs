//! What a check may cost.

use std::time::Duration;

/// What checking one script may cost. A script that needs more isn't checked, and its compiler is replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckLimits {
    /// How long reading the script may take, and then checking its types. Default: 10 s, most of which is for a busy machine: a
    /// check takes milliseconds.
    pub time: Duration,
    /// How much memory the compiler may have, in bytes. Kept on Linux; elsewhere the compiler tries to keep to it.
    /// Default: 1 GiB.
    pub memory_bytes: u64,
    /// How many scripts can be checked at once, each by a compiler of its own; 0 counts as 1. Default: 2.
    pub compilers: usize,
}

impl Default for CheckLimits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(10),
            memory_bytes: 1024 * 1024 * 1024,
            compilers: 2,
        }
    }
}
