//! Features of `serde_json` that any crate of the graph turns on change no value: it is the same as without, or refused.

use serde_json::json;

use crate::support::ToolCrate;

const FEATURES: &str = r#"serde_json = { version = "1", features = ["arbitrary_precision", "raw_value"] }

[features]
default = ["schemars/raw_value"]"#;

const TOOLS: &str = r#"
//! Numbers and JSON that was written before.

use std::collections::BTreeMap;

use codemode_runtime::{BigInt, tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Number, Value, json};

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind")]
pub enum Shape { Circle { radius: f64 }, Square { side: u32 }, Any { value: Value } }
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Either { Number(f64), Text(String), Anything(Value) }
#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Inner { pub n: i64, pub x: f32 }
#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Flat { pub id: u8, #[serde(flatten)] pub inner: Inner }
#[derive(Serialize, Deserialize, JsonSchema)]
pub struct FlatMap { pub id: u8, #[serde(flatten)] pub rest: BTreeMap<String, Value> }
#[derive(Serialize, JsonSchema)]
pub struct Mixed { pub big: BigInt<u64>, pub raw: Box<RawValue> }

#[tool(namespace = "a")] fn tagged(v: Shape) -> Shape { v }
#[tool(namespace = "a")] fn untagged(v: Either) -> String {
    match v { Either::Number(number) => format!("number {number}"), Either::Text(text) => text, Either::Anything(value) => format!("value {value}") }
}
#[tool(namespace = "a")] fn flat(v: Flat) -> Flat { v }
#[tool(namespace = "a")] fn flat_map(v: FlatMap) -> FlatMap { v }
#[tool(namespace = "a")] fn inner(#[serde(flatten)] v: Inner) -> Inner { v }
#[tool(namespace = "a")] fn value(v: Value) -> Value { v }
#[tool(namespace = "a")] fn number(v: Number) -> Number { v }
#[tool(namespace = "a")] fn big(v: BigInt<u64>) -> BigInt<u64> { v }
#[tool(namespace = "a")] fn defaulted(#[tool(default = json!({ "a": 1.5 }))] v: Value) -> Value { v }
#[tool(namespace = "a")] fn take(v: Box<RawValue>) -> String { v.get().to_owned() }
#[tool(namespace = "a")] fn parsed(text: String) -> Result<Value, serde_json::Error> { serde_json::from_str(&text) }
#[tool(namespace = "a")] fn raw(text: String) -> Result<Box<RawValue>, serde_json::Error> { RawValue::from_string(text) }
#[tool(namespace = "a")] fn mixed(text: String) -> Result<Mixed, serde_json::Error> {
    Ok(Mixed { big: BigInt(u64::MAX), raw: RawValue::from_string(text)? })
}
#[tool(namespace = "a")] fn keyed() -> Value { json!({ "$serde_json::private::Number": "12" }) }
"#;

fn tools() -> ToolCrate {
    ToolCrate::new("numbers-under-features", FEATURES, TOOLS)
}

#[test]
fn values_are_the_same_as_without_the_features() {
    let script = r#"
        const a_ = a as any;
        return [
            await a_.tagged({ v: { kind: "Circle", radius: 1.5 } }),
            await a_.tagged({ v: { kind: "Square", side: 2 } }),
            await a_.tagged({ v: { kind: "Any", value: [1, { a: 2.5 }] } }),
            await a_.untagged({ v: 1.5 }),
            await a_.untagged({ v: 1 }),
            await a_.untagged({ v: [0.5] }),
            await a_.flat({ v: { id: 1, n: 2, x: 0.5 } }),
            await a_.flatMap({ v: { id: 1, a: 2, b: [0.5] } }),
            await a_.inner({ n: 1, x: 0.5 }),
            await a_.value({ v: { n: 1, x: [0.5, 1e300, -0.1] } }),
            await a_.number({ v: 0.1 }),
            String(await a_.big({ v: 18446744073709551615n })),
            await a_.defaulted({}),
            await a_.take({ v: { a: [1, 2.5] } }),
            await a_.parsed({ text: "[1.50, 1e2, -0.0, 9007199254740991]" }),
            await a_.raw({ text: ' {"b":[1,2.50],"a":1e2, "c": "\\u0041"} ' }),
            await a_.keyed(),
        ];"#;
    let outcome = tools().run(&["--no-check"], script);
    assert_eq!(
        outcome["value"],
        json!([
            { "kind": "Circle", "radius": 1.5 },
            { "kind": "Square", "side": 2 },
            { "kind": "Any", "value": [1, { "a": 2.5 }] },
            "number 1.5",
            "number 1",
            "value [0.5]",
            { "id": 1, "n": 2, "x": 0.5 },
            { "id": 1, "a": 2, "b": [0.5] },
            { "n": 1, "x": 0.5 },
            { "n": 1, "x": [0.5, 1e300, -0.1] },
            0.1,
            "18446744073709551615",
            { "a": 1.5 },
            r#"{"a":[1,2.5]}"#,
            [1.5, 100, 0, 9_007_199_254_740_991_u64],
            { "b": [1, 2.5], "a": 100, "c": "A" },
            { "$serde_json::private::Number": "12" },
        ]),
        "{outcome}"
    );
}

#[test]
fn what_would_change_is_refused_with_its_place() {
    let script = r#"
        const a_ = a as any;
        const problem = (call: Promise<unknown>) =>
            call.then((value) => `no problem: ${JSON.stringify(value)}`, (error: Error) => error.message);
        return [
            await problem(a_.parsed({ text: '{"n":9007199254740993}' })),
            await problem(a_.parsed({ text: "[123456789012345678901234567890]" })),
            await problem(a_.parsed({ text: "[1E400]" })),
            await problem(a_.raw({ text: '{"n":[1,9007199254740993]}' })),
            await problem(a_.raw({ text: "[1E400]" })),
            await problem(a_.raw({ text: '{"a":1,"a":2}' })),
            await problem(a_.value({ v: { "$serde_json::private::Number": "12" } })),
            await problem(a_.value({ v: { "$serde_json::private::RawValue": "[1]" } })),
            await problem(a_.take({ v: new Uint8Array([1, 2]) })),
        ];"#;
    let outcome = tools().run(&["--no-check"], script);
    let problems = outcome["value"].as_array().cloned().unwrap_or_default();
    let expected = [
        "9007199254740993 is beyond",
        "123456789012345678901234567890 is beyond",
        "result[0]: 1e+400 is no number that a double holds",
        "result.n[1]: 9007199254740993 is beyond",
        "result[0]: 1E400 is no number",
        "two properties are called `a`",
        "input.v: `$serde_json::private::Number` is a name",
        "input.v: `$serde_json::private::RawValue` is a name",
        "a Uint8Array has no JSON",
    ];
    assert_eq!(problems.len(), expected.len(), "{outcome}");
    for (problem, expected) in problems.iter().zip(expected) {
        let problem = problem.as_str().unwrap_or_default();
        assert!(problem.contains(expected), "{problem}: {expected}");
    }
}

#[test]
fn written_text_beside_a_bigint_stays_text() {
    let script = r#"
        const mixed = await a.mixed({ text: JSON.stringify("\0n12") });
        return [typeof mixed.big, mixed.raw === "\0n12"];"#;
    let outcome = tools().run(&["--no-check"], script);
    assert_eq!(outcome["value"], json!(["bigint", true]), "{outcome}");
}
