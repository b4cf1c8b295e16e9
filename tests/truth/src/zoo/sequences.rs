//! Sequences and tuples

use std::collections::{BTreeSet, BinaryHeap, HashSet, LinkedList, VecDeque};

use arrayvec::ArrayVec;
use indexmap::IndexSet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

#[derive(Deserialize, Serialize, JsonSchema)]
enum Color {
    Red,
    Green,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Row(Vec<f64>);

#[derive(Deserialize, Serialize, JsonSchema)]
struct Matrix {
    rows: [[f64; 2]; 2],
    names: Vec<Vec<String>>,
    pairs: Vec<(String, u8)>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Triple(u8, Option<String>, (bool, bool));

fn a() -> String {
    "a".to_owned()
}

super::entry::zoo! {
    both Vec<String>: [vec![], vec![a(), a()]];
    both Vec<u8>: [vec![0, 255]];
    both Vec<Option<u8>>: [vec![None, Some(1)]];
    both Vec<Color>: [vec![Color::Red, Color::Green]];
    both Vec<Vec<u8>>: [vec![vec![], vec![1]]];
    both Vec<()>: [vec![(), ()]];
    both VecDeque<u8>: [VecDeque::from([1])];
    both LinkedList<u8>: [LinkedList::from([1])];
    both BinaryHeap<u8>: [BinaryHeap::from([1])];
    both BTreeSet<String>: [BTreeSet::from([a()])];
    both HashSet<u8>: [HashSet::from([1])];
    both IndexSet<String>: [IndexSet::from([a()])];
    both ArrayVec<u8, 3>: [ArrayVec::from_iter([1, 2])];
    both SmallVec<[u8; 2]>: [SmallVec::from_vec(vec![1, 2, 3])];
    both [u8; 0]: [[]];
    both [u8; 3]: [[1, 2, 3]];
    both [Option<bool>; 2]: [[None, Some(true)]];
    both [u16; 32]: [[7; 32]];
    both Box<[u8]>: [vec![1].into_boxed_slice()];
    both (u8,): [(1,)];
    both (u8, String): [(1, a())];
    both (u8, Option<u8>): [(1, None), (1, Some(2))];
    both (u8, (bool, String), Vec<u8>): [(1, (true, a()), vec![1])];
    both (u8, u8, u8, u8, u8, u8, u8, u8, u8, u8): [(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)];
    both Row: [Row(vec![0.5])];
    both Matrix: [Matrix { rows: [[0.0, 1.0], [1.0, 0.0]], names: vec![vec![a()]], pairs: vec![(a(), 1)] }];
    both Triple: [Triple(1, None, (true, false))];
    output &'static [u8]: [&[1_u8, 2][..]];
}
