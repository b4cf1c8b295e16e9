//! Bare `deno_core`: a snapshot with one wrapper in it, one op that reads and writes JSON, nothing around them.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, OnceLock};
use std::thread;

use deno_core::snapshot::{CreateSnapshotOptions, create_snapshot};
use deno_core::{Extension, JsRuntime, PollEventLoopOptions, RuntimeOptions, op2, v8};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Input {
    a: i64,
    b: i64,
}

#[derive(Serialize)]
struct Output {
    sum: i64,
    terms: u32,
}

#[op2]
#[string]
#[allow(clippy::unused_async, reason = "a tool is async")]
async fn op_by_hand_add(#[string] input: String) -> String {
    let Input { a, b } = serde_json::from_str(&input).expect("this is an input");
    serde_json::to_string(&Output {
        sum: a + b,
        terms: 2,
    })
    .expect("this is a value")
}

const WRAPPER: &str = "{
    const { op_by_hand_add } = Deno.core.ops;
    const { stringify, parse } = JSON;
    globalThis.bench = { add: async (input) => parse(await op_by_hand_add(stringify(input))) };
}";

fn extension() -> Extension {
    Extension {
        name: "by_hand",
        ops: vec![op_by_hand_add()].into(),
        ..Extension::default()
    }
}

const SNAPSHOT_TO: &str = "CODEMODE_BENCH_SNAPSHOT";

/// Makes the snapshot if this process was started for it: not the one that measures, because making a snapshot changes the
/// engine's settings.
pub(crate) fn make_snapshot_if_asked() -> bool {
    let Some(path) = std::env::var_os(SNAPSHOT_TO) else {
        return false;
    };
    // Two snapshots in one process have to share what is never written.
    deno_core::v8_set_flags(vec![
        "bench".to_owned(),
        "--no-extensible-ro-snapshot".to_owned(),
    ]);
    let snapshot = create_snapshot(
        CreateSnapshotOptions {
            cargo_manifest_dir: env!("CARGO_MANIFEST_DIR"),
            startup_snapshot: None,
            skip_op_registration: false,
            extensions: vec![extension()],
            extension_transpiler: None,
            with_runtime_cb: Some(Box::new(|engine| {
                engine
                    .execute_script("wrapper", WRAPPER)
                    .expect("this is a script");
            })),
        },
        None,
    )
    .expect("this makes a snapshot");
    std::fs::write(path, snapshot.output).expect("this can be written");
    true
}

fn snapshot() -> &'static [u8] {
    static SNAPSHOT: OnceLock<Vec<u8>> = OnceLock::new();
    SNAPSHOT.get_or_init(|| {
        let path = std::env::temp_dir().join(format!("codemode-bench-{}.bin", std::process::id()));
        let program = std::env::current_exe().expect("this is a program");
        let made = std::process::Command::new(program)
            .env(SNAPSHOT_TO, &path)
            .status()
            .expect("this can be started");
        assert!(made.success());
        let snapshot = std::fs::read(&path).expect("there is a snapshot");
        std::fs::remove_file(&path).expect("there is a snapshot");
        snapshot
    })
}

/// The thread that runs scripts by hand.
pub(crate) struct ByHand {
    scripts: Sender<String>,
    results: Mutex<Receiver<String>>,
}

static THREAD: OnceLock<ByHand> = OnceLock::new();

impl ByHand {
    pub(crate) fn start() {
        let (scripts, to_run) = channel::<String>();
        let (done, results) = channel();
        snapshot();
        thread::Builder::new()
            .stack_size(8 * 1024 * 1024)
            .spawn(move || {
                let event_loop = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .expect("there is a runtime");
                for script in to_run {
                    let _ = done.send(event_loop.block_on(evaluate(&script)));
                }
            })
            .expect("there is a thread");
        let _ = THREAD.set(Self {
            scripts,
            results: Mutex::new(results),
        });
    }

    pub(crate) fn run(script: &str) -> String {
        let thread = THREAD.get().expect("it was started");
        thread
            .scripts
            .send(script.to_owned())
            .expect("it takes scripts");
        let results = thread.results.lock().expect("nobody panics");
        results.recv().expect("it gives results")
    }
}

/// Everything that has to be done for one script.
async fn evaluate(script: &str) -> String {
    let mut engine = JsRuntime::new(RuntimeOptions {
        extensions: vec![extension()],
        startup_snapshot: Some(snapshot()),
        skip_op_registration: true,
        ..RuntimeOptions::default()
    });
    let code = format!("(async () => JSON.stringify(await (async () => {{{script}}})()))()");
    let promise = engine
        .execute_script("script", code)
        .expect("this is a script");
    let resolved = engine.resolve(promise);
    let value = engine
        .with_event_loop_promise(resolved, PollEventLoopOptions::default())
        .await
        .expect("the script ends well");
    deno_core::scope!(scope, engine);
    v8::Local::new(scope, value).to_rust_string_lossy(scope)
}
