//! The sandbox, in the order in which a script meets it.
//!
//! [`builder`] makes one of its [`options`] and of what scripts can call ([`tools`]). [`start`] is how a run begins. [`mod@run`] is what is true of
//! each, wherever its [`isolate`] is: on a thread of this process, or in a process of its own ([`process`]).

mod builder;
#[cfg(feature = "check")]
mod checked;
mod cut;
mod isolate;
mod lock;
mod options;
#[cfg(unix)]
mod process;
mod run;
mod saved;
mod session;
mod start;
mod store;
mod tools;

pub use self::builder::{BuildError, SandboxBuilder};
pub use self::options::isolation::{Isolation, LockDown, WorkerProgram, Workers};
pub use self::options::limits::{Limits, ScriptClock};
pub use self::options::policy::{CallRequest, Decision, Policy, PolicyRun, Question, Questions};
pub use self::options::run::{RunEvent, RunOptions};
#[cfg(unix)]
pub use self::process::run_if_worker;
pub use self::saved::SavedScripts;
#[cfg(feature = "check")]
pub use self::saved::save::ScriptSaver;
pub use self::session::Session;
pub use self::start::Sandbox;
pub use self::store::{Store, StoreError, StoreLimits};
#[doc(hidden)]
pub use self::tools::discovery::{DescribeInput, ScriptDiscovery, SearchInput};
pub use self::tools::host::{HostedCall, ToolHost};

/// For a fuzzer: reads what a worker might send, in pieces of so many bytes, and returns how many frames there were.
#[cfg(unix)]
#[doc(hidden)]
pub fn fuzz_frames(bytes: &[u8], piece: usize) -> usize {
    process::read_frames(bytes, piece)
}

/// On this system no program is ever started as a worker.
#[cfg(not(unix))]
pub fn run_if_worker() {}

/// What a job comes to on a thread that may run the engine.
#[cfg(test)]
pub(crate) async fn on_engine_thread<T: Send + 'static>(
    job: impl FnOnce() -> T + Send + 'static,
) -> T {
    let (done, result) = tokio::sync::oneshot::channel();
    isolate::engine::spawn(0, move || {
        let _ = done.send(job());
    });
    result.await.unwrap()
}
