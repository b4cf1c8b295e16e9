//! JSON Schema to types.
//!
//! A type must never be narrower than its schema, or a script that is right would be refused. Where TypeScript can't say
//! what a keyword says, the type is as wide as needed and, as far as a doc comment can, the docs say the rest.

use std::fmt;

use serde_json::{Map, Value};

use super::docs;
use super::graph::{Direction, Graph, Root};
use crate::algebra::{intersect, intersect_all, literal, plain, unite};
use crate::document::{self, get};
use crate::error::DeclarationError;
use crate::exact::TYPE_KEYWORD;
use crate::model::{Docs, Member, Object, Property, Rest, Tuple, Type};

/// Arrays of a fixed length up to this one are tuples. Longer ones would only be unreadable; the length is in the doc
/// comment then.
const MAX_TUPLE: u64 = 8;

/// Keywords that make a schema without `type` one of objects: by the letter they say nothing about other values, but
/// nobody who writes them means those.
const OF_OBJECTS: &[&str] = &[
    "additionalProperties",
    "patternProperties",
    "properties",
    "required",
];
const OF_ARRAYS: &[&str] = &["items", "prefixItems"];

/// Reads the schemas of one root.
pub(crate) struct Reader<'a> {
    pub(crate) graph: &'a Graph<'a>,
    pub(crate) root: &'a Root<'a>,
    /// The root's place among all.
    pub(crate) number: usize,
}

/// Where a schema stands within the tool's types. It is put into words only for an error.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    outer: Option<&'a Place<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Named(&'a str),
    Property(&'a str),
    Item,
    Key,
}

impl<'a> Place<'a> {
    /// A place to start from.
    pub(crate) fn named(name: &'a str) -> Self {
        Self {
            outer: None,
            step: Step::Named(name),
        }
    }

    fn inner(&'a self, step: Step<'a>) -> Self {
        Self {
            outer: Some(self),
            step,
        }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(outer) = self.outer {
            outer.fmt(formatter)?;
        }
        match self.step {
            Step::Named(name) => formatter.write_str(name),
            Step::Property(name) => write!(formatter, ".{name}"),
            Step::Item => formatter.write_str("[]"),
            Step::Key => formatter.write_str("[key]"),
        }
    }
}

type Read<T> = Result<T, DeclarationError>;

impl Reader<'_> {
    /// The type of the root itself: the name that it goes by, or what it says, with its docs.
    pub(crate) fn root(&self, place: &str) -> Read<(Docs, Type)> {
        match self.graph.find(self.number, "") {
            Some(definition) => Ok((Docs::default(), Type::Named(definition))),
            None => self.read(self.root.document.root, Place::named(place)),
        }
    }

    /// The type that a schema describes, with its docs. `place` is where the schema stands, for errors.
    pub(crate) fn read(&self, schema: &Value, place: Place<'_>) -> Read<(Docs, Type)> {
        match schema {
            Value::Bool(true) => Ok((Docs::default(), Type::Unknown)),
            Value::Bool(false) => Ok((Docs::default(), Type::Never)),
            Value::Object(keywords) => Ok((
                docs::docs(keywords, self.root.direction == Direction::Input),
                self.keywords(schema, keywords, place)?,
            )),
            _ => Err(self.refuse(place, "its schema is neither an object nor a boolean")),
        }
    }

    fn ty(&self, schema: &Value, place: Place<'_>) -> Read<Type> {
        self.read(schema, place).map(|(_, ty)| ty)
    }

    /// All keywords hold at once.
    fn keywords(
        &self,
        schema: &Value,
        keywords: &Map<String, Value>,
        place: Place<'_>,
    ) -> Read<Type> {
        let reference = document::reference(schema)
            .map(|reference| self.reference(reference, place))
            .transpose()?;
        if let (Some(reference), false) = (&reference, self.root.document.siblings_count) {
            return Ok(or_null(keywords, reference.clone()));
        }
        let mut parts = vec![self.own_type(keywords, place)?];
        for keyword in ["anyOf", "oneOf"] {
            if let Some(alternatives) = get(keywords, keyword).and_then(Value::as_array) {
                let members = alternatives.iter().map(|inner| {
                    self.read(inner, place).map(|(mut docs, ty)| {
                        // They are said of all members together, since a member that says nothing else vanishes.
                        docs.tags.retain(|tag| !docs::is_note(tag));
                        Member { docs, ty }
                    })
                });
                parts.push(unite(members.collect::<Read<Vec<_>>>()?));
            }
        }
        for inner in get(keywords, "allOf")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            parts.push(self.ty(inner, place)?);
        }
        if get(keywords, "if").is_some() {
            // Which of the two holds depends on the value; either way it is one of them.
            let branch = |keyword| {
                get(keywords, keyword).map_or(Ok(Type::Unknown), |inner| self.ty(inner, place))
            };
            parts.push(unite(vec![plain(branch("then")?), plain(branch("else")?)]));
        }
        if matches!(get(keywords, "not"), Some(Value::Bool(true)))
            || get(keywords, "not")
                .and_then(Value::as_object)
                .is_some_and(Map::is_empty)
        {
            parts.push(Type::Never);
        }
        // Last, so that the tag of an internally tagged enum comes before what it tags.
        parts.extend(reference);
        Ok(or_null(keywords, intersect_all(parts)))
    }

    fn reference(&self, reference: &str, place: Place<'_>) -> Read<Type> {
        self.root
            .document
            .resolve(reference)
            .and_then(|(pointer, _)| self.graph.find(self.number, &pointer))
            .map(Type::Named)
            .ok_or_else(|| {
                self.refuse(
                    place,
                    format!("its schema refers to `{reference}`, which isn't part of it"),
                )
            })
    }

    /// What `type`, `const` and `enum` say, with the keywords that belong to a type.
    fn own_type(&self, keywords: &Map<String, Value>, place: Place<'_>) -> Read<Type> {
        let opted_in = match get(keywords, TYPE_KEYWORD).and_then(Value::as_str) {
            Some("bigint") => Some(Type::BigInt),
            Some("bytes") => Some(Type::Bytes),
            _ => None,
        };
        if let Some(ty) = opted_in {
            let kinds = get(keywords, "type").and_then(Value::as_array);
            let null = kinds.filter(|kinds| kinds.iter().any(|kind| kind == "null"));
            return Ok(unite(
                std::iter::once(ty)
                    .chain(null.map(|_| Type::Null))
                    .map(plain)
                    .collect(),
            ));
        }
        let values = match (
            get(keywords, "const"),
            get(keywords, "enum").and_then(Value::as_array),
        ) {
            (Some(value), _) => Some(literal(value)),
            (None, Some(values)) => Some(unite(values.iter().map(literal).map(plain).collect())),
            (None, None) => None,
        };
        let has = |set: &[&str]| set.iter().any(|keyword| get(keywords, keyword).is_some());
        let ty = match get(keywords, "type") {
            Some(Value::String(name)) => self.named_type(name, keywords, place)?,
            Some(Value::Array(names)) => {
                let members = names.iter().map(|name| {
                    let name = name.as_str().unwrap_or_default();
                    self.named_type(name, keywords, place).map(plain)
                });
                unite(members.collect::<Read<Vec<_>>>()?)
            }
            Some(_) => {
                return Err(
                    self.refuse(place, "its schema's `type` is neither a string nor a list")
                );
            }
            None if values.is_some() => Type::Unknown,
            None if has(OF_OBJECTS) => self.object(keywords, place)?,
            None if has(OF_ARRAYS) => self.array(keywords, place)?,
            // Kubernetes has a keyword of its own for this, and says nothing else then.
            None if get(keywords, "x-kubernetes-int-or-string") == Some(&Value::Bool(true)) => {
                unite(vec![plain(Type::Number), plain(Type::String)])
            }
            None => Type::Unknown,
        };
        Ok(match values {
            Some(values) => intersect(values, ty),
            None => ty,
        })
    }

    fn named_type(
        &self,
        name: &str,
        keywords: &Map<String, Value>,
        place: Place<'_>,
    ) -> Read<Type> {
        match name {
            "null" => Ok(Type::Null),
            "boolean" => Ok(Type::Boolean),
            "integer" | "number" => Ok(Type::Number),
            "string" => Ok(Type::String),
            "array" => self.array(keywords, place),
            "object" => self.object(keywords, place),
            _ => Err(self.refuse(place, format!("its schema has the unknown type `{name}`"))),
        }
    }

    fn array(&self, keywords: &Map<String, Value>, place: Place<'_>) -> Read<Type> {
        let place = place.inner(Step::Item);
        let bound = |keyword: &str| get(keywords, keyword).and_then(Value::as_u64);
        let (min, max) = (bound("minItems").unwrap_or_default(), bound("maxItems"));
        let read = |schema: Option<&Value>| {
            schema.map_or(Ok(Type::Unknown), |schema| self.ty(schema, place))
        };
        // The places of a tuple were in `items` before 2020-12, and what is behind them in `additionalItems`.
        let (places, behind) = match (get(keywords, "prefixItems"), get(keywords, "items")) {
            // A list beside the newer form is of neither.
            (Some(Value::Array(places)), items) => {
                (places.as_slice(), items.filter(|items| !items.is_array()))
            }
            (_, Some(Value::Array(places))) => {
                (places.as_slice(), get(keywords, "additionalItems"))
            }
            (_, items) => (&[][..], items),
        };
        if places.is_empty() {
            let item = read(behind)?;
            return Ok(match max {
                Some(max) if max == min && max <= MAX_TUPLE => fixed(&item, max),
                _ if item == Type::Never => fixed(&item, 0),
                _ => Type::Array(Box::new(item)),
            });
        }
        let mut items = places
            .iter()
            .map(|schema| self.ty(schema, place))
            .collect::<Read<Vec<_>>>()?;
        let rest = match (read(behind)?, max) {
            (Type::Never, _) => None,
            (_, Some(max)) if max <= items.len() as u64 => {
                items.truncate(usize::try_from(max).unwrap_or(usize::MAX));
                None
            }
            (rest, _) => Some(Box::new(rest)),
        };
        let required = usize::try_from(min).unwrap_or(usize::MAX).min(items.len());
        Ok(Type::Tuple(Tuple {
            items,
            required,
            rest,
        }))
    }

    fn object(&self, keywords: &Map<String, Value>, place: Place<'_>) -> Read<Type> {
        let empty = Map::new();
        let named = get(keywords, "properties")
            .and_then(Value::as_object)
            .unwrap_or(&empty);
        let required: Vec<&str> = get(keywords, "required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let mut properties = named
            .iter()
            .map(|(name, schema)| {
                let (mut docs, mut ty) = self.read(schema, place.inner(Step::Property(name)))?;
                if docs.is_empty() {
                    docs = docs_of_only_member(&mut ty);
                }
                Ok(Property {
                    name: name.clone(),
                    optional: !required.contains(&name.as_str()),
                    docs,
                    ty,
                })
            })
            .collect::<Read<Vec<_>>>()?;
        let rest = self.rest(keywords, place)?;
        for name in required {
            if !properties.iter().any(|property| property.name == name) && !named.contains_key(name)
            {
                properties.push(Property {
                    name: name.to_owned(),
                    optional: false,
                    docs: Docs::default(),
                    ty: match &rest {
                        Rest::Open => Type::Unknown,
                        Rest::Closed => Type::Never,
                        Rest::Typed(ty) => ty.as_ref().clone(),
                    },
                });
            }
        }
        Ok(Type::Object(Object { properties, rest }))
    }

    /// What may stand beside the named properties.
    fn rest(&self, keywords: &Map<String, Value>, place: Place<'_>) -> Read<Rest> {
        let place = place.inner(Step::Key);
        let mut values = Vec::new();
        // Which keys match a pattern can't be said, so the values of all patterns are possible under every key.
        for schema in get(keywords, "patternProperties")
            .and_then(Value::as_object)
            .into_iter()
            .flat_map(Map::values)
        {
            values.push(plain(self.ty(schema, place)?));
        }
        let others = match get(keywords, "additionalProperties") {
            None => return Ok(Rest::Open),
            Some(schema) => self.ty(schema, place)?,
        };
        Ok(match others {
            Type::Never if values.is_empty() => Rest::Closed,
            others => {
                values.push(plain(others));
                Rest::Typed(Box::new(unite(values)))
            }
        })
    }

    fn refuse(&self, place: Place<'_>, problem: impl Into<String>) -> DeclarationError {
        let Root { source, path, .. } = self.root;
        DeclarationError::of_schema(*source, path.clone(), place.to_string(), problem)
    }
}

/// The type with the `null` that a schema allows beside, in the words of `OpenAPI`.
fn or_null(keywords: &Map<String, Value>, ty: Type) -> Type {
    match get(keywords, "nullable") {
        Some(Value::Bool(true)) => unite(vec![plain(ty), plain(Type::Null)]),
        _ => ty,
    }
}

/// Takes the docs of a union in which one member has some: it is what the union is about, and the others, such as `null`, need
/// no words. A literal's docs are about that value alone.
fn docs_of_only_member(ty: &mut Type) -> Docs {
    let Type::Union(members) = ty else {
        return Docs::default();
    };
    let mut documented = members.iter_mut().filter(|member| !member.docs.is_empty());
    match (documented.next(), documented.next()) {
        (Some(only), None) if !matches!(only.ty, Type::Literal(_)) => {
            std::mem::take(&mut only.docs)
        }
        _ => Docs::default(),
    }
}

fn fixed(item: &Type, length: u64) -> Type {
    let items: Vec<Type> = (0..length).map(|_| item.clone()).collect();
    Type::Tuple(Tuple {
        required: items.len(),
        items,
        rest: None,
    })
}
