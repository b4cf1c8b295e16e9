//! What is left of a host after thousands of runs in processes of their own, and what is lost when such processes die.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use codemode_runtime::{ErrorKind, Isolation, Sandbox, Workers};
use futures_util::future::join_all;
use serde_json::json;

use crate::support::processes::{children, field, status};
use crate::support::{builder, calls_of, log_of, value_of, workers};

/// How many runs there are if `CODEMODE_RUNS` isn't in the environment.
const RUNS: u32 = 2_000;

/// What the host needs for itself while it makes up its mind, in KiB. A leak of 5 KiB a run is more after the usual runs; a
/// smaller one takes more of them.
const SLACK: u64 = 8 * 1024;

const SCRIPT: &str = "
    console.log('soon');
    const sum = await zoo.add({ a: 1, b: 2 });
    const text = await zoo.greet({ name: 'x'.repeat(1000) });
    return { sum, length: text.length };";

fn pool(min: usize, max: usize) -> Sandbox {
    builder()
        .isolation(Isolation::Process)
        .workers(Workers {
            min,
            max,
            idle: Duration::from_millis(200),
            queue: 10_000,
            ..workers()
        })
        .build()
        .unwrap()
}

/// What a process has of the system.
#[derive(Debug)]
struct Usage {
    resident_kib: u64,
    threads: u64,
    descriptors: usize,
    workers: usize,
}

impl Usage {
    fn now() -> Self {
        let status = status(std::process::id()).unwrap();
        let figure = |name| {
            let text = field(&status, name).unwrap();
            text.split_whitespace().next().unwrap().parse().unwrap()
        };
        Self {
            resident_kib: figure("VmRSS"),
            threads: figure("Threads"),
            descriptors: std::fs::read_dir("/proc/self/fd").unwrap().count(),
            workers: children(std::process::id()).len(),
        }
    }

    /// When all that belongs to runs has been put away, and so many warm workers are left.
    async fn at_rest(workers: usize) -> Self {
        let start = Instant::now();
        while children(std::process::id()).len() != workers {
            assert!(
                start.elapsed() < Duration::from_secs(30),
                "{:?}",
                Self::now()
            );
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        // The threads of the last ones end after them.
        tokio::time::sleep(Duration::from_millis(500)).await;
        Self::now()
    }
}

/// As many runs as are wanted, so many at once.
async fn run(sandbox: &Sandbox, runs: u32, at_once: u32) {
    join_all((0..at_once).map(async |_| {
        for _ in 0..runs / at_once {
            let outcome = sandbox.run(SCRIPT).await;
            assert_eq!(value_of(&outcome), &json!({ "sum": 3, "length": 1007 }));
        }
    }))
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thousands_of_runs_leave_nothing_behind() {
    let runs = std::env::var("CODEMODE_RUNS").map_or(RUNS, |text| text.parse().unwrap());
    let sandbox = pool(2, 4);
    run(&sandbox, 200, 4).await;
    let before = Usage::at_rest(2).await;
    let start = Instant::now();
    run(&sandbox, runs, 4).await;
    let took = start.elapsed();
    let after = Usage::at_rest(2).await;
    println!(
        "{runs} runs in {took:.1?}, {:.0} a second\nbefore: {before:?}\nafter: {after:?}",
        f64::from(runs) / took.as_secs_f64()
    );
    assert_eq!(after.threads, before.threads, "{before:?} {after:?}");
    assert_eq!(
        after.descriptors, before.descriptors,
        "{before:?} {after:?}"
    );
    assert_eq!(after.workers, before.workers, "{before:?} {after:?}");
    assert!(
        after.resident_kib < before.resident_kib + SLACK,
        "{before:?} {after:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_runs_at_once_are_as_good_as_one() {
    let sandbox = pool(2, 64);
    let start = Instant::now();
    run(&sandbox, 128, 64).await;
    println!("128 runs, 64 at once, in {:.1?}", start.elapsed());
    Usage::at_rest(2).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_of_runs_whose_worker_is_not_the_one_that_is_killed() {
    let sandbox = pool(4, 8);
    let is_over = AtomicBool::new(false);
    let (mut done, mut crashed, mut kills) = (0, 0, 0);
    std::thread::scope(|scope| {
        let killer = scope.spawn(|| {
            let mut kills = 0;
            let mut turn = 0_usize;
            while !is_over.load(Ordering::Relaxed) {
                std::thread::sleep(Duration::from_millis(7));
                // Those that have started: of one that dies before, nobody would notice anything.
                let workers: Vec<u32> = children(std::process::id())
                    .into_iter()
                    .filter(|worker| {
                        status(*worker).is_some_and(|text| field(&text, "Seccomp") == Some("2"))
                    })
                    .collect();
                // Another one each time, by a figure that has nothing to do with what they do.
                turn = turn.wrapping_mul(31).wrapping_add(17);
                if let Some(worker) = workers.get(turn % workers.len().max(1))
                    && let Ok(number) = i32::try_from(*worker)
                    && let Some(process) = rustix::process::Pid::from_raw(number)
                    && rustix::process::kill_process(process, rustix::process::Signal::KILL).is_ok()
                {
                    kills += 1;
                }
            }
            kills
        });
        let outcomes = tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(join_all((0..200).map(async |number| {
                let script = format!(
                    "console.log('{number}'); await zoo.rest({{ milliseconds: 20 }}); return {number}"
                );
                (number, sandbox.run(script).await)
            })))
        });
        is_over.store(true, Ordering::Relaxed);
        kills = killer.join().unwrap();
        for (number, outcome) in outcomes {
            match outcome.error() {
                None => {
                    assert_eq!(value_of(&outcome), &json!(number));
                    // Where the worker was killed after the script had returned, a warning says so.
                    let log = log_of(&outcome);
                    assert_eq!(log[0], number.to_string());
                    assert!(
                        log[1..]
                            .iter()
                            .all(|line| line.contains("was ended by signal 9")),
                        "{log:?}"
                    );
                    assert_eq!(calls_of(&outcome), [("zoo.rest", true)]);
                    done += 1;
                }
                Some(error) => {
                    assert_eq!(error.kind, ErrorKind::Crashed, "{error:?}");
                    crashed += 1;
                }
            }
        }
    });
    println!("{done} runs done, {crashed} crashed, {kills} processes killed");
    assert!(
        crashed > 0,
        "{kills} processes were killed, and none had a run"
    );
    assert!(done > 0 && crashed <= kills, "{crashed} of {kills}");
    // The last ones to be killed may have been warm, and what they are handed crashes, too. There are no more than these.
    for _ in 0..=8 {
        let outcome = sandbox.run("return 1").await;
        if outcome.is_ok() {
            return;
        }
        assert_eq!(
            outcome.error().map(|error| error.kind),
            Some(ErrorKind::Crashed)
        );
    }
    panic!("no run succeeds any more");
}
