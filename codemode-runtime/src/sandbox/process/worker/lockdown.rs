//! What a worker gives up before it sees a script.
//!
//! Each step is taken whether or not another one could be: together they are more than the sum. A step that the system
//! doesn't offer makes the worker refuse, unless its sandbox has told it to go on; then it says which are missing.

#[cfg(target_os = "linux")]
mod linux;
mod missing;
#[cfg(target_os = "linux")]
mod system_calls;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests;

pub(super) use self::missing::Missing;
#[cfg(target_os = "linux")]
pub(super) use linux::{Memory, alone, without_files, without_system_calls};
#[cfg(not(target_os = "linux"))]
pub(super) use other::{Memory, alone, without_files, without_system_calls};

/// Elsewhere the process is a boundary for memory and time, and for nothing else.
#[cfg(not(target_os = "linux"))]
mod other {
    use super::missing::{Failed, Missing};
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
