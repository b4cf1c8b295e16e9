//! Where a script runs.

use codemode_runtime::{ErrorKind, Isolation, LockDown, Outcome, Sandbox, SandboxBuilder, Workers};

use crate::arguments;
use crate::terminal::complain;

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

/// Tells what the system lacked to lock the script's process down.
pub(crate) fn tell_missing(outcome: &Outcome) {
    if !outcome.not_locked_down.is_empty() {
        let steps = outcome.not_locked_down.join("; ");
        complain(&format!(
            "note: the script's process wasn't locked down in every way: {steps}"
        ));
    }
}

/// Tells the same before the first script: who asks a server to run scripts can't mend its system, and isn't told.
pub(crate) async fn try_out(sandbox: &Sandbox) {
    let outcome = sandbox.run("").await;
    tell_missing(&outcome);
    if let Some(error) = outcome
        .error()
        .filter(|error| error.kind == ErrorKind::Host)
    {
        complain(&format!(
            "warning: scripts can't run here: {}",
            error.message
        ));
    }
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
