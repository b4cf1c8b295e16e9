//! Where a script runs, and what that takes.

use std::path::PathBuf;
use std::time::Duration;

/// Where a script's isolate is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Isolation {
    /// On a thread of the host's process. It starts fastest, and its limits are as good as the engine's: some functions of
    /// the language can't be interrupted, and an engine that runs out of memory in the wrong place ends the process.
    #[default]
    InProcess,
    /// In a process of its own, which has no tools and no secrets, on Linux no files and no network either, and is killed
    /// when it doesn't stop. See [`Workers`]. Only on Unix.
    Process,
}

/// How [`Isolation::Process`] starts its workers, and how many.
///
/// A worker makes its isolate before it knows its script, so a run that finds a warm one starts at once. It runs one script
/// and ends.
///
/// ```
/// use codemode_runtime::Workers;
///
/// let workers = Workers { min: 4, max: 16, ..Workers::default() };
/// assert_eq!(workers.queue, Workers::default().queue);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workers {
    /// What is started. Default: the host's own program.
    pub program: WorkerProgram,
    /// What happens where the system can't lock a worker down. Default: it refuses to run.
    pub lock_down: LockDown,
    /// How many warm workers are kept ready. With 0 every run waits for a worker to start. Default: 1.
    pub min: usize,
    /// How many workers there may be at the same time, warm ones and those that run a script. 0 counts as 1. Default: 16.
    pub max: usize,
    /// How long warm workers beyond `min`, which a time with many runs has left, are kept; less than 50 ms counts as
    /// 50 ms. Default: 10 s.
    pub idle: Duration,
    /// How many runs may wait while `max` workers are busy. Further ones end at once with
    /// [`ErrorKind::Busy`](crate::ErrorKind::Busy). Waiting isn't part of a run's time. Default: 256.
    pub queue: usize,
}

impl Default for Workers {
    fn default() -> Self {
        Self {
            program: WorkerProgram::default(),
            lock_down: LockDown::default(),
            min: 1,
            max: 16,
            idle: Duration::from_secs(10),
            queue: 256,
        }
    }
}

/// What is started as a worker.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum WorkerProgram {
    /// The host's program once more. Its `main` must start with [`run_if_worker`](crate::run_if_worker).
    #[default]
    This,
    /// Another program, which is the `codemode-worker` of this crate in the same version, or any whose `main` starts with
    /// [`run_if_worker`](crate::run_if_worker). Nothing has to be changed in the host.
    At(PathBuf),
}

/// What happens where the system can't lock a worker down in every way that this crate knows for it.
///
/// On Linux that is landlock (no files, no network), seccomp (a short list of system calls), limits on resources, and an end
/// with the host's. On other systems there is nothing to fail: the worker is a process without tools and secrets, and no
/// more is promised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LockDown {
    /// Every run ends with [`ErrorKind::Host`](crate::ErrorKind::Host) and says what is missing.
    #[default]
    Required,
    /// Whatever can be locked is, and [`Outcome::not_locked_down`](crate::Outcome::not_locked_down) says what is missing.
    BestEffort,
}
