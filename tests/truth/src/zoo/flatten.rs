//! Flattened fields

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Deserialize, Serialize, JsonSchema)]
struct Paging {
    page: u32,
    per_page: Option<u32>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct FlattenedStruct {
    query: String,
    #[serde(flatten)]
    paging: Paging,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct FlattenedTwice {
    #[serde(flatten)]
    inner: FlattenedStruct,
    #[serde(flatten)]
    more: More,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct More {
    more: bool,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct FlattenedOption {
    query: String,
    #[serde(flatten)]
    paging: Option<Paging>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct FlattenedMap {
    id: u32,
    #[serde(flatten)]
    labels: BTreeMap<String, String>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct FlattenedAnyMap {
    id: u32,
    #[serde(flatten)]
    rest: BTreeMap<String, Value>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct FlattenedMapWithOptional {
    id: Option<u32>,
    #[serde(flatten)]
    scores: BTreeMap<String, f64>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct OnlyFlattenedMap {
    #[serde(flatten)]
    labels: BTreeMap<String, u8>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(tag = "kind")]
enum Action {
    Stop,
    Go { speed: u8 },
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct FlattenedInternal {
    id: u32,
    #[serde(flatten)]
    action: Action,
}

#[derive(Deserialize, Serialize, JsonSchema)]
enum Command {
    Stop(u8),
    Go { speed: u8 },
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct FlattenedExternal {
    id: u32,
    #[serde(flatten)]
    command: Command,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(tag = "t", content = "c")]
enum Event {
    Started,
    Failed(String),
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct FlattenedAdjacent {
    id: u32,
    #[serde(flatten)]
    event: Event,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
enum Key {
    ByName { name: String },
    ById { number: u32 },
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct FlattenedUntagged {
    active: bool,
    #[serde(flatten)]
    key: Key,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct FlattenedOptionalEnum {
    id: u32,
    #[serde(flatten)]
    action: Option<Action>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Defaulted {
    #[serde(default)]
    a: u8,
    #[serde(default)]
    b: Vec<u8>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct FlattenedDefaults {
    id: u32,
    #[serde(flatten)]
    inner: Defaulted,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(tag = "kind")]
enum FlattenedInVariant {
    List {
        #[serde(flatten)]
        paging: Paging,
        filter: String,
    },
    None,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct FlattenedGeneric<T> {
    id: u32,
    #[serde(flatten)]
    inner: T,
}

fn paging() -> Paging {
    Paging { page: 1, per_page: None }
}

fn text() -> String {
    "a".to_owned()
}

fn flattened() -> FlattenedStruct {
    FlattenedStruct { query: text(), paging: paging() }
}

super::entry::zoo! {
    both FlattenedStruct: [flattened()];
    both FlattenedTwice: [FlattenedTwice { inner: flattened(), more: More { more: true } }];
    both FlattenedOption: [FlattenedOption { query: text(), paging: Some(paging()) }, FlattenedOption { query: text(), paging: None }];
    input FlattenedOption: [serde_json::json!({ "query": "a", "page": "b" })];
    both FlattenedMap: [FlattenedMap { id: 1, labels: BTreeMap::from([(text(), text())]) }];
    both FlattenedAnyMap: [FlattenedAnyMap { id: 1, rest: BTreeMap::from([(text(), Value::Null)]) }];
    both FlattenedMapWithOptional: [FlattenedMapWithOptional { id: None, scores: BTreeMap::new() }, FlattenedMapWithOptional { id: Some(1), scores: BTreeMap::from([(text(), 0.5)]) }];
    both OnlyFlattenedMap: [OnlyFlattenedMap { labels: BTreeMap::from([(text(), 1)]) }];
    both FlattenedInternal: [FlattenedInternal { id: 1, action: Action::Stop }, FlattenedInternal { id: 1, action: Action::Go { speed: 1 } }];
    both FlattenedExternal: [FlattenedExternal { id: 1, command: Command::Stop(1) }, FlattenedExternal { id: 1, command: Command::Go { speed: 1 } }];
    both FlattenedAdjacent: [FlattenedAdjacent { id: 1, event: Event::Started }, FlattenedAdjacent { id: 1, event: Event::Failed(text()) }];
    both FlattenedUntagged: [FlattenedUntagged { active: true, key: Key::ByName { name: text() } }, FlattenedUntagged { active: true, key: Key::ById { number: 1 } }];
    both FlattenedOptionalEnum: [FlattenedOptionalEnum { id: 1, action: None }, FlattenedOptionalEnum { id: 1, action: Some(Action::Go { speed: 1 }) }];
    both FlattenedDefaults: [FlattenedDefaults { id: 1, inner: Defaulted { a: 1, b: vec![1] } }];
    both FlattenedInVariant: [FlattenedInVariant::List { paging: paging(), filter: text() }, FlattenedInVariant::None];
    both FlattenedGeneric<Paging>: [FlattenedGeneric { id: 1, inner: paging() }];
    both FlattenedGeneric<Action>: [FlattenedGeneric { id: 1, inner: Action::Stop }];
}
