//! Enums, tagged otherwise

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize, JsonSchema)]
struct Size {
    width: u32,
    height: u32,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(tag = "kind")]
enum Internal {
    Empty,
    Circle { radius: f64 },
    Sized(Size),
    Optional { note: Option<String> },
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
enum InternalRenamed {
    /// Moves it.
    MoveTo { new_place: String },
    /// Ends it.
    ShutDown,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(tag = "kind", deny_unknown_fields)]
enum InternalExact {
    Empty,
    Circle { radius: f64 },
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(tag = "kind")]
enum InternalOfMap {
    Labels(BTreeMap<String, String>),
    None,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(tag = "outer")]
enum InternalOfEnum {
    Inner(Internal),
    Flat { a: u8 },
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(tag = "outer")]
enum InternalOfUnit {
    Nothing(()),
    Something { a: u8 },
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(tag = "t")]
enum InternalOther {
    Known { a: u8 },
    #[serde(other)]
    Unknown,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(tag = "t", content = "c")]
enum Adjacent {
    Unit,
    Number(u32),
    Pair(u32, String),
    Named { a: u8, b: Option<u8> },
    Sized(Size),
    Maybe(Option<u8>),
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(tag = "t", content = "c", deny_unknown_fields)]
enum AdjacentExact {
    Unit,
    Named { a: u8 },
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(tag = "tag name", content = "content-name", rename_all = "UPPERCASE")]
enum AdjacentOddNames {
    One(u8),
    Two,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
enum Untagged {
    Number(f64),
    Text(String),
    Pair(u8, u8),
    Sized(Size),
    Named { name: String },
    Null,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
enum UntaggedOverlap {
    Small { a: u8 },
    Large { a: u8, b: u8 },
    Text { a: String },
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
enum UntaggedDocs {
    /// A number.
    Number(u8),
    /// Several.
    Numbers(Vec<u8>),
}

#[derive(Deserialize, Serialize, JsonSchema)]
enum UntaggedVariant {
    Known(u8),
    Unit,
    #[serde(untagged)]
    Other(String),
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(tag = "kind")]
enum InternalWithUntagged {
    Known { a: u8 },
    #[serde(untagged)]
    Other { b: u8 },
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct HoldsTagged {
    list: Vec<Internal>,
    maybe: Option<Adjacent>,
    map: BTreeMap<String, Untagged>,
}

fn size() -> Size {
    Size { width: 1, height: 2 }
}

fn internal() -> Vec<Internal> {
    vec![
        Internal::Empty,
        Internal::Circle { radius: 1.5 },
        Internal::Sized(size()),
        Internal::Optional { note: None },
    ]
}

fn text() -> String {
    "a".to_owned()
}

super::entry::zoo! {
    both Internal: internal();
    both InternalRenamed: [InternalRenamed::MoveTo { new_place: text() }, InternalRenamed::ShutDown];
    both InternalExact: [InternalExact::Empty, InternalExact::Circle { radius: 1.0 }];
    both InternalOfMap: [InternalOfMap::Labels(BTreeMap::from([(text(), text())])), InternalOfMap::None];
    both InternalOfEnum: [InternalOfEnum::Inner(Internal::Circle { radius: 1.0 }), InternalOfEnum::Inner(Internal::Empty), InternalOfEnum::Flat { a: 1 }];
    both InternalOfUnit: [InternalOfUnit::Nothing(()), InternalOfUnit::Something { a: 1 }];
    both InternalOther: [InternalOther::Known { a: 1 }, InternalOther::Unknown];
    both Adjacent: [Adjacent::Unit, Adjacent::Number(1), Adjacent::Pair(1, text()), Adjacent::Named { a: 1, b: None }, Adjacent::Sized(size()), Adjacent::Maybe(None)];
    input Adjacent: [serde_json::json!({ "t": "Maybe" })];
    both AdjacentExact: [AdjacentExact::Unit, AdjacentExact::Named { a: 1 }];
    both AdjacentOddNames: [AdjacentOddNames::One(1), AdjacentOddNames::Two];
    both Untagged: [Untagged::Number(1.5), Untagged::Text(text()), Untagged::Pair(1, 2), Untagged::Sized(size()), Untagged::Named { name: text() }, Untagged::Null];
    both UntaggedOverlap: [UntaggedOverlap::Small { a: 1 }, UntaggedOverlap::Large { a: 1, b: 2 }, UntaggedOverlap::Text { a: text() }];
    both OneOrMany: [OneOrMany::One(text()), OneOrMany::Many(vec![text()])];
    both UntaggedDocs: [UntaggedDocs::Number(1), UntaggedDocs::Numbers(vec![1])];
    both UntaggedVariant: [UntaggedVariant::Known(1), UntaggedVariant::Unit, UntaggedVariant::Other(text())];
    both InternalWithUntagged: [InternalWithUntagged::Known { a: 1 }, InternalWithUntagged::Other { b: 1 }];
    both HoldsTagged: [HoldsTagged { list: internal(), maybe: Some(Adjacent::Unit), map: BTreeMap::from([(text(), Untagged::Null)]) }];
}
