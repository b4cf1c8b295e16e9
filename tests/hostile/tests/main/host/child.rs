//! The host's side: runs what it is asked to run and reports.

use std::io::{BufRead, Write, stdin, stdout};
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

use codemode_runtime::{ErrorKind, Limits, Sandbox};

use super::{Report, Request};
use crate::tier::Tier;
use crate::tools::Vault;

/// Asks this binary to be a host.
pub(super) const FLAG: &str = "--be-the-host";

/// A report begins with this, so that what the engine prints by itself is told from one.
pub(super) const MARK: &str = "report ";

/// How long a script's thread may take to end after its run is over, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// The same for a script of which it is known that it takes longer.
const HASTE: Duration = Duration::from_millis(500);

/// Harmless, and touches what an earlier script may have broken: the language, a tool, the log, a timer.
const NEXT: &str = "\
    console.log('next');
    await new Promise((done) => setTimeout(done, 1));
    return [[3, 1, 2].sort().map(String).join('-'), await desk.add({ a: 1, b: 2 }), Object.keys(globalThis).length, \
            ({} as any).polluted ?? null]";

/// Whether this process was started to be a host.
pub(crate) fn is_wanted() -> bool {
    std::env::args().any(|argument| argument == FLAG)
}

/// Serves requests until there are no more.
pub(crate) fn serve() -> ExitCode {
    // The suite provokes panics in tools; what they say belongs to nobody.
    std::panic::set_hook(Box::new(|_| {}));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    // The next script has the same limits most often.
    let mut last: Option<(Tier, Limits, Sandbox)> = None;
    for line in stdin().lock().lines() {
        let request: Request = serde_json::from_str(&line.unwrap()).unwrap();
        let (tier, limits) = (request.tier, request.limits.clone());
        let sandbox = match last.take() {
            Some((its_tier, its_limits, sandbox)) if (its_tier, &its_limits) == (tier, &limits) => {
                sandbox
            }
            _ => sandbox(tier, limits.clone()),
        };
        let report = runtime.block_on(attack(&sandbox, request));
        last = Some((tier, limits, sandbox));
        let mut output = stdout().lock();
        writeln!(output, "{MARK}{}", serde_json::to_string(&report).unwrap()).unwrap();
        output.flush().unwrap();
    }
    ExitCode::SUCCESS
}

fn sandbox(tier: Tier, limits: Limits) -> Sandbox {
    Sandbox::builder()
        .state(Vault::new())
        .limits(limits)
        .isolation(tier.isolation())
        .build()
        .unwrap()
}

async fn attack(sandbox: &Sandbox, request: Request) -> Report {
    let started = Instant::now();
    let outcome = sandbox.run(request.script).await;
    let took = started.elapsed();
    let (next, goes_on) = if request.looks_after {
        let mut next = sandbox.run(NEXT).await;
        // It has the limits of the script before it, which may be little time for a machine with much to do.
        for _ in 0..2 {
            if matches!(next.error(), Some(error) if error.kind == ErrorKind::Timeout) {
                next = sandbox.run(NEXT).await;
            }
        }
        let patience = if request.may_go_on { HASTE } else { PATIENCE };
        (Some(next.result), goes_on(patience))
    } else {
        (None, None)
    };
    Report {
        outcome,
        took,
        next,
        goes_on,
    }
}

/// Whether a thread of a script is still there after some time.
fn goes_on(patience: Duration) -> Option<bool> {
    let end = Instant::now() + patience;
    while isolate_threads()? > 0 {
        if Instant::now() > end {
            return Some(true);
        }
        thread::sleep(Duration::from_millis(2));
    }
    Some(false)
}

/// How many threads run scripts, by their name.
fn isolate_threads() -> Option<usize> {
    let tasks = std::fs::read_dir("/proc/self/task").ok()?;
    let names = tasks
        .flatten()
        .filter_map(|task| std::fs::read_to_string(task.path().join("comm")).ok());
    // The system keeps fifteen letters of a name.
    Some(
        names
            .filter(|name| name.starts_with("codemode-isolat"))
            .count(),
    )
}
