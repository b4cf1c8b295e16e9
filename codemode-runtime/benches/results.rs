//! What it costs to compare a tool's result with its declaration: whole calls with and without, in one process and without an
//! engine, which adds to both the same.

use std::hint::black_box;

use codemode_runtime::{CallContext, State, ToolSet, tool};
use criterion::{Criterion, Throughput};
use futures_util::FutureExt as _;
use serde::Serialize;
use tokio_util::sync::CancellationToken;

#[derive(Serialize, schemars::JsonSchema)]
struct Sum {
    sum: i64,
    terms: u32,
}

#[tool(namespace = "bench")]
fn add(a: i64, b: i64) -> Sum {
    Sum {
        sum: a + b,
        terms: 2,
    }
}

#[derive(Serialize, schemars::JsonSchema)]
struct Row {
    id: u64,
    name: String,
    state: RowState,
    tags: Vec<String>,
    note: Option<String>,
}

#[derive(Serialize, schemars::JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum RowState {
    Open,
    Closed { by: String, after_days: f64 },
}

#[tool(namespace = "bench")]
fn rows(count: u64) -> Vec<Row> {
    let row = |id| Row {
        id,
        name: format!("row {id}"),
        state: if id % 2 == 0 {
            RowState::Open
        } else {
            RowState::Closed {
                by: "nobody".to_owned(),
                after_days: 1.5,
            }
        },
        tags: vec!["one".to_owned(), "two".to_owned()],
        note: (id % 3 == 0).then(|| "a note of some words".to_owned()),
    };
    (0..count).map(row).collect()
}

fn call(tools: &ToolSet, context: &CallContext, name: &str, input: &str) -> String {
    let call = tools.call("bench", name, context.clone(), input.to_owned());
    let result = call.now_or_never().expect("it waits for nothing");
    result.expect("it is as declared")
}

fn main() {
    let compared = ToolSet::registered().expect("there are tools");
    let trusted = compared.clone().trusting_results();
    let context = CallContext::new(
        "",
        State::default(),
        CancellationToken::default(),
        |_, _| (),
    );
    let mut criterion = Criterion::default().configure_from_args();
    for (name, input) in [
        ("add", r#"{"a":1,"b":2}"#),
        ("rows", r#"{"count":10}"#),
        ("rows", r#"{"count":1000}"#),
    ] {
        let bytes = call(&compared, &context, name, input).len();
        let mut group = criterion.benchmark_group(format!("{name} {input}"));
        group.throughput(Throughput::Bytes(bytes as u64));
        for (form, tools) in [("trusted", &trusted), ("compared", &compared)] {
            group.bench_function(form, |bencher| {
                bencher.iter(|| black_box(call(tools, &context, name, black_box(input))));
            });
        }
        group.finish();
    }
    criterion.final_summary();
}
