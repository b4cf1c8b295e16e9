//! Behind serde's buffer: `flatten`, `tag` and `untagged`

use std::collections::{BTreeMap, HashMap};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Deserialize, Serialize, JsonSchema)]
struct Table<T> {
    cells: T,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Flat<T> {
    id: u8,
    #[serde(flatten)]
    inner: Table<T>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(tag = "kind")]
enum Tagged<T> {
    Table { cells: T },
    None,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(tag = "kind", content = "content")]
enum Adjacent<T> {
    Cells(T),
    None,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
enum Untagged<T> {
    Table { cells: T },
    Flag(bool),
}

#[derive(PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
struct RowId(u32);

#[derive(PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
enum Side {
    Left,
    Right,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct FlattenedNumbers {
    id: u8,
    #[serde(flatten)]
    cells: BTreeMap<u32, bool>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(tag = "kind")]
enum TaggedNumbers {
    Cells(BTreeMap<u32, bool>),
    None,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
enum NumbersOrFlags {
    Numbers(BTreeMap<u8, u8>),
    Flags(BTreeMap<bool, String>),
    Names(BTreeMap<String, String>),
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(tag = "kind")]
enum Values {
    Numbers { float: f64, single: f32, wide: Option<i64>, list: Vec<u64> },
    Any { value: Value, more: HashMap<String, Value> },
    Texts { letter: char, pair: (String, bool), nothing: () },
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
enum NumberOrText {
    Whole(u8),
    Number(f64),
    Text(String),
    Anything(Value),
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
enum Tree {
    Leaf(f64),
    Branches(BTreeMap<u8, Tree>),
}

fn one<K: Ord, V>(key: K, value: V) -> BTreeMap<K, V> {
    BTreeMap::from([(key, value)])
}

fn values() -> Vec<Values> {
    vec![
        Values::Numbers { float: 0.5, single: 1.5, wide: Some(-1), list: vec![1] },
        Values::Any { value: json!([0.5, { "1": 1 }]), more: HashMap::from([("1".to_owned(), json!(1.5))]) },
        Values::Texts { letter: 'é', pair: ("1".to_owned(), true), nothing: () },
    ]
}

super::entry::zoo! {
    both Flat<BTreeMap<u32, String>>: [Flat { id: 1, inner: Table { cells: one(1, "a".to_owned()) } }];
    both Tagged<BTreeMap<i64, bool>>: [Tagged::Table { cells: one(-1, true) }, Tagged::None];
    both Adjacent<BTreeMap<u8, u8>>: [Adjacent::Cells(one(1, 2)), Adjacent::None];
    both Untagged<BTreeMap<u16, Option<f64>>>: [Untagged::Table { cells: one(1, Some(0.5)) }, Untagged::Flag(true)];
    both Tagged<BTreeMap<RowId, u8>>: [Tagged::Table { cells: one(RowId(1), 2) }];
    both Tagged<BTreeMap<Side, u8>>: [Tagged::Table { cells: one(Side::Left, 2) }];
    both Flat<BTreeMap<bool, u8>>: [Flat { id: 1, inner: Table { cells: one(true, 2) } }];
    both Untagged<BTreeMap<char, u8>>: [Untagged::Table { cells: one('1', 2) }];
    both Tagged<Vec<BTreeMap<u8, BTreeMap<u8, String>>>>: [Tagged::Table { cells: vec![one(1, one(2, "1".to_owned()))] }];
    both Flat<Tagged<Adjacent<BTreeMap<u8, u8>>>>: [Flat { id: 1, inner: Table { cells: Tagged::Table { cells: Adjacent::Cells(one(1, 2)) } } }];
    both Tagged<u128>: [Tagged::Table { cells: 1 }];
    both Flat<Option<i128>>: [Flat { id: 1, inner: Table { cells: Some(-1) } }];
    both FlattenedNumbers: [FlattenedNumbers { id: 1, cells: one(1, true) }];
    both TaggedNumbers: [TaggedNumbers::Cells(one(1, true)), TaggedNumbers::None];
    both NumbersOrFlags: [NumbersOrFlags::Numbers(one(1, 2)), NumbersOrFlags::Flags(one(true, "a".to_owned())), NumbersOrFlags::Names(one("1".to_owned(), "a".to_owned()))];
    both Values: values();
    both NumberOrText: [NumberOrText::Whole(1), NumberOrText::Number(0.5), NumberOrText::Text("a".to_owned()), NumberOrText::Anything(json!([0.5]))];
    both Tree: [Tree::Branches(one(1, Tree::Branches(one(2, Tree::Leaf(0.5)))))];
}
