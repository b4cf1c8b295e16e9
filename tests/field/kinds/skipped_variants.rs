//! A variant with nothing in it is declared as serde writes and reads it, whatever form the nothing has.

use serde_json::json;

use crate::support::ToolCrate;

const TOOLS: &str = r#"
//! Variants with nothing in them.

use codemode_runtime::tool;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "t", content = "c")]
pub enum Shape {
    Unit,
    EmptyStruct {},
    EmptyTuple(),
    SkippedPair(#[serde(skip)] u8, #[serde(skip)] u8),
    SkippedStruct { #[serde(skip)] hidden: u8 },
    One(u8),
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub enum External { Unit, Empty {}, Pair(#[serde(skip)] u8, #[serde(skip)] u8), Half(u8, #[serde(skip)] u8), Struct { #[serde(skip)] a: u8 } }

/// One of each.
#[tool(namespace = "s")] fn adjacent() -> Vec<Shape> {
    vec![Shape::Unit, Shape::EmptyStruct {}, Shape::EmptyTuple(), Shape::SkippedPair(1, 2), Shape::SkippedStruct { hidden: 1 }, Shape::One(1)]
}
/// Gives it back.
#[tool(namespace = "s")] fn mirror_adjacent(v: Shape) -> Shape { v }
/// One of each.
#[tool(namespace = "s")] fn external() -> Vec<External> {
    vec![External::Unit, External::Empty {}, External::Pair(1, 2), External::Half(1, 2), External::Struct { a: 1 }]
}
/// Gives it back.
#[tool(namespace = "s")] fn mirror_external(v: External) -> External { v }
"#;

#[test]
fn what_a_checked_script_gets_it_can_give_back() {
    let tools = ToolCrate::new("skipped-variants", "", TOOLS);
    let script = r"
        const wrong: string[] = [];
        for (const v of await s.adjacent()) {
            const back = await s.mirrorAdjacent({ v });
            if (JSON.stringify(back) !== JSON.stringify(v)) wrong.push(JSON.stringify([v, back]));
        }
        for (const v of await s.external()) {
            const back = await s.mirrorExternal({ v });
            if (JSON.stringify(back) !== JSON.stringify(v)) wrong.push(JSON.stringify([v, back]));
        }
        return wrong;";
    let outcome = tools.run(&[], script);
    assert_eq!(outcome["value"], json!([]), "{outcome}");
    assert_eq!(outcome["checked"], true);
}
