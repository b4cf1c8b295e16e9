//! Scripts in processes of their own: how they start, how they end, and that nothing of them stays.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use codemode_runtime::{
    BuildError, ErrorKind, Isolation, Limits, LogLevel, Outcome, Sandbox, SandboxBuilder,
    WorkerProgram, Workers,
};
use serde_json::json;

use crate::support::{builder, calls_of, error_of, for_milliseconds, log_of, value_of, workers};
use crate::zoo::Observer;

/// Longer than anything here takes, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// How much longer than its limit a script may keep its host waiting, as far as this is promised; and what a busy machine
/// may add.
const LATE: Duration = Duration::from_millis(500);

fn in_processes(workers: Workers) -> SandboxBuilder {
    builder().isolation(Isolation::Process).workers(workers)
}

fn sandbox(limits: Limits) -> Sandbox {
    in_processes(workers()).limits(limits).build().unwrap()
}

/// A worker program that behaves in another way than it should, by the name that it is started under.
fn program(folder: &Path, name: &str) -> WorkerProgram {
    let path = folder.join(name);
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_codemode-test-host"), &path).unwrap();
    WorkerProgram::At(path)
}

/// Waits for something that has to come about.
async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "{what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn what_the_engine_can_not_stop_is_killed_on_time() {
    let sandbox = sandbox(for_milliseconds(300));
    let scripts = [
        "[].indexOf.call({ length: 2 ** 53 - 1 }, 1 as never)",
        "[].reverse.call({ length: 2 ** 53 - 1 })",
        "[].copyWithin.call({ length: 2 ** 53 - 1 } as never, 2 ** 40, 0)",
        "Array.prototype.some.call({ length: 2 ** 53 - 1 }, () => false)",
        "for (;;) { try { for (;;) {} } catch {} finally { for (;;) {} } }",
    ];
    for script in scripts {
        let start = Instant::now();
        let outcome = sandbox
            .run(format!(
                "console.log('soon'); await zoo.add({{ a: 1, b: 2 }}); {script}"
            ))
            .await;
        let took = start.elapsed();
        error_of(&outcome, ErrorKind::Timeout);
        assert_eq!(log_of(&outcome), ["soon"], "{script}");
        assert_eq!(calls_of(&outcome), [("zoo.add", true)], "{script}");
        assert!(took < PATIENCE, "{script}: {took:?}");
        let late = Duration::from_secs_f64(outcome.stats.wall_ms / 1e3);
        assert!(
            late < Duration::from_millis(300) + LATE,
            "{script}: {late:?}"
        );
        assert_eq!(value_of(&sandbox.run("return 1").await), &json!(1));
    }
}

// QuickJS doesn't say where a script is.
#[cfg(all(feature = "v8", target_os = "linux"))]
#[tokio::test]
async fn a_script_that_is_out_of_time_says_where_it_was_and_what_it_has_used() {
    let sandbox = sandbox(for_milliseconds(300));
    let loops = "const spin = () => {\n  for (;;) {}\n};\nconsole.log('soon');\nspin();";
    let outcome = crate::support::with_a_place(&sandbox, loops).await;
    let error = error_of(&outcome, ErrorKind::Timeout);
    assert_eq!(
        crate::support::places_of(error),
        [(Some("spin"), 2), (None, 5)]
    );
    assert_eq!(log_of(&outcome), ["soon"]);
    assert!(
        outcome.stats.heap_peak_bytes.is_some(),
        "{:?}",
        outcome.stats
    );

    // One that is killed can't say anything.
    let outcome = sandbox
        .run("[].indexOf.call({ length: 2 ** 53 - 1 }, 1 as never)")
        .await;
    assert!(error_of(&outcome, ErrorKind::Timeout).frames.is_empty());
    assert_eq!(outcome.stats.heap_peak_bytes, None);
}

// QuickJS takes such an allocation for an error like any other.
#[cfg(feature = "v8")]
#[tokio::test]
async fn memory_that_the_engine_would_die_over_is_the_end_of_one_script() {
    let sandbox = sandbox(Limits {
        heap_bytes: 64 * 1024 * 1024,
        ..Limits::default()
    });
    let scripts = [
        // More elements than the engine has for any list: it ends its process by itself.
        ("'x'.repeat(2 ** 28).split('')", ErrorKind::Crashed),
        (
            "'x'.repeat(2 ** 27).replaceAll('x', 'yyy')",
            ErrorKind::OutOfMemory,
        ),
        (
            "const a: unknown[] = []; for (;;) a.push(new Array(1e5).fill(a))",
            ErrorKind::OutOfMemory,
        ),
        (
            "String.raw({ raw: { length: 2 ** 53 - 1 } } as never)",
            ErrorKind::OutOfMemory,
        ),
    ];
    for (script, expected) in scripts {
        let outcome = sandbox
            .run(format!(
                "console.log('soon'); await zoo.add({{ a: 1, b: 2 }}); {script}"
            ))
            .await;
        assert_eq!(log_of(&outcome), ["soon"], "{script}");
        assert_eq!(calls_of(&outcome), [("zoo.add", true)], "{script}");
        let error = outcome.error();
        assert_eq!(
            error.map(|error| error.kind),
            Some(expected),
            "{script}: {error:?}"
        );
        assert_eq!(value_of(&sandbox.run("return 1").await), &json!(1));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tool_that_blocks_holds_up_its_own_run_and_no_other() {
    let observer = Observer::default();
    let sandbox = in_processes(workers())
        .state(observer.clone())
        .build()
        .unwrap();
    let blocked = tokio::spawn({
        let sandbox = sandbox.clone();
        async move {
            sandbox
                .run("return await zoo.block({ milliseconds: 3_000 })")
                .await
        }
    });
    let is_blocking = || observer.blocking.load(Ordering::SeqCst) == 1;
    until("the call doesn't start", is_blocking).await;
    for _ in 0..3 {
        let outcome = sandbox.run("return await zoo.add({ a: 1, b: 2 })").await;
        assert_eq!(value_of(&outcome), &json!(3));
    }
    assert!(is_blocking(), "it took as long as the call that blocks");
    assert_eq!(value_of(&blocked.await.unwrap()), &json!(3_000));
}

// Neither of the two who want this memory has an answer to a refusal other than to abort.
#[cfg(all(feature = "v8", target_os = "linux"))]
#[tokio::test]
async fn memory_that_the_kernel_refuses_is_out_of_memory_and_not_a_crash() {
    let sandbox = sandbox(Limits {
        heap_bytes: 64 * 1024 * 1024,
        ..Limits::default()
    });
    for (who, script) in [
        ("the engine", "return JSON.stringify('ä'.repeat(2 ** 28))"),
        ("the sandbox", "throw new Error('x'.repeat(2 ** 29 - 24))"),
    ] {
        let outcome = sandbox.run(format!("console.log('soon'); {script}")).await;
        assert_eq!(log_of(&outcome), ["soon"], "{who}");
        let error = error_of(&outcome, ErrorKind::OutOfMemory);
        // The words of the sandbox's side: the worker had no chance to say anything.
        assert!(
            error.message.contains("bytes of buffers"),
            "{who}: {error:?}"
        );
        assert_eq!(value_of(&sandbox.run("return 1").await), &json!(1));
    }
}

#[tokio::test]
async fn a_tool_that_blocks_does_not_hold_up_the_end_of_its_run() {
    let outcome = sandbox(for_milliseconds(300))
        .run("await zoo.block({ milliseconds: 5_000 })")
        .await;
    error_of(&outcome, ErrorKind::Timeout);
    assert_eq!(calls_of(&outcome), [("zoo.block", false)]);
    assert!(outcome.stats.wall_ms < 4_000.0, "{:?}", outcome.stats);
}

#[tokio::test]
async fn replies_that_nobody_reads_do_not_fill_the_host() {
    let sandbox = sandbox(Limits {
        tool_calls: u64::MAX,
        ..for_milliseconds(1_000)
    });
    // Each reply has a megabyte; the script never lets its thread read one.
    let outcome = sandbox
        .run("for (let i = 0; i < 2_000; i++) zoo.greet({ name: 'x'.repeat(1e6) }); for (;;) {}")
        .await;
    error_of(&outcome, ErrorKind::Timeout);
    let completed = outcome.calls.iter().filter(|call| call.ok).count();
    assert!(completed < 100, "{completed} of {}", outcome.calls.len());
}

#[tokio::test]
async fn many_large_calls_at_once_do_not_keep_host_and_worker_waiting_for_each_other() {
    // More arguments than the host holds, and more replies than wait for a worker that is busy sending.
    let outcome = sandbox(Limits::default())
        .run(
            "const name = 'x'.repeat(1e6);
             const calls = Array.from({ length: 30 }, () => zoo.greet({ name }));
             return (await Promise.all(calls)).reduce((sum, text) => sum + text.length, 0)",
        )
        .await;
    let value = value_of(&outcome).as_u64().unwrap();
    assert!(value > 30_000_000, "{value}");
}

#[tokio::test]
async fn a_queue_without_a_bound_is_one() {
    let sandbox = in_processes(Workers {
        queue: usize::MAX,
        max: usize::MAX,
        ..workers()
    });
    let outcome = sandbox.build().unwrap().run("return 1").await;
    assert_eq!(value_of(&outcome), &json!(1));
}

#[tokio::test]
async fn a_worker_that_returns_more_than_a_script_may_has_crashed() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = in_processes(Workers {
        program: program(folder.path(), "returns-too-much"),
        ..workers()
    });
    let outcome = sandbox
        .limits(Limits {
            output_bytes: 1_000,
            ..Limits::default()
        })
        .build()
        .unwrap()
        .run("return 1")
        .await;
    let error = error_of(&outcome, ErrorKind::Crashed);
    assert!(
        error.message.contains("a frame of 1001 bytes"),
        "{}",
        error.message
    );
}

#[tokio::test]
async fn a_worker_that_leaves_a_process_behind_is_one_crashed_run() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = in_processes(Workers {
        program: program(folder.path(), "leaves-a-process-behind"),
        ..workers()
    })
    .limits(for_milliseconds(500))
    .build()
    .unwrap();
    let start = Instant::now();
    // Its channel stays open, so the end of its time is the first that its host notices.
    error_of(&sandbox.run("return 1").await, ErrorKind::Timeout);
    sandbox.close().await;
    assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_program_that_is_no_worker_is_told_and_what_is_wrong_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        (
            "nothing there",
            WorkerProgram::At("/nowhere/worker".into()),
            "No such file",
        ),
        (
            "ends at once",
            WorkerProgram::At("/bin/true".into()),
            "it ended with status 0",
        ),
        (
            "is of another version",
            program(folder.path(), "refuses"),
            "not in the mood",
        ),
    ];
    for (name, program, expected) in cases {
        let sandbox = in_processes(Workers {
            program,
            ..workers()
        })
        .build()
        .unwrap();
        let outcome = sandbox.run("return 1").await;
        let error = error_of(&outcome, ErrorKind::Host);
        assert!(
            error.message.contains("no worker could be started")
                && error.message.contains(expected),
            "{name}: {}",
            error.message
        );
    }
}

#[tokio::test]
async fn a_worker_that_talks_nonsense_is_killed_and_its_run_has_crashed() {
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        ("sends-a-frame-without-end", "a frame of 4294967294 bytes"),
        ("sends-an-unknown-kind", "a frame of an unknown kind (99)"),
        ("sends-no-json", "a frame whose content can't be read"),
        (
            "is-ready-twice",
            "a frame that makes no sense at this point",
        ),
        (
            "is-done-without-a-result",
            "a frame that makes no sense at this point",
        ),
        ("ends-in-between", "it ended with status 7"),
    ];
    for (name, expected) in cases {
        let sandbox = in_processes(Workers {
            program: program(folder.path(), name),
            ..workers()
        });
        let outcome = sandbox.build().unwrap().run("return 1").await;
        let error = error_of(&outcome, ErrorKind::Crashed);
        assert!(
            error.message.contains(expected),
            "{name}: {}",
            error.message
        );
        assert_eq!(log_of(&outcome), ["before"], "{name}");
        assert_eq!(outcome.logs[0].level, LogLevel::Log);
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_worker_that_has_more_memory_than_its_limits_allow_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    // They know nothing of limits, so it is the host that sees it.
    for name in ["takes-memory", "takes-memory-and-never-stops-talking"] {
        let sandbox = in_processes(Workers {
            program: program(folder.path(), name),
            ..workers()
        });
        let outcome = sandbox.build().unwrap().run("return 1").await;
        let error = error_of(&outcome, ErrorKind::OutOfMemory);
        assert_eq!(
            error.message,
            "the script needed more memory than its 134217728 bytes of heap and 67108864 bytes of buffers",
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_result_stands_whatever_becomes_of_its_worker() {
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        ("returns-twice", "a frame that makes no sense at this point"),
        ("dies-after-its-result", "it ended with status 7"),
    ];
    for (name, expected) in cases {
        let sandbox = in_processes(Workers {
            program: program(folder.path(), name),
            ..workers()
        });
        let outcome = sandbox.build().unwrap().run("return 1").await;
        assert_eq!(value_of(&outcome), &json!(1), "{name}");
        let log = log_of(&outcome);
        assert!(log[1].contains(expected), "{name}: {log:?}");
    }
    let sandbox = in_processes(Workers {
        program: program(folder.path(), "returns-no-json"),
        ..workers()
    });
    let outcome = sandbox.build().unwrap().run("return 1").await;
    error_of(&outcome, ErrorKind::Exception);
}

#[cfg(feature = "v8")]
#[tokio::test]
async fn an_engine_that_nobody_listens_to_dies_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = in_processes(Workers {
        program: program(folder.path(), "has-said-too-much"),
        ..workers()
    });
    // On a busy machine the engine may take long to find out that there is no more memory.
    let outcome = sandbox
        .limits(Limits {
            heap_bytes: 64 * 1024 * 1024,
            ..for_milliseconds(60_000)
        })
        .build()
        .unwrap()
        .run("new Array(2 ** 27).fill(0).map(() => ({})); return 'not reached'")
        .await;
    error_of(&outcome, ErrorKind::OutOfMemory);
}

#[tokio::test]
async fn a_worker_that_calls_what_is_not_there_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = in_processes(Workers {
        program: program(folder.path(), "calls-a-tool-that-is-not-there"),
        ..workers()
    });
    let outcome = sandbox.build().unwrap().run("return 1").await;
    // It returns the reply that it got.
    assert_eq!(
        value_of(&outcome),
        &json!({ "kind": "failed", "message": "there is no such tool" })
    );
    assert_eq!(calls_of(&outcome), []);
}

#[test]
fn a_program_that_does_not_know_how_to_be_a_worker_is_not_started_as_one() {
    let error = builder()
        .isolation(Isolation::Process)
        .workers(Workers::default())
        .build()
        .err();
    assert!(matches!(error, Some(BuildError::NoWorker)), "{error:?}");
}

#[tokio::test]
async fn a_worker_has_no_environment_and_no_folder_of_its_hosts() {
    let folder = tempfile::tempdir().unwrap();
    let program = program(folder.path(), "tells-what-it-has");
    let sandbox = in_processes(Workers {
        program,
        ..workers()
    });
    let outcome = sandbox.build().unwrap().run("return 1").await;
    assert_eq!(value_of(&outcome), &json!(1));
    let told = std::fs::read_to_string(folder.path().join("tells-what-it-has.txt")).unwrap();
    let expected = if cfg!(feature = "quickjs") {
        "V82JSC_NO_BC_CACHE=1\nin /\n"
    } else {
        "in /\n"
    };
    assert_eq!(told, expected);
}

/// The workers that are children of this process, with the threads of each.
#[cfg(target_os = "linux")]
mod on_linux {
    use super::*;
    use crate::support::processes::{children, gone_without_trace, threads};

    #[tokio::test]
    async fn a_worker_is_locked_down_in_all_its_threads() {
        let sandbox = in_processes(Workers {
            min: 1,
            ..workers()
        })
        .build()
        .unwrap();
        // The second worker is a warm one, the first may just have ended.
        assert_eq!(value_of(&sandbox.run("return 1").await), &json!(1));
        let mut found = 0;
        let mut is_there = || {
            found = children(std::process::id()).len();
            found == 1
        };
        until("there is no warm worker", &mut is_there).await;
        let [worker] = children(std::process::id())[..] else {
            panic!("there is more than one worker");
        };
        // It says that it is warm some time after it is there.
        until("it isn't locked down", || {
            threads(worker)
                .iter()
                .all(|thread| thread.contains("\nSeccomp:\t2\n"))
        })
        .await;
        let threads = threads(worker);
        assert!(threads.len() > 2, "{threads:?}");
        for status in threads {
            assert!(status.contains("\nNoNewPrivs:\t1\n"), "{status}");
        }
        let limits = std::fs::read_to_string(format!("/proc/{worker}/limits")).unwrap();
        for (name, expected) in [("Max core file size", "0"), ("Max file size", "0")] {
            let line = limits.lines().find(|line| line.starts_with(name)).unwrap();
            let figures: Vec<_> = line[name.len()..].split_whitespace().take(2).collect();
            assert_eq!(figures, [expected, expected], "{limits}");
        }
    }

    #[tokio::test]
    async fn a_closed_sandbox_has_no_workers() {
        let before = children(std::process::id());
        let sandbox = in_processes(Workers {
            min: 3,
            ..workers()
        })
        .build()
        .unwrap();
        assert_eq!(value_of(&sandbox.run("return 1").await), &json!(1));
        assert!(children(std::process::id()).len() > before.len());
        sandbox.close().await;
        assert_eq!(children(std::process::id()), before);
        let error = sandbox.run("return 1").await;
        error_of(&error, ErrorKind::Host);
    }

    #[tokio::test]
    async fn a_dropped_sandbox_has_no_workers() {
        let before = children(std::process::id());
        let sandbox = in_processes(Workers {
            min: 3,
            ..workers()
        })
        .build()
        .unwrap();
        assert_eq!(value_of(&sandbox.run("return 1").await), &json!(1));
        drop(sandbox);
        until("there are workers left", || {
            children(std::process::id()) == before
        })
        .await;
    }

    #[tokio::test]
    async fn workers_that_are_idle_for_long_end_but_for_the_least_number() {
        let sandbox = in_processes(Workers {
            min: 1,
            max: 4,
            idle: Duration::from_millis(100),
            ..workers()
        })
        .build()
        .unwrap();
        let runs = (0..8).map(|_| sandbox.run("return await zoo.rest({ milliseconds: 50 })"));
        for outcome in futures_util::future::join_all(runs).await {
            assert_eq!(value_of(&outcome), &json!(50));
        }
        until("there are idle workers", || {
            children(std::process::id()).len() == 1
        })
        .await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(children(std::process::id()).len(), 1);
    }

    #[tokio::test]
    async fn a_worker_that_is_killed_from_outside_is_one_crashed_run() {
        let observer = Observer::default();
        let sandbox = in_processes(workers())
            .state(observer.clone())
            .build()
            .unwrap();
        let run = tokio::spawn({
            let sandbox = sandbox.clone();
            async move { sandbox.run("console.log('soon'); await zoo.stay()").await }
        });
        observer.waiting.notified().await;
        let [worker] = children(std::process::id())[..] else {
            panic!("there is more than one worker");
        };
        kill(worker);
        let outcome = run.await.unwrap();
        let error = error_of(&outcome, ErrorKind::Crashed);
        assert_eq!(
            error.message,
            "the process of the script crashed: it was ended by signal 9"
        );
        assert_eq!(log_of(&outcome), ["soon"]);
        assert_eq!(calls_of(&outcome), [("zoo.stay", false)]);
        observer.dropped.notified().await;
        assert_eq!(value_of(&sandbox.run("return 1").await), &json!(1));
    }

    #[test]
    fn a_host_that_is_killed_leaves_no_worker() {
        use std::io::BufRead as _;

        let mut host = std::process::Command::new(env!("CARGO_BIN_EXE_codemode-test-host"))
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let mut ready = String::new();
        std::io::BufReader::new(host.stdout.as_mut().unwrap())
            .read_line(&mut ready)
            .unwrap();
        assert_eq!(ready, "ready\n");
        let start = Instant::now();
        // Two that are warm and one that is busy, when all have started.
        while children(host.id()).len() < 3 {
            assert!(start.elapsed() < PATIENCE, "{:?}", children(host.id()));
            std::thread::sleep(Duration::from_millis(5));
        }
        let workers = children(host.id());
        host.kill().unwrap();
        host.wait().unwrap();
        let start = Instant::now();
        while !workers.iter().all(|worker| gone_without_trace(*worker)) {
            assert!(start.elapsed() < PATIENCE, "{workers:?}");
            std::thread::sleep(Duration::from_millis(5));
        }
        println!("the workers were gone after {:?}", start.elapsed());
    }

    fn kill(process: u32) {
        let process = rustix::process::Pid::from_raw(process.try_into().unwrap()).unwrap();
        rustix::process::kill_process(process, rustix::process::Signal::KILL).unwrap();
    }
}

#[tokio::test]
async fn runs_beyond_those_that_may_wait_are_told_to_come_later() {
    let sandbox = in_processes(Workers {
        max: 1,
        queue: 1,
        ..workers()
    })
    .build()
    .unwrap();
    let script = "return await zoo.rest({ milliseconds: 200 })";
    let runs = (0..3).map(|_| sandbox.run(script));
    let outcomes: Vec<Outcome> = futures_util::future::join_all(runs).await;
    let (busy, done): (Vec<_>, Vec<_>) = outcomes.iter().partition(|outcome| !outcome.is_ok());
    assert_eq!((busy.len(), done.len()), (1, 2), "{outcomes:?}");
    let error = error_of(busy[0], ErrorKind::Busy);
    assert_eq!(
        error.message,
        "1 workers are at work and 2 scripts wait for one, which is as many as may: try again later"
    );
    assert_eq!(value_of(&sandbox.run(script).await), &json!(200));
}

#[tokio::test]
async fn a_run_that_nobody_waits_for_any_more_gives_up_its_place_in_the_queue() {
    let sandbox = in_processes(Workers {
        max: 1,
        queue: 1,
        ..workers()
    })
    .build()
    .unwrap();
    let first = sandbox.run("return await zoo.rest({ milliseconds: 500 })");
    let given_up = async {
        let impatient = tokio::time::timeout(Duration::from_millis(50), sandbox.run("return 1"));
        assert!(impatient.await.is_err(), "there was a worker for it");
        sandbox.run("return 2").await
    };
    let (first, second) = futures_util::future::join(first, given_up).await;
    assert_eq!(value_of(&first), &json!(500));
    assert_eq!(value_of(&second), &json!(2));
}
