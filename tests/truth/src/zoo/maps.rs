//! Maps

use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use uuid::Uuid;

#[derive(PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
enum Color {
    Red,
    #[serde(rename = "dark-green")]
    Green,
}

#[derive(PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
enum DocumentedColor {
    /// Like blood.
    Red,
    /// Like grass.
    Green,
}

#[derive(PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
struct UserId(u32);

#[derive(PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
struct UserName(String);

#[derive(PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
struct Code(#[schemars(regex(pattern = r"^[A-Z]{2}$"))] String);

#[derive(Deserialize, Serialize, JsonSchema)]
struct Scores {
    by_name: BTreeMap<String, u32>,
    by_color: HashMap<String, Option<f64>>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Labels(BTreeMap<String, String>);

#[derive(Deserialize, Serialize, JsonSchema)]
struct ByColor {
    colors: BTreeMap<Color, Labels>,
    more: Option<BTreeMap<Color, u8>>,
}

fn one<K: Ord, V>(key: K, value: V) -> BTreeMap<K, V> {
    BTreeMap::from([(key, value)])
}

fn a() -> String {
    "a".to_owned()
}

super::entry::zoo! {
    both BTreeMap<String, u32>: [BTreeMap::new(), one(a(), 1), one("__proto__".to_owned(), 2)];
    both HashMap<String, Vec<bool>>: [HashMap::from([(a(), vec![true])])];
    both IndexMap<String, u8>: [IndexMap::from([(a(), 1)])];
    both BTreeMap<u32, String>: [one(1, a())];
    both BTreeMap<i64, String>: [one(-1, a()), one(1, a())];
    both BTreeMap<u8, u8>: [one(255, 1)];
    both BTreeMap<Color, u8>: [BTreeMap::new(), one(Color::Green, 1)];
    both BTreeMap<DocumentedColor, u8>: [BTreeMap::new(), one(DocumentedColor::Red, 1)];
    both BTreeMap<UserId, u8>: [one(UserId(1), 1)];
    both BTreeMap<UserName, u8>: [one(UserName(a()), 1)];
    both BTreeMap<Code, u8>: [one(Code("DE".to_owned()), 1)];
    both BTreeMap<bool, u8>: [one(true, 1)];
    both BTreeMap<char, u8>: [one('a', 1)];
    both BTreeMap<Uuid, u8>: [one(Uuid::nil(), 1)];
    both BTreeMap<String, BTreeMap<String, u8>>: [one(a(), one(a(), 1))];
    both BTreeMap<String, (u8, u8)>: [one(a(), (1, 2))];
    both BTreeMap<String, Option<u8>>: [one(a(), None)];
    both BTreeMap<String, Value>: [one(a(), json!([1, { "a": null }]))];
    both BTreeMap<String, ()>: [one(a(), ())];
    both Map<String, Value>: [Map::from_iter([(a(), Value::Null)])];
    both Scores: [Scores { by_name: one(a(), 1), by_color: HashMap::from([(a(), None)]) }];
    both Labels: [Labels(one(a(), a()))];
    both ByColor: [ByColor { colors: one(Color::Red, Labels(BTreeMap::new())), more: None }];
    both Vec<BTreeMap<u32, Labels>>: [vec![one(1, Labels(BTreeMap::new()))]];
}
