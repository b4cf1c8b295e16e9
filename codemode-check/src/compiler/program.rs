//! The compiler as a program: how it is started, and what it may use.

use std::path::Path;
use std::process::{Child, Command};

use crate::limits::CheckLimits;

/// The compiler, with nothing of this program's environment.
pub(crate) fn command(program: &Path, limits: &CheckLimits) -> Command {
    let mut command = Command::new(program);
    command.env_clear();
    // So that it can be ended with all that it has started.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    // Its garbage collector works harder before the hard limit ends it.
    command.env("GOMEMLIMIT", (limits.memory_bytes / 4 * 3).to_string());
    command
}

/// Bounds the memory of a compiler that has just been started.
#[cfg(target_os = "linux")]
pub(crate) fn bound(child: &Child, limits: &CheckLimits) {
    use rustix::process::{Pid, Resource, Rlimit, prlimit};

    let limit = Rlimit {
        current: Some(limits.memory_bytes),
        maximum: Some(limits.memory_bytes),
    };
    if let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        // A child that has ended already needs no limit.
        let _ = prlimit(Some(pid), Resource::Data, limit);
    }
}

/// Elsewhere the compiler's own soft limit has to do.
#[cfg(not(target_os = "linux"))]
pub(crate) fn bound(_: &Child, _: &CheckLimits) {}
