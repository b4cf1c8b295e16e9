//! What a run and a call cost, beside bare `deno_core` doing the same by hand, in one process.

mod by_hand;

use std::hint::black_box;
use std::time::Duration;

use codemode_runtime::{
    CallContext, Catalogue, HostedCall, Limits, Sandbox, ToolError, ToolHost, ToolInfo, ToolSet,
    tool,
};
use criterion::{Criterion, Throughput};
use serde::{Deserialize, Serialize};

use by_hand::ByHand;

#[derive(Serialize, Deserialize, schemars::JsonSchema)]
struct Sum {
    sum: i64,
    terms: u32,
}

/// Adds two numbers.
#[tool(namespace = "bench")]
fn add(a: i64, b: i64) -> Sum {
    Sum {
        sum: a + b,
        terms: 2,
    }
}

/// The threads that may run the engine descend from the one that started it, so it takes a tool to start one more.
#[tool(namespace = "bench")]
fn start_by_hand() {
    ByHand::start();
}

/// Three calls, each with the result of the one before.
const THREE_CALLS: &str = "
    const a = await bench.add({ a: 1, b: 2 });
    const b = await bench.add({ a: a.sum, b: 3 });
    const c = await bench.add({ a: b.sum, b: 4 });
    return c.sum";

const CALLS: u64 = 10_000;

fn many_calls() -> String {
    format!(
        "let last; for (let i = 0; i < {CALLS}; i++) last = await bench.add({{ a: i, b: 2 }}); return last.sum"
    )
}

/// Many tools that nobody calls.
struct Crowd(Catalogue);

impl Crowd {
    fn of(count: usize) -> Self {
        let tools = (0..count).map(|number| {
            serde_json::from_value::<ToolInfo>(serde_json::json!({
                "namespace": "bench",
                "name": if number == 0 { "add".to_owned() } else { format!("tool{number}") },
                "output": true,
            }))
            .expect("this is a tool")
        });
        Self(Catalogue::from_tools(tools.collect()))
    }
}

impl ToolHost for Crowd {
    fn catalogue(&self) -> &Catalogue {
        &self.0
    }

    fn call(&self, _: usize, _: CallContext, input: String) -> HostedCall {
        Box::pin(async move {
            #[derive(Deserialize)]
            struct Input {
                a: i64,
                b: i64,
            }
            let Input { a, b } = serde_json::from_str(&input).map_err(ToolError::input)?;
            Ok(serde_json::json!({ "sum": a + b }).to_string())
        })
    }
}

fn main() {
    if by_hand::make_snapshot_if_asked() {
        return;
    }
    let host = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("there is a runtime");
    let limits = Limits {
        tool_calls: u64::MAX,
        ..Limits::default()
    };
    let sandbox = Sandbox::builder()
        .limits(limits.clone())
        .build()
        .expect("there are tools");
    let run = |sandbox: &Sandbox, script: &str| {
        let outcome = host.block_on(sandbox.run(script));
        assert!(outcome.is_ok(), "{:?}", outcome.result);
        black_box(outcome);
    };
    run(&sandbox, "await bench.startByHand()");

    let mut criterion = Criterion::default()
        .configure_from_args()
        .measurement_time(Duration::from_secs(8));
    let mut group = criterion.benchmark_group("a fresh sandbox and three calls");
    group.bench_function("by hand", |bencher| {
        bencher.iter(|| ByHand::run(THREE_CALLS));
    });
    group.bench_function("ours", |bencher| {
        bencher.iter(|| run(&sandbox, THREE_CALLS));
    });
    for count in [10, 10_000] {
        let crowd = Sandbox::builder()
            .tools(ToolSet::empty())
            .host(std::sync::Arc::new(Crowd::of(count)))
            .build()
            .expect("there are tools");
        group.bench_function(format!("ours with {count} tools"), |bencher| {
            bencher.iter(|| run(&crowd, THREE_CALLS));
        });
    }
    group.finish();

    let mut group = criterion.benchmark_group("calls");
    group
        .throughput(Throughput::Elements(CALLS))
        .sample_size(20);
    let script = many_calls();
    group.bench_function("by hand", |bencher| {
        bencher.iter(|| ByHand::run(&script));
    });
    group.bench_function("ours", |bencher| {
        bencher.iter(|| run(&sandbox, &script));
    });
    group.finish();
    criterion.final_summary();
}
