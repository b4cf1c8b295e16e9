//! Generics

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::marker::PhantomData;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize, JsonSchema)]
struct Item {
    name: String,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Page<T> {
    items: Vec<T>,
    next: Option<String>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Both<A, B> {
    first: A,
    second: B,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Wrapper<T>(T);

#[derive(Deserialize, Serialize, JsonSchema)]
enum Outcome<T, E> {
    Done(T),
    Failed { error: E },
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Marked<T> {
    id: u32,
    #[serde(skip)]
    marker: PhantomData<T>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[schemars(rename = "{T}Row")]
struct Named<T> {
    row: T,
}

#[derive(Serialize, JsonSchema)]
struct Fixed<const N: usize> {
    values: Option<u8>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Text<'a> {
    text: Cow<'a, str>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct AllInstances {
    numbers: Page<u32>,
    items: Page<Item>,
    pages: Page<Page<Item>>,
    both: Both<Item, Page<bool>>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Associated<T: Associates> {
    value: T::Type,
}

trait Associates {
    type Type: Serialize + for<'de> Deserialize<'de> + JsonSchema;
}

impl Associates for Item {
    type Type = u16;
}

fn item() -> Item {
    Item { name: "a".to_owned() }
}

fn page<T>(items: Vec<T>) -> Page<T> {
    Page { items, next: None }
}

super::entry::zoo! {
    both Page<u32>: [page(vec![1])];
    both Page<Item>: [page(vec![item()])];
    both Page<Page<Item>>: [page(vec![page(vec![item()])])];
    both Page<Option<u8>>: [page(vec![None, Some(1)])];
    both Both<Item, u8>: [Both { first: item(), second: 1 }];
    both Both<u8, Item>: [Both { first: 1, second: item() }];
    both Wrapper<Item>: [Wrapper(item())];
    both Wrapper<Vec<u8>>: [Wrapper(vec![1])];
    both Outcome<Item, String>: [Outcome::Done(item()), Outcome::Failed { error: "a".to_owned() }];
    both Marked<u8>: [Marked { id: 1, marker: PhantomData }];
    both Named<Item>: [Named { row: item() }];
    output Fixed<3>: [Fixed { values: Some(1) }];
    both Text<'static>: [Text { text: Cow::Borrowed("a") }];
    both AllInstances: [AllInstances { numbers: page(vec![1]), items: page(vec![item()]), pages: page(vec![page(vec![])]), both: Both { first: item(), second: page(vec![true]) } }];
    both Associated<Item>: [Associated { value: 1 }];
    both BTreeMap<String, Page<Item>>: [BTreeMap::from([("a".to_owned(), page(vec![item()]))])];
}
