//! The value of a last statement was never said to be the result, so it never fails a run after its effects: what can't be
//! sent of it is left out, and told.

use serde_json::{Value, json};

use crate::support::run_script;

fn run(script: &str) -> Value {
    let outcome = run_script(&["--no-check"], script);
    assert_eq!(outcome["status"], "ok", "{script}: {outcome}");
    outcome
}

#[test]
fn a_last_statement_has_the_result_that_it_stands_for() {
    let cases = [
        ("const m = new Map(); m.set('a', 1)", json!({ "a": 1 })),
        ("const s = new Set(); s.add(1)", json!([1])),
        (
            "await Promise.all([1, 2].map(async (n) => n > 1 ? n : undefined))",
            json!([null, 2]),
        ),
        ("const a: any = {}; a.b = 5", json!(5)),
        ("const a: any = { b: 1 }; delete a.b", json!(true)),
        ("new Date(0)", json!("1970-01-01T00:00:00.000Z")),
        ("'done'", json!("done")),
        ("[]", json!([])),
        ("({})", json!({})),
    ];
    for (script, expected) in cases {
        let outcome = run(script);
        assert_eq!(outcome["value"], expected, "{script}: {outcome}");
        assert_eq!(outcome["logs"], json!([]), "{script}");
    }
}

#[test]
fn a_last_statement_without_a_value_is_no_result() {
    let cases = [
        "await Promise.all([1, 2].map(async () => {}))",
        "[1].forEach(() => {})",
        "void 0",
        "[undefined, [undefined]]",
    ];
    for script in cases {
        let outcome = run(script);
        assert_eq!(outcome.get("value"), None, "{script}: {outcome}");
        assert_eq!(outcome["logs"], json!([]), "{script}");
    }
}

#[test]
fn what_a_last_statement_can_not_send_is_left_out_and_told() {
    let cases = [
        ("const m = new Map(); m.set({}, 1)", None, "a Map"),
        ("10n", None, "a bigint"),
        (
            "[1].map(async (n) => n)",
            None,
            "[0]: can't be sent, because it is a promise",
        ),
        (
            "({ a: 1, f() {} })",
            Some(json!({ "a": 1 })),
            ".f: can't be sent, because it is a function",
        ),
        (
            "[1, NaN, Symbol('s')]",
            Some(json!([1, null, null])),
            "[1]: can't be sent, because it is NaN",
        ),
        (
            "const a: any = { b: 1 }; a.a = a; a",
            None,
            "inside of itself",
        ),
        (
            "({ get a() { throw new Error('no') } })",
            None,
            "can't be read: Error: no",
        ),
        ("'x'.repeat(2e6)", None, "2000002 bytes"),
        ("Array(5e6).fill(0)", None, "left out"),
        (
            "[].concat(Array(50).fill(() => {}))",
            None,
            "more isn't looked at",
        ),
    ];
    for (script, expected, told) in cases {
        let outcome = run(script);
        let logs = outcome["logs"].to_string();
        assert!(logs.contains(told), "{script}: {outcome}");
        assert_eq!(outcome.get("value"), expected.as_ref(), "{script}");
    }
}

#[test]
fn what_a_script_says_to_be_its_result_is_taken_at_its_word() {
    let cases = [
        "return new WeakMap()",
        "if (1) { return new WeakMap() }\n'other'",
        "export default new WeakMap()",
        "async function main() { return new WeakMap() }",
        "async () => new WeakMap()",
    ];
    for script in cases {
        let outcome = run_script(&["--no-check"], script);
        let error = &outcome["error"];
        assert_eq!(error["kind"], "exception", "{script}: {outcome}");
        assert_eq!(error["frames"][0]["line"], 1, "{script}: {outcome}");
    }
}
