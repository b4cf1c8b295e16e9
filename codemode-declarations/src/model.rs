//! TypeScript types as data: what schemas are read into and what is printed.

use std::hash::{DefaultHasher, Hash, Hasher as _};

use serde_json::Value;

/// A TypeScript type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Type {
    Unknown,
    Never,
    Null,
    /// What an optional property is read as where it is absent. No JSON value.
    Undefined,
    /// The property of this name that every object inherits. No JSON value.
    Inherited(&'static str),
    Boolean,
    Number,
    String,
    BigInt,
    /// A `Uint8Array`.
    Bytes,
    /// A string, number or boolean that stands for itself.
    Literal(Value),
    Array(Box<Type>),
    Tuple(Tuple),
    Object(Object),
    Union(Vec<Member>),
    Intersection(Vec<Type>),
    /// A declared type, by its index among the declarations.
    Named(usize),
}

/// An array whose first places have types of their own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Tuple {
    pub(super) items: Vec<Type>,
    /// How many of them are always there.
    pub(super) required: usize,
    /// The type of everything behind them; `None` if there is nothing.
    pub(super) rest: Option<Box<Type>>,
}

/// One alternative of a union.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Member {
    pub(super) docs: Docs,
    pub(super) ty: Type,
}

/// An object.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Object {
    pub(super) properties: Vec<Property>,
    pub(super) rest: Rest,
}

/// What properties an object has beside those that are named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Rest {
    /// There may be some; reading them is no part of the promise.
    #[default]
    Open,
    /// None.
    Closed,
    /// Any number, of this type.
    Typed(Box<Type>),
}

/// A property of an object.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Property {
    pub(super) name: String,
    pub(super) optional: bool,
    pub(super) docs: Docs,
    pub(super) ty: Type,
}

/// What goes into a doc comment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Docs {
    /// Markdown; may have several lines.
    pub(super) text: String,
    /// Tag and value, without the `@`; the value may be empty.
    pub(super) tags: Vec<(String, String)>,
}

impl Docs {
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.tags.is_empty()
    }
}

/// A type with a name.
#[derive(Clone, Debug)]
pub(super) struct Declaration {
    pub(super) name: String,
    pub(super) docs: Docs,
    pub(super) ty: Type,
}

/// A tool as a function.
#[derive(Clone, Debug)]
pub(super) struct Function {
    pub(super) name: String,
    pub(super) docs: Docs,
    /// The type of the one parameter, and whether it may be left out.
    pub(super) input: Option<(Type, bool)>,
    pub(super) output: Type,
}

/// A namespace with its functions and the types that only they use.
#[derive(Clone, Debug)]
pub(super) struct Namespace {
    pub(super) name: String,
    pub(super) functions: Vec<Function>,
    /// Indices into the declarations.
    pub(super) types: Vec<usize>,
    /// What several comments refer to by its number, from 1.
    pub(super) notes: Vec<String>,
}

/// A short name for `Promise`, and what it is a promise of when nothing is said.
#[derive(Clone, Debug)]
pub(super) struct Promise {
    pub(super) name: String,
    pub(super) default: Type,
}

/// Everything that is printed into one file.
#[derive(Clone, Debug, Default)]
pub(super) struct Module {
    pub(super) namespaces: Vec<Namespace>,
    /// Indices of types that several namespaces use.
    pub(super) shared: Vec<usize>,
    pub(super) declarations: Vec<Declaration>,
    /// A short name for `Promise`.
    pub(super) promise: Option<Promise>,
}

/// A number for something, which nothing else has but by a chance of one in 2^128.
pub(super) fn fingerprint(of: &impl Hash) -> u128 {
    let half = |seed: u8| {
        let mut hasher = DefaultHasher::new();
        seed.hash(&mut hasher);
        of.hash(&mut hasher);
        u128::from(hasher.finish())
    };
    half(0) << 64 | half(1)
}
