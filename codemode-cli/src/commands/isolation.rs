//! Where a script runs.

use codemode_runtime::{Isolation, LockDown, SandboxBuilder, Workers};

use crate::arguments;

/// Sets it for one script: this program started again, once.
pub(crate) fn set(
    sandbox: SandboxBuilder,
    isolation: arguments::Isolation,
    lock_down: arguments::LockDown,
) -> SandboxBuilder {
    sandbox.isolation(isolation.into()).workers(Workers {
        lock_down: lock_down.into(),
        min: 1,
        max: 1,
        ..Workers::default()
    })
}

/// Sets it for any number of scripts.
pub(crate) fn set_for_many(
    sandbox: SandboxBuilder,
    isolation: arguments::Isolation,
    lock_down: arguments::LockDown,
) -> SandboxBuilder {
    sandbox.isolation(isolation.into()).workers(Workers {
        lock_down: lock_down.into(),
        ..Workers::default()
    })
}

impl From<arguments::Isolation> for Isolation {
    fn from(isolation: arguments::Isolation) -> Self {
        match isolation {
            arguments::Isolation::Process => Self::Process,
            arguments::Isolation::InProcess => Self::InProcess,
        }
    }
}

impl From<arguments::LockDown> for LockDown {
    fn from(lock_down: arguments::LockDown) -> Self {
        match lock_down {
            arguments::LockDown::Required => Self::Required,
            arguments::LockDown::BestEffort => Self::BestEffort,
        }
    }
}
