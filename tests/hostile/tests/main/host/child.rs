//! The host's side: runs what it is asked to run and reports.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::{BufRead, Write, stdin, stdout};
use std::panic::Location;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use codemode_runtime::{ErrorKind, Limits, RunResult, Sandbox, Workers};

use super::leftovers::{self, WARM_WORKERS};
use super::{Next, Report, Request};
use crate::limits::usual_limits;
use crate::record::Record;
use crate::tier::Tier;
use crate::tools::Vault;

/// Asks this binary to be a host.
pub(super) const FLAG: &str = "--be-the-host";

/// A report begins with this, so that what the engine prints by itself is told from one.
pub(super) const MARK: &str = "report ";

/// What a panic in code of this repository is printed with. None is to be expected, whatever a script does.
pub(crate) const PANIC: &str = "a panic of the host";

/// How long a script's thread or worker may take to end after its run is over, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// The same for a script of which it is known that it takes longer.
const HASTE: Duration = Duration::from_millis(500);

/// Harmless, and touches what an earlier script may have broken: the language, a tool, the log, a timer. It counts the names of
/// the global object and makes a number of them, which is the same for every run; the names themselves are more than the result
/// of some scripts may have.
const NEXT: &str = "\
    console.log('next');
    await new Promise((done) => setTimeout(done, 1));
    const names = Object.getOwnPropertyNames(globalThis).sort();
    const number = [...names.join()].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 0);
    return [[3, 1, 2].sort().map(String).join('-'), await desk.add({ a: 1, b: 2 }), ({} as any).polluted ?? null, \
            names.length, number]";

/// How often the harmless script may be run. It has the limits of the script before it, which may be little time for a machine
/// with much to do.
const TRIES: usize = 3;

/// Whether this process was started to be a host.
pub(crate) fn is_wanted() -> bool {
    std::env::args().any(|argument| argument == FLAG)
}

/// Serves requests until there are no more.
pub(crate) fn serve() -> ExitCode {
    std::panic::set_hook(Box::new(|panic| {
        if let Some(place) = panic.location().filter(|place| is_ours(place)) {
            eprintln!("{PANIC} at {place}: {panic}");
        }
    }));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let mut host = HostUnderAttack::default();
    for line in stdin().lock().lines() {
        let request = serde_json::from_str(&line.unwrap()).unwrap();
        let report = runtime.block_on(host.attacked(request));
        let mut output = stdout().lock();
        writeln!(output, "{MARK}{}", serde_json::to_string(&report).unwrap()).unwrap();
        output.flush().unwrap();
    }
    ExitCode::SUCCESS
}

/// Whether a panic is in code of this repository, and isn't one that a tool is there for: cargo names other crates' files from
/// the root of the file system.
fn is_ours(place: &Location<'_>) -> bool {
    let file = Path::new(place.file());
    file.is_relative() && !file.ends_with("tools.rs")
}

/// What a host keeps between two scripts.
#[derive(Default)]
struct HostUnderAttack {
    /// The next script has the same limits most often.
    last: Option<(Tier, Limits, Attacked)>,
    /// What the harmless script comes to in each tier before anything else was run.
    untouched: BTreeMap<Tier, RunResult>,
}

/// A sandbox, and what its tools see.
struct Attacked {
    sandbox: Sandbox,
    record: Record,
}

impl HostUnderAttack {
    async fn attacked(&mut self, request: Request) -> Report {
        let tier = request.tier;
        if let Entry::Vacant(untouched) = self.untouched.entry(tier) {
            let fresh = Attacked::new(tier, usual_limits());
            untouched.insert(fresh.sandbox.run(NEXT).await.result);
            fresh.sandbox.close().await;
        }
        let limits = request.limits.clone();
        let attacked = match self.last.take() {
            Some((its_tier, its_limits, attacked))
                if (its_tier, &its_limits) == (tier, &limits) =>
            {
                attacked
            }
            Some((_, _, other)) => {
                // Its workers would be taken for those of the next.
                other.sandbox.close().await;
                Attacked::new(tier, limits.clone())
            }
            None => Attacked::new(tier, limits.clone()),
        };
        let report = attacked.run(request, &self.untouched[&tier]).await;
        self.last = Some((tier, limits, attacked));
        report
    }
}

impl Attacked {
    fn new(tier: Tier, limits: Limits) -> Self {
        let record = Record::default();
        let sandbox = Sandbox::builder()
            .state(Vault::new())
            .state(record.clone())
            .limits(limits)
            .isolation(tier.isolation())
            .workers(Workers {
                min: WARM_WORKERS,
                // One too many is taken for one that goes on, so it has to go soon.
                idle: Duration::ZERO,
                ..Workers::default()
            })
            .build()
            .unwrap();
        Self { sandbox, record }
    }

    async fn run(&self, request: Request, untouched: &RunResult) -> Report {
        let (started, processor) = (Instant::now(), leftovers::processor_time());
        let outcome = self.sandbox.run(request.script).await;
        let took = started.elapsed();
        let processor = leftovers::processor_time()
            .zip(processor)
            .map(|(after, before)| after.saturating_sub(before));
        let seen = self.record.take();
        let (next, goes_on) = if request.looks_after {
            let mut next = self.next(untouched).await;
            let patience = if request.may_go_on { HASTE } else { PATIENCE };
            let goes_on = leftovers::go_on(request.tier, patience);
            // What the script had called after its end would be among them.
            next.seen = self.record.take();
            (Some(next), goes_on)
        } else {
            (None, None)
        };
        Report {
            outcome,
            seen,
            took,
            processor,
            next,
            goes_on,
        }
    }

    async fn next(&self, untouched: &RunResult) -> Next {
        let mut calls = Vec::new();
        let mut tries = 0;
        loop {
            tries += 1;
            let next = self.sandbox.run(NEXT).await;
            calls.extend(next.calls);
            let timed_out = matches!(&next.result, RunResult::Error { error } if error.kind == ErrorKind::Timeout);
            if !timed_out || tries == TRIES {
                return Next {
                    result: next.result,
                    calls,
                    seen: Vec::new(),
                    untouched: untouched.clone(),
                    tries,
                };
            }
        }
    }
}
