//! Structs

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize, JsonSchema)]
struct Point {
    x: f64,
    y: f64,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Empty {}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Unit;

#[derive(Deserialize, Serialize, JsonSchema)]
struct UserId(u32);

#[derive(Deserialize, Serialize, JsonSchema)]
struct Label(String);

#[derive(Deserialize, Serialize, JsonSchema)]
struct Origin(Point);

#[derive(Deserialize, Serialize, JsonSchema)]
struct Versioned(u32, String);

#[derive(Deserialize, Serialize, JsonSchema)]
struct NoPlaces();

#[derive(Deserialize, Serialize, JsonSchema)]
struct Line {
    from: Point,
    to: Point,
    label: Label,
    owner: UserId,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct WithUnits {
    nothing: (),
    unit: Unit,
    empty: Empty,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Exact {
    name: String,
    size: u8,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ExactlyNothing {}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ExactInside {
    inner: Exact,
    others: Vec<Exact>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(tag = "type")]
struct Tagged {
    name: String,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Nested {
    versions: Vec<Versioned>,
    pair: (Point, Label),
}

#[derive(Deserialize, JsonSchema)]
struct Query {
    text: String,
    limit: u16,
}

#[derive(Serialize, JsonSchema)]
struct Answer {
    rows: Vec<String>,
    more: bool,
}

#[derive(Serialize, JsonSchema)]
struct Borrowed<'a> {
    name: &'a str,
    parts: &'a [u32],
}

fn point() -> Point {
    Point { x: 1.5, y: -2.0 }
}

fn exact() -> Exact {
    Exact { name: "a".to_owned(), size: 255 }
}

super::entry::zoo! {
    both Point: [point(), Point { x: 0.0, y: 1e300 }];
    both Empty: [Empty {}];
    both Unit: [Unit];
    both UserId: [UserId(0), UserId(u32::MAX)];
    both Label: [Label(String::new()), Label("a \"b\" \n \u{2028} 🙂".to_owned())];
    both Origin: [Origin(point())];
    both Versioned: [Versioned(1, "a".to_owned())];
    both NoPlaces: [NoPlaces()];
    both Line: [Line { from: point(), to: point(), label: Label("l".to_owned()), owner: UserId(7) }];
    both WithUnits: [WithUnits { nothing: (), unit: Unit, empty: Empty {} }];
    both Exact: [exact()];
    both ExactlyNothing: [ExactlyNothing {}];
    both ExactInside: [ExactInside { inner: exact(), others: vec![exact(), exact()] }];
    both Tagged: [Tagged { name: "a".to_owned() }];
    both Nested: [Nested { versions: vec![Versioned(1, "a".to_owned())], pair: (point(), Label("l".to_owned())) }];
    input Query: [serde_json::json!({ "text": "a", "limit": 10 })];
    output Answer: [Answer { rows: vec!["a".to_owned()], more: true }];
    output Borrowed<'static>: [Borrowed { name: "a", parts: &[1, 2] }];
}
