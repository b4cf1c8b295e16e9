//! Workers on systems that lack a part of what they are locked down with: each step is missed, and said to be missing.

use codemode_runtime::{ErrorKind, Isolation, LockDown, Outcome, WorkerProgram, Workers};
use serde_json::json;

use crate::support::{builder, error_of, value_of, workers};

/// What the system is without, and the steps that fail then.
///
/// Without the promise to gain no privileges, the kernel doesn't take what an unprivileged process wants to forbid itself.
const STEPS: &[(&str, &[&str])] = &[
    ("closing-a-range", &["closing inherited descriptors"]),
    ("a-signal-at-the-hosts-end", &["ending with the host"]),
    ("closed-memory", &["closing its memory to other processes"]),
    (
        "giving-up-privileges",
        &["giving up new privileges", "landlock", "seccomp"],
    ),
    ("limits-on-core-files", &["a resource limit: Core"]),
    ("limits-on-files", &["a resource limit: Fsize"]),
    ("limits-on-locked-memory", &["a resource limit: Memlock"]),
    ("limits-on-descriptors", &["a resource limit: Nofile"]),
    ("limits-on-processor-time", &["a resource limit: Cpu"]),
    ("limits-on-memory", &["a memory limit: Data"]),
    (
        "statistics-of-memory",
        &["a memory limit: /proc/self/statm"],
    ),
    ("landlock", &["landlock"]),
    ("seccomp", &["seccomp"]),
];

async fn run_with(program: WorkerProgram, lock_down: LockDown) -> Outcome {
    let workers = Workers {
        program,
        lock_down,
        ..workers()
    };
    let sandbox = builder().isolation(Isolation::Process).workers(workers);
    sandbox.build().unwrap().run("return 1").await
}

/// Runs a script on a system without this.
async fn run_without(part: &str, lock_down: LockDown) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("without-{part}"));
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_codemode-test-host"), &path).unwrap();
    run_with(WorkerProgram::At(path), lock_down).await
}

#[tokio::test]
async fn a_worker_that_can_not_take_a_step_refuses_to_run_and_says_which() {
    for (part, steps) in STEPS {
        let outcome = run_without(part, LockDown::Required).await;
        let error = error_of(&outcome, ErrorKind::Host);
        for step in *steps {
            assert!(error.message.contains(step), "{part}: {}", error.message);
        }
    }
}

#[tokio::test]
async fn with_best_effort_it_runs_and_the_outcome_says_what_is_missing() {
    for (part, steps) in STEPS {
        let outcome = run_without(part, LockDown::BestEffort).await;
        assert_eq!(value_of(&outcome), &json!(1), "{part}");
        let missing = &outcome.not_locked_down;
        assert_eq!(missing.len(), steps.len(), "{part}: {missing:?}");
        for (missing, step) in missing.iter().zip(*steps) {
            assert!(
                missing.starts_with(&format!("{step}: ")),
                "{part}: {missing}"
            );
        }
    }
}

#[tokio::test]
async fn a_worker_that_can_take_all_steps_misses_none() {
    for lock_down in [LockDown::Required, LockDown::BestEffort] {
        let outcome = run_with(workers().program, lock_down).await;
        assert_eq!(value_of(&outcome), &json!(1));
        assert_eq!(outcome.not_locked_down, Vec::<String>::new());
        let json = serde_json::to_value(&outcome).unwrap();
        assert_eq!(json.get("not_locked_down"), None, "{json}");
    }
}
