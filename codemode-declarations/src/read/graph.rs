//! The types that need names, merged: what several tools use appears once.
//!
//! Every tool brings schemas of its own, each with definitions of its own. Two definitions are one type when they have the
//! same name and the same content, and so has everything that they refer to.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hasher as _};

use serde_json::Value;

use crate::document::{self, Document, Holds};
use crate::names;
use crate::source::Source;

/// Which contract of serde a schema is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Direction {
    Input,
    Output,
}

/// One of a tool's schemas.
#[derive(Debug)]
pub(crate) struct Root<'a> {
    /// The function's place among all.
    pub(crate) tool: usize,
    /// The tool's `namespace.name`.
    pub(crate) path: String,
    pub(crate) source: Source,
    pub(crate) namespace: &'a str,
    pub(crate) direction: Direction,
    pub(crate) document: Document<'a>,
    /// What the schema itself is called where something refers to it as a whole.
    pub(crate) name: String,
}

/// A type with a name.
#[derive(Debug)]
pub(crate) struct Definition<'a> {
    pub(crate) name: String,
    /// Where it is read from: a root, and a schema within that.
    pub(crate) root: usize,
    pub(crate) schema: &'a Value,
    pub(crate) namespaces: BTreeSet<&'a str>,
    directions: BTreeSet<Direction>,
    wanted: String,
}

/// All types with names.
#[derive(Debug, Default)]
pub(crate) struct Graph<'a> {
    pub(crate) definitions: Vec<Definition<'a>>,
    /// From a root and a pointer in it to a definition.
    index: HashMap<(usize, String), usize>,
}

struct Node<'a> {
    root: usize,
    pointer: String,
    schema: &'a Value,
    wanted: String,
    /// The name without a number that only tells it from another type of its name. schemars numbers in the order in which
    /// it finds types, so one type may have different numbers in different tools.
    unnumbered: String,
    /// Nodes that it refers to, in the order of its text.
    refers_to: Vec<usize>,
    class: usize,
}

impl<'a> Graph<'a> {
    pub(crate) fn new(roots: &[Root<'a>]) -> Self {
        let mut nodes = collect(roots);
        let classes = classify(&mut nodes);
        let mut definitions: Vec<Definition<'a>> = Vec::with_capacity(classes);
        // Classes are numbered in the order of their first nodes, and so of the tools.
        for node in &nodes {
            let root = &roots[node.root];
            if node.class == definitions.len() {
                definitions.push(Definition {
                    name: String::new(),
                    root: node.root,
                    schema: node.schema,
                    namespaces: BTreeSet::new(),
                    directions: BTreeSet::new(),
                    wanted: node.wanted.clone(),
                });
            }
            let definition = &mut definitions[node.class];
            definition.namespaces.insert(root.namespace);
            definition.directions.insert(root.direction);
            if node.wanted.len() < definition.wanted.len() {
                definition.wanted.clone_from(&node.wanted);
            }
        }
        name_all(&mut definitions);
        let index = nodes
            .into_iter()
            .map(|node| ((node.root, node.pointer), node.class))
            .collect();
        Self { definitions, index }
    }

    /// The definition at a pointer of a root.
    pub(crate) fn find(&self, root: usize, pointer: &str) -> Option<usize> {
        self.index.get(&(root, pointer.to_owned())).copied()
    }
}

/// Everything that is referred to, from the roots on, each with what it refers to itself.
fn collect<'a>(roots: &[Root<'a>]) -> Vec<Node<'a>> {
    let mut nodes = Nodes::default();
    for (number, root) in roots.iter().enumerate() {
        let mut next = nodes.all.len();
        let schema = root.document.root;
        // An object with properties reads better under a name of its own than between a function's parentheses.
        if schema
            .get("properties")
            .and_then(Value::as_object)
            .is_some_and(|named| !named.is_empty())
        {
            nodes.at(number, root, String::new(), schema);
        } else {
            nodes.referred_to(number, root, schema);
        }
        while let Some(schema) = nodes.all.get(next).map(|node| node.schema) {
            nodes.all[next].refers_to = nodes.referred_to(number, root, schema);
            next += 1;
        }
    }
    nodes.all
}

#[derive(Default)]
struct Nodes<'a> {
    all: Vec<Node<'a>>,
    index: HashMap<(usize, String), usize>,
}

impl<'a> Nodes<'a> {
    fn referred_to(&mut self, number: usize, root: &Root<'a>, schema: &'a Value) -> Vec<usize> {
        references(schema)
            .filter_map(|reference| root.document.resolve(reference))
            .map(|(pointer, schema)| self.at(number, root, pointer, schema))
            .collect()
    }

    fn at(&mut self, number: usize, root: &Root<'a>, pointer: String, schema: &'a Value) -> usize {
        let key = (number, pointer);
        if let Some(known) = self.index.get(&key) {
            return *known;
        }
        let pointer = &key.1;
        self.all.push(Node {
            root: number,
            wanted: names::of_definition(pointer, &root.name),
            unnumbered: unnumbered(pointer, &root.document, &root.name),
            pointer: pointer.clone(),
            schema,
            refers_to: Vec::new(),
            class: 0,
        });
        self.index.insert(key, self.all.len() - 1);
        self.all.len() - 1
    }
}

/// The references in a schema, but for those in its definitions: they count where they are referred to.
fn references(schema: &Value) -> impl Iterator<Item = &str> {
    let mut open = vec![schema];
    std::iter::from_fn(move || {
        loop {
            let schema = open.pop()?;
            let known = open.len();
            document::for_each_subschema(schema, |step, inner| {
                if !step.is_definition() {
                    open.push(inner);
                }
            });
            open[known..].reverse();
            if let Some(reference) = document::reference(schema) {
                return Some(reference);
            }
        }
    })
}

fn unnumbered(pointer: &str, document: &Document<'_>, root: &str) -> String {
    let stem = pointer.trim_end_matches(|last: char| last.is_ascii_digit());
    let exists = stem != pointer && document.root.pointer(stem).is_some_and(Value::is_object);
    names::of_definition(if exists { stem } else { pointer }, root)
}

/// Numbers the nodes so that two have one number exactly when they are one type, and returns how many numbers there are.
///
/// Starts with what nodes are by themselves, then tells those apart that refer to different things, until nothing is left
/// to tell apart.
fn classify(nodes: &mut [Node<'_>]) -> usize {
    let mut uses: HashMap<&str, usize> = HashMap::with_capacity(nodes.len());
    for node in nodes.iter() {
        *uses.entry(&node.unnumbered).or_default() += 1;
    }
    let mut text = Vec::new();
    let mut known: HashMap<(&str, u128), usize> = HashMap::with_capacity(nodes.len());
    let classes: Vec<usize> = nodes
        .iter()
        .map(|node| {
            let name = node.unnumbered.as_str();
            // What has a name of its own needs no comparison.
            let content = match uses.get(name) {
                Some(1) => 0,
                _ => fingerprint(node.schema, &mut text),
            };
            let next = known.len();
            *known.entry((name, content)).or_insert(next)
        })
        .collect();
    let mut count = known.len();
    for (node, class) in nodes.iter_mut().zip(classes) {
        node.class = class;
    }
    loop {
        let mut refined: HashMap<(usize, Vec<usize>), usize> = HashMap::new();
        let classes: Vec<usize> = nodes
            .iter()
            .map(|node| {
                let refers_to = node
                    .refers_to
                    .iter()
                    .map(|target| nodes[*target].class)
                    .collect();
                let next = refined.len();
                *refined.entry((node.class, refers_to)).or_insert(next)
            })
            .collect();
        for (node, class) in nodes.iter_mut().zip(classes) {
            node.class = class;
        }
        if refined.len() == count {
            return count;
        }
        count = refined.len();
    }
}

/// What a schema says by itself: all of it but its definitions and the names that references have in this document.
///
/// `text` is room that is used for one schema after the other.
fn fingerprint(schema: &Value, text: &mut Vec<u8>) -> u128 {
    text.clear();
    write(schema, Kind::Schema, text);
    let half = |seed: u8| {
        let mut hasher = DefaultHasher::new();
        hasher.write_u8(seed);
        hasher.write(text);
        u128::from(hasher.finish())
    };
    half(0) << 64 | half(1)
}

/// What a part of a schema is.
#[derive(Clone, Copy)]
enum Kind {
    Schema,
    /// Schemas by name.
    Named,
    Data,
}

impl Kind {
    fn of(self, key: &str) -> Self {
        match self {
            Self::Schema if document::is_data(key) => Self::Data,
            Self::Schema if document::holds(key) == Some(Holds::Named) => Self::Named,
            Self::Schema | Self::Named => Self::Schema,
            Self::Data => Self::Data,
        }
    }
}

/// Appends a text that no other schema has. A string's length stands before it, so that none can be taken for two.
fn write(value: &Value, kind: Kind, text: &mut Vec<u8>) {
    let string = |string: &str, text: &mut Vec<u8>| {
        text.extend(string.len().to_le_bytes());
        text.extend_from_slice(string.as_bytes());
    };
    match value {
        Value::Object(fields) => {
            text.push(b'{');
            for (key, value) in fields {
                let is_keyword = matches!(kind, Kind::Schema);
                if is_keyword && matches!(key.as_str(), "$defs" | "definitions" | "$schema" | "$id")
                {
                    continue;
                }
                string(key, text);
                if !is_keyword || key != "$ref" || !value.is_string() {
                    write(value, kind.of(key), text);
                }
            }
            text.push(b'}');
        }
        Value::Array(values) => {
            text.push(b'[');
            for value in values {
                write(value, kind, text);
            }
            text.push(b']');
        }
        Value::String(content) => {
            text.push(b'"');
            string(content, text);
        }
        other => {
            text.push(b'#');
            string(&other.to_string(), text);
        }
    }
}

/// Gives every definition a name that nothing else in its scope has.
///
/// A type of one namespace is declared inside it, one of several outside of all; so two types may share a name only when
/// they belong to different namespaces. The first in the order of the tools keeps the name. Where a type differs between
/// the two directions, as one with an `Option` does, the input's is called so.
fn name_all(definitions: &mut [Definition<'_>]) {
    let mut order: Vec<usize> = (0..definitions.len()).collect();
    let is_input =
        |definition: &Definition<'_>| !definition.directions.contains(&Direction::Output);
    order.sort_by_key(|position| is_input(&definitions[*position]));
    let mut taken: BTreeMap<String, Vec<BTreeSet<&str>>> = BTreeMap::new();
    // Names as they were wanted come first, so that a number is never put where somebody else's name stands.
    let mut late = Vec::new();
    for position in order {
        let definition = &mut definitions[position];
        let wanted = definition.wanted.clone();
        if !take(&mut taken, &wanted, definition) {
            late.push(position);
        }
    }
    for position in late {
        let definition = &mut definitions[position];
        let base = if is_input(definition) && !definition.wanted.ends_with("Input") {
            format!("{}Input", definition.wanted)
        } else {
            definition.wanted.clone()
        };
        let numbered = (2_u32..).map(|number| format!("{base}{number}"));
        for name in std::iter::once(base.clone()).chain(numbered) {
            if take(&mut taken, &name, definition) {
                break;
            }
        }
    }
}

fn take<'a>(
    taken: &mut BTreeMap<String, Vec<BTreeSet<&'a str>>>,
    name: &str,
    definition: &mut Definition<'a>,
) -> bool {
    let scopes = taken.entry(name.to_owned()).or_default();
    let mine = &definition.namespaces;
    // A type outside of all namespaces is hidden by one of its name inside of any.
    if scopes
        .iter()
        .any(|scope| scope.len() > 1 || mine.len() > 1 || scope == mine)
    {
        return false;
    }
    scopes.push(mine.clone());
    name.clone_into(&mut definition.name);
    true
}
