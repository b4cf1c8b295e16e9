//! A flattened parameter takes what its own type takes: it is declared so and read so, and what nobody would read is refused.

use serde_json::json;

use crate::support::ToolCrate;

const TOOLS: &str = r#"
//! Tools with flattened parameters.

use std::collections::{BTreeMap, HashMap};

use codemode_runtime::tool;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Paging { #[serde(default)] pub page: u32, #[serde(default)] pub per_page: u32 }
#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Open { pub color: String, #[serde(flatten)] pub more: BTreeMap<String, String> }
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind")]
pub enum Internal { Circle { radius: f64 }, Square { side: f64 } }
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "t", content = "c")]
pub enum Adjacent { Circle(f64), Square { side: f64 } }
#[derive(Serialize, Deserialize, JsonSchema)]
pub enum External { Circle { radius: f64 }, Square { side: f64 } }
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Untagged { Circle { radius: f64 }, Square { side: f64 } }

#[tool(namespace = "f")] fn texts(q: String, #[serde(flatten)] more: BTreeMap<String, String>) -> BTreeMap<String, String> { let _ = q; more }
#[tool(namespace = "f")] fn values(#[serde(flatten)] more: HashMap<String, Value>) -> usize { more.len() }
#[tool(namespace = "f")] fn numbers(q: String, #[serde(flatten)] more: BTreeMap<u32, bool>) -> BTreeMap<u32, bool> { let _ = q; more }
#[tool(namespace = "f")] fn paging(#[serde(alias = "query")] q: String, #[serde(flatten)] paging: Paging) -> u32 { let _ = q; paging.page }
#[tool(namespace = "f")] fn maybe(q: String, #[serde(flatten)] paging: Option<Paging>) -> Option<u32> { let _ = q; paging.map(|paging| paging.page) }
#[tool(namespace = "f")] fn open(q: String, #[serde(flatten)] open: Open) -> Open { let _ = q; open }
#[tool(namespace = "f")] fn internal(q: String, #[serde(flatten)] shape: Internal) -> Internal { let _ = q; shape }
#[tool(namespace = "f")] fn adjacent(q: String, #[serde(flatten)] shape: Adjacent) -> Adjacent { let _ = q; shape }
#[tool(namespace = "f")] fn external(q: String, #[serde(flatten)] shape: External) -> External { let _ = q; shape }
#[tool(namespace = "f")] fn untagged(q: String, #[serde(flatten)] shape: Untagged) -> Untagged { let _ = q; shape }
#[tool(namespace = "f")] fn two(#[serde(flatten)] paging: Paging, #[serde(flatten)] shape: Internal) -> (u32, Internal) { (paging.page, shape) }
"#;

fn tools() -> ToolCrate {
    ToolCrate::new("flattened-parameters", "serde_json = \"1\"", TOOLS)
}

#[test]
fn checked_calls_are_read() {
    let script = r#"
        return [
            await f.texts({ q: "q", color: "red" }),
            await f.texts({ q: "q" }),
            await f.values({ a: 1, b: [2] }),
            await f.numbers({ q: "q", "1": true }),
            await f.paging({ q: "q", page: 3 }),
            await f.maybe({ q: "q", page: 3 }),
            await f.maybe({ q: "q" }),
            await f.open({ q: "q", color: "red", size: "large" }),
            await f.internal({ q: "q", kind: "Circle", radius: 1 }),
            await f.adjacent({ q: "q", t: "Circle", c: 1 }),
            await f.external({ q: "q", Circle: { radius: 1 } }),
            await f.untagged({ q: "q", side: 2 }),
            await f.two({ page: 1, kind: "Square", side: 2 }),
        ];"#;
    let outcome = tools().run(&[], script);
    assert_eq!(
        outcome["value"],
        json!([
            { "color": "red" },
            {},
            2,
            { "1": true },
            3,
            3,
            0,
            { "color": "red", "size": "large" },
            { "kind": "Circle", "radius": 1 },
            { "t": "Circle", "c": 1 },
            { "Circle": { "radius": 1 } },
            { "side": 2 },
            [1, { "kind": "Square", "side": 2 }],
        ]),
        "{outcome}"
    );
    assert_eq!(outcome["checked"], true);
}

#[test]
fn what_nobody_would_read_is_refused() {
    let script = r#"
        const f_ = f as any;
        const problem = (call: Promise<unknown>) => call.then(() => "read", (error: Error) => error.message);
        return [
            await problem(f_.paging({ q: "q", pages: 3 })),
            await problem(f_.internal({ q: "q", kind: "Circle", radius: 1, diameter: 2 })),
            await problem(f_.untagged({ q: "q", side: 2, x: 1 })),
            await problem(f_.numbers({ q: "q", one: true })),
            await problem(f_.paging({ query: "q", page: 3 })),
            await problem(f_.values({})),
        ];"#;
    let outcome = tools().run(&["--no-check"], script);
    let problems = outcome["value"].as_array().cloned().unwrap_or_default();
    let expected = [
        "input.pages: unknown field `pages`, expected one of `q`, `page`, `per_page`",
        "input.diameter: unknown field `diameter`",
        "input.x: unknown field `x`",
        "input.one: ",
        "read",
        "read",
    ];
    assert_eq!(problems.len(), expected.len(), "{outcome}");
    for (problem, expected) in problems.iter().zip(expected) {
        let problem = problem.as_str().unwrap_or_default();
        assert!(problem.contains(expected), "{problem}: {expected}");
    }
}

#[test]
fn the_type_check_refuses_what_a_call_would() {
    for call in [
        "f.paging({ q: \"q\", pages: 3 })",
        "f.internal({ q: \"q\", kind: \"Circle\", side: 1 })",
        "f.texts({ q: \"q\", color: 1 })",
    ] {
        let outcome = tools().run(&[], &format!("return await {call};"));
        assert_eq!(outcome["error"]["kind"], "type_check", "{call}: {outcome}");
    }
}
