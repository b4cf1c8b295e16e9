//! Recursion

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize, JsonSchema)]
struct Tree {
    name: String,
    children: Vec<Tree>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct List {
    value: u8,
    next: Option<Box<List>>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Folder {
    files: Vec<File>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct File {
    name: String,
    inside: Option<Box<Folder>>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
enum Expression {
    Number(f64),
    Negated(Box<Expression>),
    Sum(Box<Expression>, Box<Expression>),
    Call { name: String, arguments: Vec<Expression> },
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(tag = "op", rename_all = "snake_case")]
enum Filter {
    And { all: Vec<Filter> },
    Not { filter: Box<Filter> },
    Equals { field: String, value: String },
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
enum Json {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Object(BTreeMap<String, Json>),
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Lists(Vec<Lists>);

#[derive(Deserialize, Serialize, JsonSchema)]
struct Index {
    entries: BTreeMap<String, Index>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Names(BTreeMap<String, Names>);

#[derive(Deserialize, Serialize, JsonSchema)]
struct GenericTree<T> {
    value: T,
    children: Vec<GenericTree<T>>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct FlattenedRecursion {
    id: u8,
    #[serde(flatten)]
    node: Node,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Node {
    children: Vec<FlattenedRecursion>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(tag = "type")]
enum Block {
    Text { text: String },
    Quote(Quote),
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Quote {
    blocks: Vec<Block>,
}

fn tree() -> Tree {
    Tree { name: "a".to_owned(), children: vec![Tree { name: "b".to_owned(), children: vec![] }] }
}

super::entry::zoo! {
    both Tree: [tree()];
    both Vec<Tree>: [vec![tree()]];
    both List: [List { value: 1, next: Some(Box::new(List { value: 2, next: None })) }];
    both Folder: [Folder { files: vec![File { name: "a".to_owned(), inside: Some(Box::new(Folder { files: vec![] })) }] }];
    both File: [File { name: "a".to_owned(), inside: None }];
    both Expression: [Expression::Negated(Box::new(Expression::Number(1.0))), Expression::Sum(Box::new(Expression::Number(1.0)), Box::new(Expression::Call { name: "f".to_owned(), arguments: vec![] }))];
    both Filter: [Filter::And { all: vec![Filter::Not { filter: Box::new(Filter::Equals { field: "a".to_owned(), value: "b".to_owned() }) }] }];
    both Json: [Json::Null, Json::List(vec![Json::Bool(true), Json::Number(0.5)]), Json::Object(BTreeMap::from([("a".to_owned(), Json::Text("b".to_owned()))]))];
    both Lists: [Lists(vec![Lists(vec![])])];
    both Index: [Index { entries: BTreeMap::from([("a".to_owned(), Index { entries: BTreeMap::new() })]) }];
    both Names: [Names(BTreeMap::from([("a".to_owned(), Names(BTreeMap::new()))]))];
    both GenericTree<u8>: [GenericTree { value: 1, children: vec![GenericTree { value: 2, children: vec![] }] }];
    both FlattenedRecursion: [FlattenedRecursion { id: 1, node: Node { children: vec![FlattenedRecursion { id: 2, node: Node { children: vec![] } }] } }];
    both Block: [Block::Quote(Quote { blocks: vec![Block::Text { text: "a".to_owned() }] })];
}
