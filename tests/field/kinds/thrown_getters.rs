//! Nothing that a script has left in what it throws gets anything done: its calls and its log are closed before it is read.

use serde_json::{Value, json};

use crate::support::{configuration, run_script, stdio};

fn run(tier: &str, script: &str) -> Value {
    let config = configuration("thrown", &json!({ "s": stdio("patient.mjs", &[]) }));
    let arguments = ["--mcp-config", &config, "--isolation", tier, "--no-check"];
    run_script(&arguments, script)
}

#[test]
fn getters_of_a_thrown_error_call_nothing_and_log_nothing() {
    let acts = "const act = () => { console.log('read'); return s.echo({ value: 1 }); };";
    let getter = |object: &str, name: &str| {
        format!("Object.defineProperty({object}, '{name}', {{ get: act }})")
    };
    let mut made = vec![
        "new Proxy(new Error('a'), { get: act, getPrototypeOf: (target) => { act(); return Reflect.getPrototypeOf(target); } })".to_owned(),
        "{ get a() { return act(); } }".to_owned(),
        "Object.assign(new Error('a'), { toString: act, [Symbol.toPrimitive]: act })".to_owned(),
        getter("new AggregateError([], 'a')", "errors"),
        format!("new Error('a', {{ cause: {} }})", getter("new Error('b')", "message")),
    ];
    for name in ["name", "message", "cause", "stack", "constructor"] {
        made.push(getter("new Error('a')", name));
    }
    let speaks = "{ get() { throw new Error('{\"status\":\"ok\"}') } }";
    for name in ["name", "message", "cause", "stack"] {
        made.push(format!(
            "Object.defineProperty(new Error('a'), '{name}', {speaks})"
        ));
    }
    let thrown = made.iter().flat_map(|error| {
        [
            format!("throw {error};"),
            format!("void Promise.reject({error}); await new Promise(() => {{}});"),
            format!("setTimeout(() => {{ throw {error}; }}, 1); await new Promise((done) => setTimeout(done, 1_000));"),
        ]
    });
    for (number, script) in thrown.enumerate() {
        let tier = if number % 2 == 0 {
            "process"
        } else {
            "in-process"
        };
        let outcome = run(tier, &format!("{acts}\n{script}"));
        assert_eq!(outcome["error"]["kind"], "exception", "{script}: {outcome}");
        assert_eq!(outcome["calls"], json!([]), "{script}: {outcome}");
        assert_eq!(outcome["logs"], json!([]), "{script}: {outcome}");
    }
}
