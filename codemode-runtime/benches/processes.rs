//! What scripts cost in processes of their own, beside the same in this one: a run, a call, many at once, and a worker that
//! waits.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use codemode_runtime::{
    Checker, Isolation, Limits, Sandbox, SandboxBuilder, WorkerProgram, Workers, tool,
};
use criterion::{Criterion, Throughput};
use futures_util::future::join_all;
use tokio::runtime::Runtime;

/// Adds two numbers.
#[tool(namespace = "bench")]
fn add(a: i64, b: i64) -> i64 {
    a + b
}

/// Three calls, each with the result of the one before.
const THREE_CALLS: &str = "
    const a = await bench.add({ a: 1, b: 2 });
    const b = await bench.add({ a, b: 3 });
    return await bench.add({ a: b, b: 4 })";

const CALLS: u64 = 5_000;

fn many_calls() -> String {
    format!(
        "let last; for (let i = 0; i < {CALLS}; i++) last = await bench.add({{ a: i, b: 2 }}); return last"
    )
}

/// Long enough for a worker to be started, and all that belongs to it.
const UNTIL_WARM: Duration = Duration::from_millis(60);

fn sandbox(isolation: Isolation, min: usize, max: usize) -> Sandbox {
    let sandbox = builder(isolation, min, max).build();
    sandbox.expect("there are tools and a worker")
}

fn builder(isolation: Isolation, min: usize, max: usize) -> SandboxBuilder {
    Sandbox::builder()
        .isolation(isolation)
        .workers(Workers {
            program: WorkerProgram::At(env!("CARGO_BIN_EXE_codemode-worker").into()),
            min,
            max,
            ..Workers::default()
        })
        .limits(Limits {
            tool_calls: u64::MAX,
            ..Limits::default()
        })
}

fn run(host: &Runtime, sandbox: &Sandbox, script: &str) {
    let outcome = host.block_on(sandbox.run(script));
    assert!(outcome.is_ok(), "{:?}", outcome.result);
    black_box(outcome);
}

fn main() {
    let host = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("there is a runtime");
    let in_process = sandbox(Isolation::InProcess, 0, 0);
    let warm = sandbox(Isolation::Process, 1, 4);
    let cold = sandbox(Isolation::Process, 0, 1);

    let mut criterion = Criterion::default()
        .configure_from_args()
        .sample_size(50)
        .measurement_time(Duration::from_secs(10));
    let mut group = criterion.benchmark_group("three calls");
    group.bench_function("in this process", |bencher| {
        bencher.iter(|| run(&host, &in_process, THREE_CALLS));
    });
    group.bench_function("in a warm worker", |bencher| {
        bencher.iter_custom(|times| {
            let mut took = Duration::ZERO;
            for _ in 0..times {
                std::thread::sleep(UNTIL_WARM);
                let start = Instant::now();
                run(&host, &warm, THREE_CALLS);
                took += start.elapsed();
            }
            took
        });
    });
    // Where there is no compiler, there is nothing to measure.
    if let Ok(checker) = Checker::find() {
        let checked = builder(Isolation::Process, 1, 4)
            .checker(checker)
            .build()
            .expect("there are tools and a worker");
        group.bench_function("checked, and then in a warm worker", |bencher| {
            bencher.iter_custom(|times| {
                let mut took = Duration::ZERO;
                for number in 0..times {
                    std::thread::sleep(UNTIL_WARM);
                    // Another text each time, so that nothing can be remembered of it.
                    let script = format!("{THREE_CALLS} + {number}");
                    let start = Instant::now();
                    run(&host, &checked, &script);
                    took += start.elapsed();
                }
                took
            });
        });
    }
    group.bench_function("in a worker that has to start", |bencher| {
        bencher.iter_custom(|times| {
            let mut took = Duration::ZERO;
            for _ in 0..times {
                // The one before is put away.
                std::thread::sleep(UNTIL_WARM);
                let start = Instant::now();
                run(&host, &cold, THREE_CALLS);
                took += start.elapsed();
            }
            took
        });
    });
    group.finish();

    let mut group = criterion.benchmark_group("calls");
    group
        .throughput(Throughput::Elements(CALLS))
        .sample_size(20);
    let script = many_calls();
    group.bench_function("in this process", |bencher| {
        bencher.iter(|| run(&host, &in_process, &script));
    });
    group.bench_function("in a worker", |bencher| {
        bencher.iter(|| run(&host, &warm, &script));
    });
    group.finish();
    criterion.final_summary();

    println!("{}", many_at_once(&host));
    println!("{}", memory_of_a_warm_worker(&host));
}

/// How many runs a second there are, by how many there are at once.
fn many_at_once(host: &Runtime) -> String {
    let mut table = "runs a second, by how many at once:".to_owned();
    for at_once in [1, 2, 4, 16, 64] {
        let sandbox = sandbox(Isolation::Process, 4, 16);
        let runs = 256 / at_once;
        let start = Instant::now();
        host.block_on(join_all((0..at_once).map(async |_| {
            for _ in 0..runs {
                let outcome = sandbox.run(THREE_CALLS).await;
                assert!(outcome.is_ok(), "{:?}", outcome.result);
            }
        })));
        let a_second = f64::from(at_once * runs) / start.elapsed().as_secs_f64();
        let _ = write!(table, "\n{at_once:>4}: {a_second:>6.0}");
    }
    table
}

/// As Linux tells it, with what is shared divided among those who share it.
fn memory_of_a_warm_worker(host: &Runtime) -> String {
    let sandbox = sandbox(Isolation::Process, 4, 16);
    run(host, &sandbox, THREE_CALLS);
    std::thread::sleep(Duration::from_secs(1));
    let own = format!("PPid:\t{}\n", std::process::id());
    let mut text = "memory of four warm workers:".to_owned();
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let read = |name| std::fs::read_to_string(entry.path().join(name)).unwrap_or_default();
        let status = read("status");
        if !status.contains(&own) {
            continue;
        }
        let sum = read("smaps_rollup");
        let threads = status.lines().find(|line| line.starts_with("Threads:"));
        for name in [
            "Rss:",
            "Pss:",
            "Pss_Anon:",
            "Private_Dirty:",
            "Private_Clean:",
        ] {
            let figure = sum.lines().find_map(|line| line.strip_prefix(name));
            let _ = write!(text, "  {name} {}", figure.unwrap_or("?").trim());
        }
        let _ = writeln!(text, "  {}", threads.unwrap_or_default());
    }
    text
}
