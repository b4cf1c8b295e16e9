//! What a tool returns is what it declares: a `Serialize`, a `JsonSchema` or a `with` that says something else is told at the
//! call, with the place and what to write. What our own types write is as declared.

use serde_json::json;

use crate::support::ToolCrate;

const LIARS: &str = r#"
use codemode_runtime::tool;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Serialize, JsonSchema)]
pub struct Price {
    #[serde(serialize_with = "text")]
    pub cents: f64,
}
fn text<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}
#[tool(namespace = "liars")]
fn price() -> Price {
    Price { cents: 1.5 }
}

#[derive(JsonSchema)]
pub struct Point {
    pub x: f64,
}
impl Serialize for Point {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.x)
    }
}
#[tool(namespace = "liars")]
fn points() -> Vec<Point> {
    vec![Point { x: 1.0 }]
}

pub struct Code(pub u16);
impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(self.0)
    }
}
impl JsonSchema for Code {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Code".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string" })
    }
}
#[tool(namespace = "liars")]
async fn code() -> Result<Option<Code>, String> {
    Ok(Some(Code(3)))
}

#[derive(Default, Serialize, JsonSchema)]
pub struct Event {
    #[serde(default, serialize_with = "joined")]
    pub tags: Vec<String>,
}
fn joined<S: Serializer>(tags: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&tags.join(","))
}
#[tool(namespace = "liars")]
fn event() -> Event {
    Event::default()
}

/// With the remedy.
#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Mended {
    #[serde(serialize_with = "text")]
    #[schemars(with = "String")]
    pub cents: f64,
}
#[tool(namespace = "honest")]
fn mended() -> Mended {
    Mended { cents: 1.5 }
}

#[derive(Deserialize, JsonSchema)]
pub struct Query {
    #[serde(deserialize_with = "split")]
    pub tags: Vec<String>,
}
fn split<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(String::deserialize(deserializer)?.split(',').map(str::to_owned).collect())
}
#[tool(namespace = "liars")]
fn query(query: Query) -> usize {
    query.tags.len()
}
#[tool(namespace = "liars")]
fn tags(#[serde(deserialize_with = "split")] tags: Vec<String>) -> usize {
    tags.len()
}
#[tool(namespace = "honest")]
fn count(by: u8, tags: Vec<String>) -> usize {
    tags.len() * usize::from(by)
}
"#;

#[test]
fn a_result_that_is_not_as_declared_is_an_error_with_its_place_and_the_remedy() {
    let tools = ToolCrate::new("liars", "", LIARS);
    let script = "
        const told: string[] = [];
        for (const call of [liars.price, liars.points, liars.code]) {
            await call().then((value) => told.push(JSON.stringify(value)), (error) => told.push(`${error.name} ${error.message}`));
        }
        return [told, (await honest.mended()).cents.length];";
    let outcome = tools.run(&[], script);
    assert_eq!(outcome["checked"], true, "{outcome}");
    let told = &outcome["value"][0];
    for (position, parts) in [
        ["liars.price: ", "`/cents` is a string", "`number`"],
        ["liars.points: ", "`/0` is a string", "`Point`"],
        ["liars.code: ", "it is a number", "`Code | null`"],
    ]
    .iter()
    .enumerate()
    {
        let text = told[position].as_str().unwrap();
        assert!(text.starts_with("ToolError "), "{text}");
        for part in parts {
            assert!(text.contains(part), "`{part}` isn't in {text}");
        }
        assert!(text.contains("this is a fault of the tool, not"), "{text}");
        assert!(text.contains("`#[schemars(with = \"…\")]`"), "{text}");
    }
    assert_eq!(outcome["value"][1], 3);
}

#[test]
fn what_can_be_seen_without_a_call_is_said_with_the_declarations() {
    let done = ToolCrate::new("liars", "", LIARS).cli(&["emit-dts"], "");
    done.expect(0).complains(&[
        "warning: `liars.event`: the default of `tags` isn't of its type: it is a string, and declared as `string[]`",
    ]);
}

#[test]
fn an_input_that_is_as_declared_and_refused_all_the_same_tells_the_remedy() {
    let tools = ToolCrate::new("liars", "", LIARS);
    let script = "
        const told = (call: Promise<unknown>) => call.then(() => '', (error) => error.message);
        return [
            await told(liars.query({ query: { tags: ['a'] } })),
            await told(liars.tags({ tags: ['a'] })),
            await told(honest.count({ by: 300, tags: [] })),
            await told(honest.count({ by: 1, tags: 'a' as any })),
        ];";
    let outcome = tools.run(&[], script);
    let told = |position: usize| outcome["value"][position].as_str().unwrap();
    for position in [0, 1] {
        let text = told(position);
        assert!(text.contains("invalid type: a list"), "{text}");
        assert!(text.contains("`#[schemars(with = \"…\")]`"), "{text}");
    }
    for position in [2, 3] {
        let text = told(position);
        assert!(text.starts_with("honest.count: input."), "{text}");
        assert!(!text.contains("schemars"), "{text}");
    }
}

#[test]
fn what_types_say_of_themselves_is_as_they_write_it() {
    let source = r#"
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::IpAddr;
use std::time::Duration;

use codemode_runtime::{BigInt, Bytes, tool};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
pub struct Tagged {
    pub list: Vec<Choice>,
    #[serde(flatten)]
    pub rest: HashMap<String, u8>,
}
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Choice {
    Nothing,
    Whole(u64),
    Text(String),
    Pair(f32, bool),
    Named { x: Option<Box<Choice>> },
}
#[derive(Serialize, JsonSchema)]
pub enum Shape {
    Unit,
    New(BigInt<i128>),
    Both(u8, Bytes),
    Full { left: Option<char>, #[serde(skip_serializing_if = "Option::is_none")] right: Option<u8> },
}

#[tool(namespace = "types")]
fn unit() {}
#[tool(namespace = "types")]
fn wide() -> (BigInt<u64>, Option<BigInt<u128>>, u64, f32, f64) {
    (BigInt(u64::MAX), Some(BigInt(u128::MAX)), 1 << 52, 0.1, 1e300)
}
#[tool(namespace = "types")]
fn bytes() -> Vec<Bytes> {
    vec![Bytes(vec![1, 2]), Bytes(vec![])]
}
#[tool(namespace = "types")]
fn marked() -> (Bytes, BTreeMap<String, String>) {
    (Bytes(vec![1]), BTreeMap::from([("\0n1".to_owned(), "\0n1".to_owned())]))
}
#[tool(namespace = "types")]
fn maps() -> (BTreeMap<u8, bool>, BTreeMap<bool, u8>, BTreeSet<char>, [u8; 3]) {
    ([(1, true)].into(), [(true, 1)].into(), ['a'].into(), [1, 2, 3])
}
#[tool(namespace = "types")]
fn tagged() -> Tagged {
    let named = Choice::Named { x: Some(Box::new(Choice::Named { x: None })) };
    Tagged {
        list: vec![Choice::Nothing, Choice::Whole(1), Choice::Text("\"".to_owned()), Choice::Pair(0.5, true), named],
        rest: HashMap::from([("more".to_owned(), 3)]),
    }
}
#[tool(namespace = "types")]
fn shapes() -> Vec<Shape> {
    vec![Shape::Unit, Shape::New(BigInt(-1)), Shape::Both(1, Bytes(vec![1])), Shape::Full { left: Some('é'), right: None }]
}
#[tool(namespace = "types")]
fn values() -> (Value, Duration, IpAddr, Result<u8, String>, std::ops::Range<u8>) {
    (json!({ "a": [null, 1.5] }), Duration::from_millis(1), IpAddr::from([127, 0, 0, 1]), Err("no".to_owned()), 1..2)
}
"#;
    let tools = ToolCrate::new("honest", "serde_json = \"1\"", source);
    let script = "
        const told: string[] = [];
        for (const [name, call] of Object.entries(types)) await (call as any)().catch((error: any) => told.push(`${name}: ${error.message}`));
        return [told, Object.keys(types).length];";
    let outcome = tools.run(&[], script);
    assert_eq!(outcome["value"], json!([[], 8]), "{outcome}");
}
