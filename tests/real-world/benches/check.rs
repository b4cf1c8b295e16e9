//! The check of a ten-line script, against 50 tools and against 1,000 in one namespace; and when the next script names
//! another namespace than the one before.

use std::time::Duration;

use codemode_runtime::{Catalogue, CatalogueTypes, CheckLimits, Checker};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use serde_json::json;

fn catalogue(namespaces: usize, tools_each: usize) -> Catalogue {
    let tools = (0..namespaces * tools_each).map(|number| {
        json!({
            "namespace": format!("space{}", number / tools_each),
            "name": format!("tool{}", number % tools_each),
            "docs": "Does something with a city.",
            "input": {
                "type": "object",
                "properties": {
                    "city": { "type": "string", "description": "Its name." },
                    "days": { "type": "integer" },
                    "filter": { "type": "array", "items": { "type": "string" } },
                },
                "required": ["city"],
            },
            "output": {
                "type": "object",
                "properties": {
                    "high": { "type": "number" },
                    "low": { "type": "number" },
                    "places": { "type": "array", "items": {
                        "type": "object",
                        "properties": { "id": { "type": "integer" }, "name": { "type": "string" } },
                        "required": ["id", "name"],
                    } },
                },
                "required": ["high", "low", "places"],
            },
        })
    });
    Catalogue::from_tools(serde_json::from_value(tools.collect()).expect("tools"))
}

/// Ten lines. No two numbers give the same text, so nothing can be remembered of it.
fn script(space: &str, number: usize) -> String {
    format!(
        "const first{number} = await {space}.tool1({{ city: \"Paris\" }});
const places = first{number}.places.filter((place) => place.id > 3);
const all = await Promise.all(
  places.map((place) => {space}.tool2({{ city: place.name }})),
);
let sum = 0;
for (const forecast of all) {{
  sum += forecast.high - forecast.low;
}}
return {{ sum, count: all.length }};
"
    )
}

fn check(criterion: &mut Criterion) {
    let event_loop = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("an event loop");
    let limits = CheckLimits {
        compilers: 1,
        ..CheckLimits::default()
    };
    let checker = Checker::find_with(limits).expect("a compiler");
    let mut number = 0;
    let mut group = criterion.benchmark_group("warm check");
    group.measurement_time(Duration::from_secs(5));
    for (name, namespaces, tools_each) in [
        ("50 tools", 1, 50),
        ("1,000 tools", 1, 1_000),
        ("1,000 tools in 20 namespaces, in turn", 20, 50),
    ] {
        let types = CatalogueTypes::new(&catalogue(namespaces, tools_each));
        let turns = namespaces.min(10);
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
            bencher.iter(|| {
                number += 1;
                let text = script(&format!("space{}", number % turns), number);
                let error = event_loop.block_on(checker.check(&text, &types));
                assert!(error.expect("a check").is_none());
            });
        });
    }
    group.finish();

    let types = CatalogueTypes::new(&catalogue(1, 50));
    let mut group = criterion.benchmark_group("cold check");
    group.sample_size(10);
    group.bench_function("50 tools, compiler started for it", |bencher| {
        bencher.iter(|| {
            number += 1;
            let checker = Checker::find().expect("a compiler");
            let error = event_loop.block_on(checker.check(&script("space0", number), &types));
            assert!(error.expect("a check").is_none());
        });
    });
    group.finish();
}

criterion_group!(benches, check);
criterion_main!(benches);
