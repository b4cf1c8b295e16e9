//! What a run may use, and how it ends when it wants more.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use codemode_runtime::{ErrorKind, Limits};
use serde_json::json;

use crate::support::{
    builder, calls_of, error_of, for_milliseconds, limited, log_of, sandbox, value_of,
};
use crate::zoo::Observer;

/// Longer than anything here takes, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// Scripts that the engine can stop, each busy in another way.
#[tokio::test]
async fn a_script_that_takes_too_long_is_stopped_wherever_it_is_busy() {
    let cases = [
        ("a loop", "while (true) {}"),
        (
            "a loop that catches all",
            "for (;;) { try { for (;;) {} } catch {} finally { for (;;) {} } }",
        ),
        ("a loop in a microtask", "await 1; for (;;) {}"),
        (
            "an endless chain of microtasks",
            "const next = (): any => Promise.resolve().then(next); await next()",
        ),
        ("an endless await", "for (;;) await null"),
        (
            "a regular expression",
            "/^(a+)+$/.test('a'.repeat(40) + 'b'); return 1",
        ),
        (
            "a timer without an end",
            "await new Promise(() => setInterval(() => {}, 1))",
        ),
        (
            "a getter of the result",
            "return { get a() { for (;;) {} } }",
        ),
        (
            "a method called by JSON",
            "return { toJSON() { for (;;) {} } }",
        ),
        (
            "a getter of the error",
            "throw Object.defineProperty(new Error('a'), 'message', { get() { for (;;) {} } })",
        ),
        ("a comparison", "[3, 2, 1].sort(() => { for (;;) {} })"),
        (
            "a proxy",
            "console.log(new Proxy({}, { ownKeys() { for (;;) {} } }))",
        ),
        ("calls without an end", "for (;;) await zoo.nothing()"),
    ];
    let sandbox = limited(Limits {
        tool_calls: u64::MAX,
        ..for_milliseconds(300)
    });
    for (name, script) in cases {
        let start = Instant::now();
        let outcome = sandbox.run(script).await;
        let error = error_of(&outcome, ErrorKind::Timeout);
        assert_eq!(
            error.message, "the script ran longer than its limit of 300ms",
            "{name}"
        );
        assert!(
            outcome.stats.wall_ms >= 300.0,
            "{name}: {:?}",
            outcome.stats
        );
        assert!(
            start.elapsed() < Duration::from_secs(5),
            "{name}: {:?}",
            start.elapsed()
        );
    }
    assert_eq!(value_of(&sandbox.run("return 1").await), &json!(1));
}

#[tokio::test]
async fn a_built_in_that_can_not_be_stopped_is_given_up() {
    // No engine looks in here whether it should stop. It ends by itself some time after the test.
    let script = "console.log('soon'); return [].lastIndexOf.call({ length: 1e9 }, 1 as never)";
    let start = Instant::now();
    let outcome = limited(for_milliseconds(200)).run(script).await;
    error_of(&outcome, ErrorKind::Timeout);
    assert_eq!(log_of(&outcome), ["soon"]);
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
    assert_eq!(value_of(&sandbox().run("return 1").await), &json!(1));
}

#[tokio::test]
async fn what_was_logged_and_called_before_the_time_was_up_is_kept() {
    let outcome = limited(for_milliseconds(300))
        .run(
            "console.log('first'); await zoo.add({ a: 1, b: 2 }); console.log('second'); \
             await zoo.rest({ milliseconds: 60_000 }); console.log('never')",
        )
        .await;
    error_of(&outcome, ErrorKind::Timeout);
    assert_eq!(log_of(&outcome), ["first", "second"]);
    assert_eq!(calls_of(&outcome), [("zoo.add", true), ("zoo.rest", false)]);
    assert!(outcome.stats.wall_ms < 5_000.0, "{:?}", outcome.stats);
}

#[tokio::test]
async fn a_script_that_was_stopped_can_not_claim_to_have_ended_well() {
    let outcome = limited(for_milliseconds(200))
        .run("try { for (;;) {} } catch { return 'fine' } finally { return 'fine' }")
        .await;
    error_of(&outcome, ErrorKind::Timeout);

    // Nor can one that wasn't stopped claim that it was.
    let outcome = sandbox()
        .run("throw Object.assign(new Error('the script ran longer than its limit of 30s'), { kind: 'timeout', name: 'Timeout' })")
        .await;
    error_of(&outcome, ErrorKind::Exception);
}

#[tokio::test]
async fn a_script_that_needs_too_much_memory_is_stopped_and_the_next_one_runs() {
    let cases = [
        (
            "arrays",
            "const a: unknown[] = []; for (;;) a.push(new Array(1e4).fill(0))",
        ),
        (
            "objects",
            "const a: unknown[] = []; for (let i = 0;; i++) a.push({ i, j: [i] })",
        ),
        (
            "a map",
            "const a = new Map(); for (let i = 0;; i++) a.set(i, `${i}`)",
        ),
        (
            "text",
            "let a: string[] = []; for (let i = 0;; i++) a.push(`${i}`.padEnd(1e4, 'ab' + i))",
        ),
        (
            "promises",
            "const a: unknown[] = []; for (;;) { a.push(new Promise(() => {}), () => a); await null }",
        ),
        (
            "closures in a catching loop",
            "const a: unknown[] = []; for (;;) { try { for (;;) a.push(new Array(1e4).fill(1)) } catch {} }",
        ),
    ];
    let sandbox = limited(Limits {
        heap_bytes: 64 * 1024 * 1024,
        ..Limits::default()
    });
    for (name, script) in cases {
        let outcome = sandbox.run(format!("console.log('soon'); {script}")).await;
        let error = error_of(&outcome, ErrorKind::OutOfMemory);
        assert_eq!(
            error.message, "the script needed more than its 67108864 bytes of heap",
            "{name}"
        );
        assert_eq!(log_of(&outcome), ["soon"], "{name}");
        assert_eq!(
            value_of(&sandbox.run("return 1").await),
            &json!(1),
            "after {name}"
        );
    }
}

#[cfg(feature = "v8")]
#[tokio::test]
async fn one_allocation_that_is_larger_than_the_heap_is_no_end_of_the_host() {
    let sandbox = limited(Limits {
        heap_bytes: 16 * 1024 * 1024,
        ..Limits::default()
    });
    for script in [
        "return new Array(3e7).fill(1.5).length",
        "return /y/.test('x'.repeat(2 ** 29 - 24))",
        "return 'x'.repeat(2 ** 27).split('').length",
    ] {
        let outcome = sandbox.run(script).await;
        error_of(&outcome, ErrorKind::OutOfMemory);
        assert_eq!(value_of(&sandbox.run("return 1").await), &json!(1));
    }
}

#[cfg(feature = "v8")]
#[tokio::test]
async fn array_buffers_have_a_limit_of_their_own() {
    let sandbox = limited(Limits {
        buffer_bytes: 1_000_000,
        ..Limits::default()
    });
    let outcome = sandbox
        .run(
            "let sum = 0; for (let i = 0; i < 1000; i++) sum += new Uint8Array(500_000).length; \
             return sum + new ArrayBuffer(0).byteLength",
        )
        .await;
    assert_eq!(value_of(&outcome), &json!(500_000_000), "{outcome:?}");
    for script in [
        "new ArrayBuffer(1_000_001)",
        "new Float64Array(200_000)",
        "const kept = []; for (;;) kept.push(new Uint8Array(1_000))",
        "new ArrayBuffer(1).transfer(2 ** 40)",
        "new ArrayBuffer(1, { maxByteLength: 1_000_001 })",
        "new ArrayBuffer(1, { maxByteLength: 1_000_000 }).resize(1_000_001)",
        "Reflect.construct(new Uint8Array(1).buffer.constructor, [1, { maxByteLength: 2 ** 40 }])",
        "let n = 0; new ArrayBuffer(1, { get maxByteLength() { return n++ === 0 ? 2 : 2 ** 40 } }).resize(3)",
    ] {
        let outcome = sandbox.run(script).await;
        let name = outcome
            .error()
            .map(|error| (error.kind, error.name.as_deref()));
        let expected = Some((ErrorKind::Exception, Some("RangeError")));
        assert_eq!(name, expected, "{script}");
    }
}

#[tokio::test]
async fn a_script_may_make_as_many_calls_as_it_is_allowed_and_none_more() {
    let sandbox = limited(Limits {
        tool_calls: 3,
        ..Limits::default()
    });
    let outcome = sandbox
        .run("for (let i = 0; i < 3; i++) await zoo.add({ a: i, b: i }); return 'done'")
        .await;
    assert_eq!(value_of(&outcome), "done");

    for script in [
        "for (;;) await zoo.nothing()",
        "for (;;) { try { await zoo.nothing() } catch {} }",
        "await Promise.all(Array.from({ length: 100 }, () => zoo.nothing()))",
        "await Promise.allSettled(Array.from({ length: 100 }, () => zoo.nothing())); return 1",
    ] {
        let outcome = sandbox.run(script).await;
        let error = error_of(&outcome, ErrorKind::Limit);
        assert_eq!(
            error.message,
            "the script may call tools 3 times, and wanted to call `zoo.nothing` once more"
        );
        assert_eq!(outcome.stats.tool_calls, 3, "{script}");
        assert_eq!(outcome.calls.len(), 3, "{script}");
    }
}

#[tokio::test]
async fn a_result_that_is_too_large_is_an_error_that_tells_both_sizes() {
    let sandbox = limited(Limits {
        output_bytes: 1_000,
        ..Limits::default()
    });
    // Two quotation marks are part of the text.
    let outcome = sandbox.run("return 'x'.repeat(998)").await;
    assert_eq!(outcome.stats.output_bytes, 1_000);
    let outcome = sandbox.run("return 'x'.repeat(999)").await;
    let error = error_of(&outcome, ErrorKind::Limit);
    assert_eq!(
        error.message,
        "the script returned 1001 bytes of JSON, more than its limit of 1000: return less of it, or hand it out as a file with `output.file`"
    );
    // Of what is far too large, nobody counts the rest.
    let outcome = sandbox.run("return ['x'.repeat(1e6), 'y']").await;
    let error = error_of(&outcome, ErrorKind::Limit);
    let about = "the script returned about 1000005 or more bytes of JSON, more than";
    assert!(error.message.starts_with(about), "{error:?}");
    // The size counts bytes, of which `ä` has two.
    let outcome = sandbox.run("return 'ä'.repeat(500)").await;
    error_of(&outcome, ErrorKind::Limit);
}

#[tokio::test]
async fn a_log_that_is_too_large_is_cut_and_the_script_goes_on() {
    let cases = [
        (
            "for (let i = 0; i < 1e4; i++) console.log('0123456789'); return 'done'",
            "(cut: the log may have no more than 1000 bytes)",
        ),
        (
            "console.log('x'.repeat(1e6)); console.log('more'); return 'done'",
            "(cut: the log may have no more than 1000 bytes)",
        ),
        (
            "for (let i = 0; i < 1e4; i++) console.log(); return 'done'",
            "(cut: the log may have no more than 100 lines)",
        ),
        (
            "for (let i = 0; i < 200; i++) await zoo.whoAmI(); return 'done'",
            "(cut: the log may have no more than 100 lines)",
        ),
    ];
    let sandbox = limited(Limits {
        log_bytes: 1_000,
        log_lines: 100,
        ..Limits::default()
    });
    for (script, mark) in cases {
        let outcome = sandbox.run(script).await;
        assert_eq!(value_of(&outcome), "done", "{script}");
        assert!(outcome.stats.truncated, "{script}");
        let (last, lines) = outcome.logs.split_last().unwrap();
        assert_eq!(last.text, mark, "{script}");
        let bytes: usize = lines
            .iter()
            .map(|line| line.text.trim_end_matches('…').len())
            .sum();
        assert!(bytes <= 1_000, "{script}: {bytes}");
        assert!(lines.len() <= 100, "{script}: {}", lines.len());
    }
    let outcome = sandbox.run("console.log('short')").await;
    assert!(!outcome.stats.truncated);
    assert_eq!(log_of(&outcome), ["short"]);
}

#[tokio::test]
async fn a_script_without_tools_under_way_has_a_time_of_its_own() {
    let sandbox = limited(Limits {
        script_time: Duration::from_millis(300),
        ..Limits::default()
    });
    let outcome = sandbox.run("for (;;) {}").await;
    let error = error_of(&outcome, ErrorKind::Timeout);
    assert_eq!(
        error.message,
        "the script ran longer than its limit of 300ms, not counting the time of tools"
    );
    let outcome = sandbox
        .run("await zoo.rest({ milliseconds: 700 }); return 'rested'")
        .await;
    assert_eq!(value_of(&outcome), "rested");
    assert!(outcome.stats.wall_ms >= 700.0);
}

// QuickJS doesn't say where a script is.
#[cfg(feature = "v8")]
#[tokio::test]
async fn a_script_that_is_out_of_time_says_where_it_was() {
    let limits = Limits {
        cpu_time: Duration::from_millis(200),
        ..Limits::default()
    };
    for limits in [for_milliseconds(300), limits] {
        let sandbox = limited(limits);
        let script = "const spin = () => {\n  for (;;) {}\n};\nspin();";
        let outcome = crate::support::with_a_place(&sandbox, script).await;
        let error = error_of(&outcome, ErrorKind::Timeout);
        assert_eq!(
            crate::support::places_of(error),
            [(Some("spin"), 2), (None, 4)]
        );
    }
    // There is nowhere to be while it waits.
    let outcome = limited(for_milliseconds(300))
        .run("await zoo.rest({ milliseconds: 60_000 })")
        .await;
    assert!(error_of(&outcome, ErrorKind::Timeout).frames.is_empty());
}

#[cfg(unix)]
#[tokio::test]
async fn a_script_may_use_so_much_processor_time() {
    let sandbox = limited(Limits {
        cpu_time: Duration::from_millis(200),
        ..Limits::default()
    });
    let outcome = sandbox.run("for (;;) {}").await;
    let error = error_of(&outcome, ErrorKind::Timeout);
    assert_eq!(
        error.message,
        "the script used more than its limit of 200ms of processor time"
    );
    assert!(outcome.stats.cpu_ms >= 200.0, "{:?}", outcome.stats);
    assert!(outcome.stats.wall_ms < 15_000.0, "{:?}", outcome.stats);
    // Waiting costs no processor time.
    let outcome = sandbox
        .run("await zoo.rest({ milliseconds: 700 }); return 'rested'")
        .await;
    assert_eq!(value_of(&outcome), "rested");
}

#[tokio::test]
async fn a_script_that_is_too_large_is_not_read() {
    let sandbox = limited(Limits {
        source_bytes: 8,
        ..Limits::default()
    });
    assert_eq!(value_of(&sandbox.run("return 1").await), &json!(1));
    let outcome = sandbox.run("return 12").await;
    assert_eq!(
        error_of(&outcome, ErrorKind::Limit).message,
        "the script has 9 bytes, more than the 8 that it may have"
    );
}

#[tokio::test]
async fn an_argument_or_result_that_is_too_large_is_one_failed_call() {
    let sandbox = limited(Limits {
        argument_bytes: 100,
        result_bytes: 50,
        ..Limits::default()
    });
    let attempt = |call: &str| {
        format!(
            "try {{ return await {call} }} catch (e) {{ return `${{e.name}}: ${{e.message}}` }}"
        )
    };
    let cases = [
        (
            "zoo.greet({ name: 'Ada' })",
            "Hello, Ada",
            &[("zoo.greet", true)][..],
        ),
        (
            "zoo.greet({ name: 'x'.repeat(90) })",
            "TypeError: zoo.greet: input: can't be sent, because it is 101 characters of JSON long, more than the 100 bytes \
             that it may have",
            &[],
        ),
        (
            "zoo.greet({ name: 'ä'.repeat(80) })",
            "TypeError: zoo.greet: the input has 171 bytes of JSON, more than the 100 that it may have",
            &[("zoo.greet", false)],
        ),
        (
            "zoo.greet({ name: 'x'.repeat(60) })",
            "ToolError: zoo.greet: the result has 69 bytes of JSON, more than the 50 that it may have; ask for less",
            &[("zoo.greet", false)],
        ),
    ];
    for (call, expected, calls) in cases {
        let outcome = sandbox.run(attempt(call)).await;
        assert_eq!(value_of(&outcome), expected, "{call}");
        assert_eq!(calls_of(&outcome), calls, "{call}");
    }
}

#[tokio::test]
async fn calls_beyond_those_that_may_be_under_way_wait_for_their_turn() {
    // Three calls of `meet` go on together, or not at all.
    let script = "await Promise.all([zoo.meet(), zoo.meet(), zoo.meet()]); return 'met'";
    let outcome = limited(Limits {
        calls_in_flight: 3,
        ..Limits::default()
    })
    .run(script)
    .await;
    assert_eq!(value_of(&outcome), "met");
    let outcome = limited(Limits {
        calls_in_flight: 2,
        ..for_milliseconds(500)
    })
    .run(script)
    .await;
    error_of(&outcome, ErrorKind::Timeout);
    assert_eq!(outcome.calls.len(), 3);

    let outcome = limited(Limits {
        calls_in_flight: 0,
        ..Limits::default()
    })
    .run("return (await Promise.all([1, 2, 3].map(a => zoo.add({ a, b: a })))).join()")
    .await;
    assert_eq!(value_of(&outcome), "2,4,6");
}

#[tokio::test]
async fn so_many_timers_may_wait_and_no_more() {
    let sandbox = limited(Limits {
        timers: 10,
        ..Limits::default()
    });
    let outcome = sandbox
        .run(
            "let fired = 0; for (let i = 0; i < 5; i++) await new Promise<void>(done => { \
             for (let j = 0; j < 9; j++) setTimeout(() => fired++, 1); setTimeout(done, 1) }); \
             for (let j = 0; j < 99; j++) clearTimeout(setTimeout(() => fired++, 1)); return fired",
        )
        .await;
    assert_eq!(value_of(&outcome), &json!(45));
    for script in [
        "for (;;) setTimeout(() => {}, 1e6)",
        "for (;;) { try { setInterval(() => {}, 1e6) } catch {} }",
        "const more = () => { setTimeout(more, 0); setTimeout(more, 0) }; more(); await new Promise(() => {})",
    ] {
        let outcome = sandbox.run(script).await;
        assert_eq!(
            error_of(&outcome, ErrorKind::Limit).message,
            "the script may have 10 timers waiting, and wanted one more",
            "{script}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_that_nobody_waits_for_any_more_stops() {
    // The second never lets the engine's thread go.
    for script in ["for (;;) await zoo.tick()", "for (;;) zoo.tick()"] {
        let observer = Observer::default();
        let sandbox = builder()
            .state(observer.clone())
            .limits(Limits {
                tool_calls: u64::MAX,
                ..Limits::default()
            })
            .build()
            .unwrap();
        let ticks = || observer.ticks.load(Ordering::SeqCst);
        let run = tokio::spawn(async move { sandbox.run(script).await });
        let start = Instant::now();
        while ticks() == 0 {
            assert!(
                start.elapsed() < PATIENCE,
                "{script}: the script doesn't start"
            );
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        run.abort();
        assert!(run.await.unwrap_err().is_cancelled());

        // Once stopped it makes no further call; how long that takes is up to the machine.
        let mut before = ticks();
        loop {
            tokio::time::sleep(Duration::from_millis(200)).await;
            let now = ticks();
            if now == before {
                break;
            }
            before = now;
            assert!(start.elapsed() < PATIENCE, "{script}: the script goes on");
        }
    }
}

#[tokio::test]
async fn a_script_that_waits_for_nothing_is_told_so_at_once() {
    let outcome = sandbox().run("await new Promise(() => {}); return 1").await;
    let error = error_of(&outcome, ErrorKind::Deadlock);
    assert_eq!(
        error.message,
        "the script waits for a promise that nothing can settle any more"
    );
    assert!(outcome.stats.wall_ms < 20_000.0, "{:?}", outcome.stats);
}

#[tokio::test]
async fn a_recursion_without_an_end_is_an_error_of_the_script() {
    for script in [
        "function f(): any { return f() } f()",
        "const f = async (): Promise<any> => f(); await f()",
    ] {
        let outcome = sandbox().run(script).await;
        let error = error_of(&outcome, ErrorKind::Exception);
        assert!(
            matches!(error.name.as_deref(), Some("RangeError" | "InternalError")),
            "{script}: {error:?}"
        );
    }
    assert_eq!(value_of(&sandbox().run("return 1").await), &json!(1));
}

#[tokio::test]
async fn a_call_under_way_when_the_time_is_up_is_dropped_and_told() {
    let observer = Observer::default();
    let sandbox = builder()
        .state(observer.clone())
        // Enough to make the call in, on any machine.
        .limits(for_milliseconds(1_000))
        .build()
        .unwrap();
    let outcome = sandbox.run("await zoo.stay()").await;
    error_of(&outcome, ErrorKind::Timeout);
    assert_told_and_dropped(&observer).await;
}

#[tokio::test]
async fn a_call_of_a_run_that_nobody_waits_for_any_more_is_dropped_and_told() {
    let observer = Observer::default();
    let sandbox = builder().state(observer.clone()).build().unwrap();
    let run = tokio::spawn(async move { sandbox.run("await zoo.stay()").await });
    tokio::time::timeout(PATIENCE, observer.waiting.notified())
        .await
        .expect("the call starts");
    run.abort();
    assert_told_and_dropped(&observer).await;
}

async fn assert_told_and_dropped(observer: &Observer) {
    tokio::time::timeout(PATIENCE, observer.cancelled.notified())
        .await
        .expect("the cancellation fires");
    tokio::time::timeout(PATIENCE, observer.dropped.notified())
        .await
        .expect("the call's future is dropped");
}

#[tokio::test]
async fn limits_at_the_ends_of_their_ranges_are_limits() {
    let cases = [
        (
            "no heap is as much as the engine needs",
            Limits {
                heap_bytes: 0,
                ..Limits::default()
            },
        ),
        (
            "a time that never ends",
            Limits {
                wall_time: Duration::MAX,
                ..Limits::default()
            },
        ),
        (
            "all the memory there can be",
            Limits {
                heap_bytes: usize::MAX,
                ..Limits::default()
            },
        ),
    ];
    for (name, limits) in cases {
        let outcome = limited(limits).run("return 1").await;
        assert_eq!(
            outcome.value(),
            Some(&json!(1)),
            "{name}: {:?}",
            outcome.result
        );
    }
    let none = limited(Limits {
        wall_time: Duration::ZERO,
        ..Limits::default()
    });
    error_of(&none.run("while (true) {}").await, ErrorKind::Timeout);
    let none = limited(Limits {
        tool_calls: 0,
        ..Limits::default()
    });
    error_of(&none.run("await zoo.tick()").await, ErrorKind::Limit);
}

#[tokio::test]
async fn the_text_of_an_error_is_cut_where_nobody_would_read_on() {
    for script in [
        "throw new Error('ä'.repeat(1e6))",
        "throw 'ä'.repeat(1e6)",
        "throw Object.assign(new Error('a'), { name: 'ä'.repeat(1e6) })",
    ] {
        let outcome = sandbox().run(script).await;
        let error = error_of(&outcome, ErrorKind::Exception);
        let texts = [
            error.message.as_str(),
            error.name.as_deref().unwrap_or_default(),
        ];
        assert!(texts.iter().all(|text| text.len() < 10_000), "{script}");
        assert!(
            texts
                .iter()
                .any(|text| text.contains("… (cut: the text has ")),
            "{script}"
        );
    }
}

#[tokio::test]
async fn an_error_names_no_more_places_than_anybody_would_read() {
    let outcome = sandbox()
        .run("Error.stackTraceLimit = 1e9; function f(): any { return f() } f()")
        .await;
    let frames = &error_of(&outcome, ErrorKind::Exception).frames;
    assert!((1..=50).contains(&frames.len()), "{}", frames.len());
}
