//! The outcome as JSON, which is an interface.

use codemode_runtime::{ErrorKind, Isolation, Limits, Outcome};
use serde_json::{Value, json};

use crate::support::{assert_golden, error_of, isolation, limited, run, settled_json, value_of};

/// One script for each shape that an outcome can have.
const SHAPES: [(&str, &str); 6] = [
    (
        "ok",
        "console.log('one'); console.warn('two', { three: 3 }); \
         return { sum: await zoo.add({ a: 1, b: 2 }), caught: await zoo.divide({ dividend: 1, by: 0 }).catch(() => true) }",
    ),
    ("undefined", "await zoo.nothing();\nreturn"),
    ("null", "return null"),
    (
        "exception",
        "function inner(): never {\n  throw new RangeError('too far');\n}\nconsole.error('soon');\ninner();",
    ),
    ("syntax", "const a = 1;\nconst a = 2;"),
    (
        "limit",
        "await zoo.tick();\nawait zoo.tick();\nawait zoo.tick();",
    ),
];

async fn outcome_of(script: &str) -> Outcome {
    limited(Limits {
        tool_calls: 2,
        ..Limits::default()
    })
    .run(script)
    .await
}

#[tokio::test]
async fn each_shape_serialises_to_its_golden_json() {
    for (name, script) in SHAPES {
        let mut outcome = outcome_of(script).await;
        if name == "limit" && isolation() == Isolation::Process {
            // A worker that is killed at a limit can't be asked any more.
            assert_eq!(outcome.stats.heap_peak_bytes.replace(0), None);
        }
        assert_golden(&format!("outcome/{name}.json"), &settled_json(&outcome));
    }
}

#[tokio::test]
async fn each_shape_is_the_same_after_a_round_trip_through_json() {
    for (name, script) in SHAPES {
        let outcome = outcome_of(script).await;
        let text = serde_json::to_string(&outcome).unwrap();
        let read: Outcome = serde_json::from_str(&text).unwrap();
        assert_eq!(read.result, outcome.result, "{name}");
        assert_eq!(serde_json::to_string(&read).unwrap(), text, "{name}");
    }
}

#[tokio::test]
async fn an_outcome_without_what_may_be_absent_can_be_read() {
    let json = json!({
        "status": "error",
        "error": { "kind": "timeout", "message": "too late" },
        "checked": true,
        "logs": [],
        "calls": [],
        "stats": {
            "wall_ms": 1.5, "cpu_ms": 0, "heap_peak_bytes": 0, "tool_calls": 0, "output_bytes": 0, "truncated": false
        }
    });
    let outcome: Outcome = serde_json::from_value(json).unwrap();
    assert!(!outcome.is_ok());
    assert_eq!(outcome.error().unwrap().message, "too late");
}

#[tokio::test]
async fn the_figures_are_those_of_the_run() {
    let outcome = run(
        "const big = new Array(1e5).fill(0).map((_, i) => ({ i })); \
         console.log('äö'); await zoo.rest({ milliseconds: 60 }); return big.length",
    )
    .await;
    assert_eq!(outcome.value(), Some(&json!(100_000)));
    let stats = &outcome.stats;
    assert!(stats.wall_ms >= 60.0, "{stats:?}");
    assert!(outcome.calls[0].ms >= 60.0, "{:?}", outcome.calls);
    assert!(
        outcome.calls[0].ms <= stats.wall_ms,
        "{:?}, {stats:?}",
        outcome.calls
    );
    if cfg!(unix) {
        assert!(stats.cpu_ms > 0.0, "{stats:?}");
    }
    // A hundred thousand objects take more than a megabyte in any engine.
    assert!(
        stats.heap_peak_bytes.is_some_and(|bytes| bytes > 1_000_000),
        "{stats:?}"
    );
    assert_eq!(stats.tool_calls, 1);
    assert!(!stats.truncated);
    // Four bytes of log and the end of its line, six of the result.
    assert_eq!(stats.output_bytes, 4 + 1 + 6);
}

/// What `return` hands back, as JSON decides.
#[tokio::test]
async fn values_are_those_that_json_can_carry() {
    let cases: [(&str, Value); 8] = [
        ("return 1.5", json!(1.5)),
        ("return -0", json!(0)),
        ("return 9007199254740991", json!(9_007_199_254_740_991_i64)),
        ("return 1e300", json!(1e300)),
        ("return 'ä\\u0000\\n\\u{1F600}'", json!("ä\0\n\u{1F600}")),
        (
            "return { a: undefined, b: { c: [] } }",
            json!({ "b": { "c": [] } }),
        ),
        ("return new Date(0)", json!("1970-01-01T00:00:00.000Z")),
        ("return { toJSON: () => 'own' }", json!("own")),
    ];
    for (script, expected) in cases {
        let outcome = run(script).await;
        assert_eq!(
            outcome.value(),
            Some(&expected),
            "{script}: {:?}",
            outcome.result
        );
    }
}

#[tokio::test]
async fn a_value_that_json_can_not_carry_is_an_error_of_the_script() {
    for script in [
        "return () => 1",
        "return Symbol('a')",
        "return 5n",
        "const a: any = {}; a.a = a; return a",
        "return { toJSON() { throw new TypeError('no') } }",
    ] {
        let outcome = run(script).await;
        let error = error_of(&outcome, ErrorKind::Exception);
        assert_eq!(
            error.name.as_deref(),
            Some("TypeError"),
            "{script}: {error:?}"
        );
    }
}

/// JSON text can say more than Rust's strings can hold.
#[tokio::test]
async fn half_of_a_surrogate_pair_is_no_character() {
    for script in [
        "return ['a👍'.slice(0, 2), 'b']",
        // What the script puts in the language's place isn't asked.
        "String.prototype.toWellFormed = String.prototype.isWellFormed = () => { throw 1 }; return ['a\\ud83d', 'b', undefined].slice(0, 2)",
    ] {
        let outcome = run(script).await;
        assert_eq!(value_of(&outcome), &json!(["a\u{fffd}", "b"]), "{script}");
    }
}
