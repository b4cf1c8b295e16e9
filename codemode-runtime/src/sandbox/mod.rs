//! The sandbox: an isolate that knows nothing but the language, the tools and a log.

mod at_work;
mod boot;
mod border;
#[cfg(feature = "v8")]
mod buffers;
mod builder;
mod calls;
#[cfg(feature = "check")]
mod checked;
mod clock;
mod cpu;
mod cut;
mod doors;
mod engine;
mod errors;
mod execute;
mod handed_back;
mod host;
mod isolate;
mod isolation;
mod limits;
mod lock;
mod log;
mod memory;
mod ops;
mod options;
mod output;
#[cfg(feature = "v8")]
mod place;
mod policy;
#[cfg(unix)]
mod process;
mod rejections;
mod run;
mod script_discovery;
mod start;
mod text;
mod tools;
mod watchdog;
mod web;

pub use self::builder::{BuildError, SandboxBuilder};
pub use self::host::{HostedCall, ToolHost};
pub use self::isolation::{Isolation, LockDown, WorkerProgram, Workers};
pub use self::limits::{Limits, ScriptClock};
pub use self::options::{RunEvent, RunOptions};
pub use self::policy::{CallRequest, Decision, Policy};
#[cfg(unix)]
pub use self::process::run_if_worker;
#[doc(hidden)]
pub use self::script_discovery::{DescribeInput, ScriptDiscovery, SearchInput};
pub use self::start::Sandbox;

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
    engine::spawn(0, move || {
        let _ = done.send(job());
    });
    result.await.unwrap()
}
