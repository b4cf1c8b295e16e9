//! A value that can't cross says where it is, what it is, and what would be right.

use serde_json::json;

use crate::support::ToolCrate;

const DEPENDENCIES: &str = r#"chrono = { version = "0.4", features = ["serde"] }
serde_json = "1"

[features]
default = ["schemars/chrono04"]"#;

const TOOLS: &str = r#"
//! Values that cross, or don't.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use codemode_runtime::{BigInt, Bytes, tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind")]
pub enum Event { At { name: String, when: DateTime<Utc> }, On { day: NaiveDate, count: u8 } }
#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Row { pub event: Event, pub size: u128 }
#[derive(Serialize, JsonSchema)]
pub struct Pairs { pub pairs: HashMap<String, HashMap<(u8, u8), u8>> }

#[tool(namespace = "v")] fn value(v: Value) -> String { v.to_string() }
#[tool(namespace = "v")] fn map(v: BTreeMap<String, Value>) -> String { format!("{v:?}") }
#[tool(namespace = "v")] fn float(v: f64) -> f64 { v }
#[tool(namespace = "v")] fn list(v: Vec<u8>) -> String { format!("{v:?}") }
#[tool(namespace = "v")] fn text(v: String) -> String { v }
#[tool(namespace = "v")] fn big(v: BigInt<u128>) -> BigInt<u128> { v }
#[tool(namespace = "v")] fn bytes(v: Option<Bytes>) -> usize { v.map_or(0, |bytes| bytes.len()) }
#[tool(namespace = "v")] fn event(v: Event) -> Event { v }
#[tool(namespace = "v")] fn rows(v: Vec<Row>) -> usize { v.len() }
#[tool(namespace = "v")] fn day(v: NaiveDate) -> NaiveDate { v }
#[tool(namespace = "v")] fn pairs() -> Pairs { Pairs { pairs: [("a".to_owned(), [((1, 2), 3)].into())].into() } }
#[tool(namespace = "v")] fn flags(v: BTreeMap<bool, u8>) -> BTreeMap<bool, u8> { v }
"#;

#[test]
fn problems_name_the_place_and_what_would_be_right() {
    let tools = ToolCrate::new("words-for-values", DEPENDENCIES, TOOLS);
    let cases = [
        (
            "value({ v: new Uint8Array([1, 2]) })",
            "input.v: a Uint8Array can't be read here; write bytes.toBase64()",
        ),
        (
            "map({ v: { a: new Uint8Array([1]) } })",
            "input.v.a: a Uint8Array can't be read here; write bytes.toBase64()",
        ),
        (
            "value({ v: [123456789012345678901234567890n] })",
            "input.v[0]: the bigint 123456789012345678901234567890n can't be read here; write String(value)",
        ),
        (
            "float({ v: 9007199254740993n })",
            "input.v: the bigint 9007199254740993n, which a floating-point number can't hold exactly",
        ),
        (
            "list({ v: new Uint8Array([1, 2]) })",
            "input.v: invalid type: a Uint8Array, expected a list",
        ),
        (
            "text({ v: new Uint8Array([1, 2]) })",
            "input.v: invalid type: a Uint8Array, expected a string",
        ),
        (
            "text({ v: 12n })",
            "input.v: invalid type: a bigint, expected a string",
        ),
        (
            "big({ v: -1n })",
            "input.v: invalid value: integer `-1`, expected u128",
        ),
        (
            "big({ v: 340282366920938463463374607431768211456n })",
            "input.v: invalid value: integer `340282366920938463463374607431768211456`, expected a bigint",
        ),
        (
            "event({ v: { kind: 'At', name: 'a', when: 'soon' } })",
            "input.v.when: input contains invalid characters, expected an RFC 3339 formatted date and time string",
        ),
        (
            "event({ v: { when: 'soon', name: 'a', kind: 'At' } })",
            "input.v.when: input contains invalid characters, expected an RFC 3339 formatted date and time string",
        ),
        (
            "event({ v: { kind: 'On', day: '2024-02-30', count: 1 } })",
            "input.v.day: input is out of range, expected a formatted date string",
        ),
        (
            "event({ v: { kind: 'On', day: '2024-02-29', count: 300 } })",
            "input.v.count: invalid value: integer `300`, expected u8",
        ),
        (
            "day({ v: 'soon' })",
            "input.v: input contains invalid characters, expected a formatted date string",
        ),
        (
            "rows({ v: [{ event: { kind: 'On', day: 'x', count: 1 }, size: 1 }] })",
            "input.v[0].event.day: input contains invalid characters, expected a formatted date string",
        ),
        (
            "rows({ v: [{ event: { kind: 'On', day: '2024-02-29', count: 1 }, size: 1.5 }] })",
            "input.v[0].size: invalid type: floating point `1.5`, expected u128",
        ),
        (
            "flags({ v: { 'é': 1 } })",
            "input.v.é: invalid type: string \"é\", expected a boolean",
        ),
        (
            "pairs()",
            "result.pairs.a: a map has keys that can't be the names of properties",
        ),
    ];
    let calls: Vec<String> = cases
        .iter()
        .map(|(call, _)| format!("await problem(v_.{call})"))
        .collect();
    let script = format!(
        "const v_ = v as any;
        const problem = (call: Promise<unknown>) =>
            call.then((value) => `no problem: ${{String(value)}}`, (error: Error) => error.message);
        return [{}];",
        calls.join(",\n")
    );
    let outcome = tools.run(&["--no-check"], &script);
    let problems = outcome["value"].as_array().cloned().unwrap_or_default();
    assert_eq!(problems.len(), cases.len(), "{outcome}");
    for (problem, (call, expected)) in problems.iter().zip(cases) {
        let problem = problem.as_str().unwrap_or_default();
        assert!(problem.contains(expected), "{call}: {problem}");
    }
}

#[test]
fn what_is_exact_crosses() {
    let tools = ToolCrate::new("words-for-values", DEPENDENCIES, TOOLS);
    let script = r"
        const v_ = v as any;
        return [
            await v_.value({ v: 12n }),
            await v_.value({ v: 18446744073709551615n }),
            await v_.float({ v: 12n }),
            await v_.float({ v: 0.1 }),
            String(await v_.big({ v: 5 })),
            await v_.bytes({ v: new Uint8Array(3) }),
            await v_.bytes({}),
        ];";
    let outcome = tools.run(&["--no-check"], script);
    assert_eq!(
        outcome["value"],
        json!(["12", "18446744073709551615", 12, 0.1, "5", 3, 0]),
        "{outcome}"
    );
}
