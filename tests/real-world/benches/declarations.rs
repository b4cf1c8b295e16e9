//! Schemas to declarations: the whole Kubernetes API, and a hundred of its tools once, ten times and a hundred times.

use std::hint::black_box;
use std::time::Duration;

use codemode_real_world::k8s;
use codemode_runtime::Catalogue;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

fn whole(criterion: &mut Criterion) {
    let catalogue = k8s::catalogue();
    let mut group = criterion.benchmark_group("k8s");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(10));
    group.throughput(Throughput::Elements(catalogue.tools().len() as u64));
    group.bench_function("a tool for each type", |bencher| {
        bencher.iter(|| black_box(&catalogue).declarable());
    });
    group.finish();
}

fn growing(criterion: &mut Criterion) {
    let tools = k8s::hundred();
    for (style, print) in [
        ("readable", Catalogue::declarable as fn(&Catalogue) -> _),
        ("compact", Catalogue::compact),
    ] {
        let mut group = criterion.benchmark_group(format!("tools, {style}"));
        group.sample_size(10);
        for times in [1, 10, 100] {
            let catalogue = k8s::times(&tools, times);
            let count = catalogue.tools().len();
            group.throughput(Throughput::Elements(count as u64));
            group.bench_with_input(
                BenchmarkId::from_parameter(count),
                &catalogue,
                |bencher, catalogue| {
                    bencher.iter(|| print(black_box(catalogue)));
                },
            );
        }
        group.finish();
    }
}

criterion_group!(benches, whole, growing);
criterion_main!(benches);
