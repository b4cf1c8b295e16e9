//! Whatever is declared is read, also where serde buffers: behind `flatten`, `tag` and `untagged`.

use serde_json::{Value, json};

use crate::support::ToolCrate;

const TOOLS: &str = r#"
//! Maps, wide integers and bytes behind every buffer of serde's.

use std::collections::BTreeMap;

use codemode_runtime::{BigInt, Bytes, tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowId(pub u32);

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
pub enum Side { Left, Right }

#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Inner<T> { pub held: T }
#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Flat<T> { pub id: u8, #[serde(flatten)] pub inner: Inner<T> }
#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Beside<T> { pub id: u8, #[serde(flatten)] pub map: T }
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "k")]
pub enum Tagged<T> { T { held: T } }
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "k", content = "c")]
pub enum Adjacent<T> { T { held: T } }
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Untagged<T> { N(Option<bool>), T { held: T } }

macro_rules! tools {
    ($namespace:literal, $module:ident, $t:ty $(, $beside:ident)?) => { mod $module {
        use super::*;
        #[tool(namespace = $namespace)] fn flat(v: Flat<$t>) -> Flat<$t> { v }
        #[tool(namespace = $namespace)] fn tagged(v: Tagged<$t>) -> Tagged<$t> { v }
        #[tool(namespace = $namespace)] fn adjacent(v: Adjacent<$t>) -> Adjacent<$t> { v }
        #[tool(namespace = $namespace)] fn untagged(v: Untagged<$t>) -> Untagged<$t> { v }
        $(#[tool(namespace = $namespace)] fn $beside(v: Beside<$t>) -> Beside<$t> { v })?
    } };
}

tools!("ints", ints, BTreeMap<u32, u8>, beside);
tools!("signed", signed, BTreeMap<i64, u8>, beside);
tools!("flags", flags, BTreeMap<bool, u8>);
tools!("letters", letters, BTreeMap<char, u8>);
tools!("rows", rows, BTreeMap<RowId, u8>, beside);
tools!("sides", sides, BTreeMap<Side, u8>);
tools!("wide", wide, BigInt<u128>);
tools!("bytes", bytes, Bytes);

/// A 128-bit integer as it is.
#[tool(namespace = "plain")] fn tagged(v: Tagged<u128>) -> Tagged<u128> { v }
"#;

fn tools() -> ToolCrate {
    ToolCrate::new("buffered-by-serde", "", TOOLS)
}

#[test]
fn every_map_comes_back_from_behind_every_buffer() {
    let script = r#"
        const ints1: Record<string, number> = { 1: 3, 300: 4 };
        const shows = (value: unknown) => JSON.stringify(value);
        const wrong: string[] = [];
        const same = async (sent: unknown, call: Promise<unknown>) => {
            const got = shows(await call);
            if (got !== shows(sent)) wrong.push(`${shows(sent)} ${got}`);
        };
        const one = async <T>(held: T, ns: {
            flat(input: { v: { id: number; held: T } }): Promise<unknown>;
            tagged(input: { v: { k: "T"; held: T } }): Promise<unknown>;
            adjacent(input: { v: { k: "T"; c: { held: T } } }): Promise<unknown>;
            untagged(input: { v: { held: T } }): Promise<unknown>;
        }) => {
            await same({ id: 1, held }, ns.flat({ v: { id: 1, held } }));
            await same({ k: "T", held }, ns.tagged({ v: { k: "T", held } }));
            await same({ k: "T", c: { held } }, ns.adjacent({ v: { k: "T", c: { held } } }));
            await same({ k: "T", c: { held } }, ns.adjacent({ v: { c: { held }, k: "T" } }));
            await same({ held }, ns.untagged({ v: { held } }));
        };
        await one(ints1, ints);
        await one<Record<string, number>>({ "-1": 3, 1: 4 }, signed);
        await one<Record<string, number>>({ false: 1, true: 2 }, flags);
        await one<Record<string, number>>({ x: 1 }, letters);
        await one<Record<string, number>>({ 7: 1 }, rows);
        await one({ left: 1 }, sides as never);
        await same({ id: 1, 1: 3 }, ints.beside({ v: { id: 1, "1": 3 } }));
        await same({ id: 1, 7: 3 }, rows.beside({ v: { id: 1, "7": 3 } }));
        return wrong;"#;
    let outcome = tools().run(&["--no-check"], script);
    assert_eq!(outcome["value"], json!([]), "{outcome}");
}

#[test]
fn checked_scripts_pass_maps_as_they_are_declared() {
    let script = r#"
        return [
            await ints.flat({ v: { id: 1, held: { 1: 3 } } }),
            await ints.tagged({ v: { k: "T", held: { 1: 3 } } }),
            await ints.untagged({ v: { held: { "1": 3 } } }),
            await ints.beside({ v: { id: 1, "1": 3 } }),
            await flags.tagged({ v: { k: "T", held: { true: 3 } } }),
            await sides.untagged({ v: { held: { left: 3 } } }),
        ];"#;
    let outcome = tools().run(&[], script);
    assert_eq!(
        outcome["value"],
        json!([
            { "id": 1, "held": { "1": 3 } },
            { "k": "T", "held": { "1": 3 } },
            { "held": { "1": 3 } },
            { "id": 1, "1": 3 },
            { "k": "T", "held": { "true": 3 } },
            { "held": { "left": 3 } },
        ]),
        "{outcome}"
    );
    assert_eq!(outcome["checked"], true);
}

#[test]
fn wide_integers_and_bytes_come_back_from_behind_every_buffer() {
    let script = r#"
        const big = 340282366920938463463374607431768211455n;
        const data = new Uint8Array([1, 2, 255]);
        const whole = (value: unknown): string => JSON.stringify(value, (_, part) =>
            typeof part === "bigint" ? `${part}n` : part instanceof Uint8Array ? `bytes ${[...part]}` : part);
        return [
            await wide.flat({ v: { id: 1, held: big } }),
            await wide.tagged({ v: { k: "T", held: 5n } }),
            await wide.adjacent({ v: { c: { held: big }, k: "T" } }),
            await wide.untagged({ v: { held: big } }),
            await bytes.flat({ v: { id: 1, held: data } }),
            await bytes.tagged({ v: { k: "T", held: data } }),
            await bytes.adjacent({ v: { c: { held: data }, k: "T" } }),
            await bytes.untagged({ v: { held: data } }),
        ].map(whole);"#;
    let outcome = tools().run(&[], script);
    let big = "340282366920938463463374607431768211455n";
    let expected: Vec<Value> = [
        format!(r#"{{"id":1,"held":"{big}"}}"#),
        r#"{"k":"T","held":"5n"}"#.to_owned(),
        format!(r#"{{"k":"T","c":{{"held":"{big}"}}}}"#),
        format!(r#"{{"held":"{big}"}}"#),
        r#"{"id":1,"held":"bytes 1,2,255"}"#.to_owned(),
        r#"{"k":"T","held":"bytes 1,2,255"}"#.to_owned(),
        r#"{"k":"T","c":{"held":"bytes 1,2,255"}}"#.to_owned(),
        r#"{"held":"bytes 1,2,255"}"#.to_owned(),
    ]
    .into_iter()
    .map(Value::from)
    .collect();
    assert_eq!(outcome["value"], json!(expected), "{outcome}");
}

#[test]
fn what_serde_can_not_read_there_names_the_way_out() {
    let script = r#"return await plain.tagged({ v: { k: "T", held: 1 } }).catch((error: Error) => error.message);"#;
    let outcome = tools().run(&[], script);
    let message = outcome["value"].as_str().unwrap_or_default();
    assert!(
        message.contains("no 128-bit integer") && message.contains("`codemode_runtime::BigInt`"),
        "{outcome}"
    );
}
