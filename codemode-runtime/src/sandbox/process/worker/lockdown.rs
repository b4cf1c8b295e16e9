//! What a worker gives up before it sees a script.
//!
//! Each step is taken whether or not another one could be: together they are more than the sum. A step that the system
//! doesn't offer makes the worker refuse, unless its sandbox has told it to go on; then it says which are missing.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
mod system_calls;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests;

#[cfg(target_os = "linux")]
pub(super) use linux::{Memory, alone, without_files, without_system_calls};
#[cfg(not(target_os = "linux"))]
pub(super) use other::{Memory, alone, without_files, without_system_calls};

/// A step that couldn't be taken: what it is, and what the system said.
#[derive(Debug, thiserror::Error)]
#[error("{step}: {reason}")]
pub(super) struct Failed {
    step: &'static str,
    reason: String,
}

impl Failed {
    fn new(step: &'static str, reason: impl std::fmt::Display) -> Self {
        Self {
            step,
            reason: reason.to_string(),
        }
    }
}

/// The steps that couldn't be taken so far.
#[derive(Debug, Default)]
pub(super) struct Missing(Vec<Failed>);

impl Missing {
    /// Takes note of a step, and returns what it has given if it could be taken.
    pub(super) fn note<T>(&mut self, step: Result<T, Failed>) -> Option<T> {
        step.map_err(|failed| self.0.push(failed)).ok()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each one in words.
    pub(super) fn texts(&self) -> Vec<String> {
        self.0.iter().map(ToString::to_string).collect()
    }
}

/// Elsewhere the process is a boundary for memory and time, and for nothing else.
#[cfg(not(target_os = "linux"))]
mod other {
    use super::{Failed, Missing};
    use crate::sandbox::Limits;

    pub(in super::super) struct Memory;

    impl Memory {
        pub(in super::super) fn open() -> Result<Self, Failed> {
            Ok(Self)
        }

        pub(in super::super) fn limit(self, _limits: &Limits) -> Result<(), Failed> {
            Ok(())
        }
    }

    pub(in super::super) fn alone(_missing: &mut Missing) {}

    pub(in super::super) fn without_files(_limits: &Limits, _missing: &mut Missing) {}

    pub(in super::super) fn without_system_calls() -> Result<(), Failed> {
        Ok(())
    }
}
