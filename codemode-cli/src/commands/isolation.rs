//! Where a script runs.

use codemode_runtime::{Isolation, LockDown, SandboxBuilder, Workers};

use crate::arguments;

/// Sets it for one script: this program started again, once.
pub(crate) fn set(
    sandbox: SandboxBuilder,
    isolation: arguments::Isolation,
    lock_down: arguments::LockDown,
) -> SandboxBuilder {
    sandbox
        .isolation(match isolation {
            arguments::Isolation::Process => Isolation::Process,
            arguments::Isolation::InProcess => Isolation::InProcess,
        })
        .workers(Workers {
            lock_down: match lock_down {
                arguments::LockDown::Required => LockDown::Required,
                arguments::LockDown::BestEffort => LockDown::BestEffort,
            },
            min: 1,
            max: 1,
            ..Workers::default()
        })
}
