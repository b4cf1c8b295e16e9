//! A host program as users write them, for the tests to start and to kill. It is also its own worker, and that of the tests.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[cfg(target_os = "linux")]
mod lacking;
mod misbehaviour;

use std::io::Write as _;
use std::time::Duration;

use codemode_runtime::{Isolation, Limits, Sandbox, ToolSet, Workers};

/// Longer than any test takes.
const TEN_MINUTES: Duration = Duration::from_mins(10);

fn main() {
    if misbehaviour::of_this_program() {
        return;
    }
    #[cfg(target_os = "linux")]
    lacking::if_named_so();
    codemode_runtime::run_if_worker();
    let event_loop = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    event_loop.block_on(run_for_ever());
}

/// Has two warm workers, and one that is busy for longer than any test takes. Says in one line that it can run scripts.
async fn run_for_ever() {
    let sandbox = Sandbox::builder()
        .tools(ToolSet::empty())
        .isolation(Isolation::Process)
        .workers(Workers {
            min: 2,
            ..Workers::default()
        })
        .limits(Limits {
            wall_time: TEN_MINUTES,
            script_time: TEN_MINUTES,
            cpu_time: TEN_MINUTES,
            ..Limits::default()
        })
        .build()
        .unwrap();
    let outcome = sandbox.run("return 1").await;
    assert!(outcome.is_ok(), "{outcome:?}");
    println!("ready");
    std::io::stdout().flush().unwrap();
    let outcome = sandbox.run("for (;;) {}").await;
    panic!("the script ended: {outcome:?}");
}
