//! Whether a value is of a declared type.
//!
//! Types are judged and not schemas: a type is what a script counts on, it is never narrower than its schema, and judging
//! it needs no regular expressions, fetches nothing, and is done after a bounded number of steps whatever the schema is.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde_json::{Map, Value};

use super::model::{Declaration, Member, Object, Rest, Tuple, Type};
use super::{DeclarationError, module, print};
use crate::catalogue::ToolInfo;

/// How many types a part of a value may be compared with on average, and how many more beside. A type that refers to
/// itself twice doubles the work with every level of a value, and comes to an end here.
const STEPS_PER_PART: usize = 64;
const MORE_STEPS: usize = 100_000;

/// How deep types may lie within types. Values from the wire are nested 128 deep at the most, and each level of a value
/// takes a few of types.
const MAX_DEPTH: usize = 1_000;

/// A type that is longer in print isn't shown in an error.
const MAX_SHOWN: usize = 120;

/// The declared type of a tool's result.
///
/// ```
/// use codemode_runtime::{Catalogue, ResultType};
/// use serde_json::json;
///
/// let catalogue = Catalogue::from_mcp("book", json!([{ "name": "find", "outputSchema": {
///     "type": "object", "properties": { "page": { "type": "number" } }, "required": ["page"]
/// } }]))?;
/// let result = ResultType::of(&catalogue.tools()[0])?;
/// assert_eq!(result.check(&json!({ "page": 3 })), Ok(()));
/// let misfit = result.check(&json!({ "page": null })).unwrap_err();
/// assert_eq!(misfit.to_string(), "`/page` is null, and declared as `number`");
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct ResultType {
    ty: Type,
    declarations: Vec<Declaration>,
}

/// Where and how a value isn't of its declared type.
///
/// It has no values in it, but names of properties.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} is {what}{}", subject(place), declared_as(.declared.as_deref()))]
pub struct Misfit {
    /// A JSON pointer to the place; empty for the value as a whole.
    pub place: String,
    /// What is there.
    pub what: String,
    /// The type that is declared for the place, in TypeScript, unless it is long.
    pub declared: Option<String>,
}

fn subject(place: &str) -> String {
    match place {
        "" => "it".to_owned(),
        place => format!("`{place}`"),
    }
}

fn declared_as(ty: Option<&str>) -> String {
    ty.map(|ty| format!(", and declared as `{ty}`"))
        .unwrap_or_default()
}

impl ResultType {
    /// The type as it stands in the tool's declaration.
    ///
    /// # Errors
    ///
    /// If the tool can't be declared.
    pub fn of(tool: &ToolInfo) -> Result<Self, DeclarationError> {
        let (mut module, left_out) = module::build(std::slice::from_ref(tool));
        let function = module
            .namespaces
            .pop()
            .and_then(|mut namespace| namespace.functions.pop());
        match (function, left_out.into_iter().next()) {
            (Some(function), None) => Ok(Self {
                ty: function.output,
                declarations: module.declarations,
            }),
            (_, Some(error)) => Err(error),
            (None, None) => Err(DeclarationError {
                tool: tool.path(),
                place: "output".to_owned(),
                problem: "it has no declaration".to_owned(),
                remedy: super::SCHEMA_REMEDY.to_owned(),
            }),
        }
    }

    /// Whether a result is of the type, as far as types go: bounds and patterns of a schema aren't looked at.
    ///
    /// # Errors
    ///
    /// The first place where it isn't.
    pub fn check(&self, value: &Value) -> Result<(), Misfit> {
        let mut comparison = Comparison {
            declarations: &self.declarations,
            place: Vec::new(),
            steps_left: MORE_STEPS.saturating_add(parts(value).saturating_mul(STEPS_PER_PART)),
            depth: 0,
        };
        comparison.check(value, &self.ty).map_err(|found| Misfit {
            place: pointer(&found.place),
            what: found.what.into_owned(),
            declared: found
                .ty
                .and_then(|ty| print::short(&self.declarations, ty, MAX_SHOWN)),
        })
    }
}

struct Comparison<'a> {
    declarations: &'a [Declaration],
    /// The way to the value in hand.
    place: Vec<Segment<'a>>,
    steps_left: usize,
    depth: usize,
}

#[derive(Clone, Copy)]
enum Segment<'a> {
    Name(&'a str),
    Position(usize),
}

/// What doesn't fit. It is put into words only once, since alternatives that fail are many.
struct Found<'a> {
    place: Vec<Segment<'a>>,
    what: Cow<'static, str>,
    ty: Option<&'a Type>,
    /// There is no answer, and there would be none for another alternative.
    given_up: bool,
}

type Fits<'a> = Result<(), Found<'a>>;

impl<'a> Comparison<'a> {
    fn check(&mut self, value: &'a Value, ty: &'a Type) -> Fits<'a> {
        self.steps_left = self.steps_left.saturating_sub(1);
        if self.steps_left == 0 || self.depth > MAX_DEPTH {
            return Err(Found {
                place: Vec::new(),
                what: "too intricate to be compared with its declared type".into(),
                ty: None,
                given_up: true,
            });
        }
        self.depth += 1;
        let fits = match (ty, value) {
            (Type::Unknown, _)
            | (Type::Null, Value::Null)
            | (Type::Boolean, Value::Bool(_))
            | (Type::Number, Value::Number(_))
            | (Type::String, Value::String(_)) => Ok(()),
            (Type::Literal(literal), _) if is_same(literal, value) => Ok(()),
            (Type::Array(item), Value::Array(values)) => self.items(values, |_| Some(item)),
            (Type::Tuple(tuple), Value::Array(values)) => self.tuple(values, tuple, ty),
            (Type::Object(object), Value::Object(fields)) => self.object(fields, object),
            (Type::Union(members), _) => self.any(value, members, ty),
            (Type::Intersection(parts), _) => {
                parts.iter().try_for_each(|part| self.check(value, part))
            }
            (Type::Named(index), _) => {
                let declarations: &'a [Declaration] = self.declarations;
                match declarations.get(*index) {
                    // The name says more than what it stands for.
                    Some(declared) if !may_fit(&declared.ty, value) => Err(self.misfit(value, ty)),
                    Some(declared) => self.check(value, &declared.ty),
                    None => Ok(()),
                }
            }
            _ => Err(self.misfit(value, ty)),
        };
        self.depth -= 1;
        fits
    }

    fn items(&mut self, values: &'a [Value], ty: impl Fn(usize) -> Option<&'a Type>) -> Fits<'a> {
        for (position, value) in values.iter().enumerate() {
            self.place.push(Segment::Position(position));
            match ty(position) {
                Some(ty) => self.check(value, ty)?,
                None => return Err(self.undeclared("an item")),
            }
            self.place.pop();
        }
        Ok(())
    }

    fn tuple(&mut self, values: &'a [Value], tuple: &'a Tuple, ty: &'a Type) -> Fits<'a> {
        if values.len() < tuple.required {
            let count = format!("a list of {}", values.len());
            return Err(self.found(count.into(), Some(ty)));
        }
        self.items(values, |position| {
            tuple.items.get(position).or(tuple.rest.as_deref())
        })
    }

    fn object(&mut self, fields: &'a Map<String, Value>, object: &'a Object) -> Fits<'a> {
        for property in &object.properties {
            match fields.get(&property.name) {
                Some(value) => self.at(&property.name, |inner| inner.check(value, &property.ty))?,
                None if property.optional => {}
                None => {
                    return self.at(&property.name, |inner| {
                        Err(inner.found("missing".into(), Some(&property.ty)))
                    });
                }
            }
        }
        if matches!(object.rest, Rest::Open) {
            return Ok(());
        }
        for (name, value) in fields {
            if object.properties.iter().any(|known| known.name == *name) {
                continue;
            }
            self.at(name, |inner| match &object.rest {
                Rest::Typed(ty) => inner.check(value, ty),
                Rest::Open => Ok(()),
                Rest::Closed => Err(inner.undeclared("a property")),
            })?;
        }
        Ok(())
    }

    /// Whether one of several fits. If none does and only one could have, what is wrong with that one says the most.
    fn any(&mut self, value: &'a Value, members: &'a [Member], ty: &'a Type) -> Fits<'a> {
        let place = self.place.len();
        let mut nearest = Vec::new();
        for alternative in members.iter().map(|member| &member.ty) {
            match self.check(value, alternative) {
                Ok(()) => return Ok(()),
                Err(found) if found.given_up => return Err(found),
                Err(found) if self.could_be(alternative, value) => nearest.push(found),
                Err(_) => {}
            }
            self.place.truncate(place);
        }
        match (nearest.pop(), nearest.is_empty()) {
            (Some(only), true) => Err(only),
            _ => Err(self.misfit(value, ty)),
        }
    }

    fn could_be(&self, ty: &Type, value: &Value) -> bool {
        match ty {
            Type::Named(index) => self
                .declarations
                .get(*index)
                .is_some_and(|declared| may_fit(&declared.ty, value)),
            ty => may_fit(ty, value),
        }
    }

    fn at(&mut self, name: &'a str, check: impl FnOnce(&mut Self) -> Fits<'a>) -> Fits<'a> {
        self.place.push(Segment::Name(name));
        check(self)?;
        self.place.pop();
        Ok(())
    }

    fn misfit(&self, value: &Value, ty: &'a Type) -> Found<'a> {
        let what = match value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        self.found(what.into(), Some(ty))
    }

    fn undeclared(&self, what: &str) -> Found<'a> {
        self.found(format!("{what} that isn't declared").into(), None)
    }

    fn found(&self, what: Cow<'static, str>, ty: Option<&'a Type>) -> Found<'a> {
        Found {
            place: self.place.clone(),
            what,
            ty,
            given_up: false,
        }
    }
}

/// How many values a value is made of, with itself.
fn parts(value: &Value) -> usize {
    match value {
        Value::Array(values) => 1 + values.iter().map(parts).sum::<usize>(),
        Value::Object(fields) => 1 + fields.values().map(parts).sum::<usize>(),
        _ => 1,
    }
}

fn pointer(place: &[Segment<'_>]) -> String {
    let segment = |segment: &Segment<'_>| match segment {
        Segment::Name(name) => format!("/{}", name.replace('~', "~0").replace('/', "~1")),
        Segment::Position(position) => format!("/{position}"),
    };
    place.iter().map(segment).collect()
}

/// Whether the kind of a value is one that the type has, as far as it can be seen without looking further.
fn may_fit(ty: &Type, value: &Value) -> bool {
    match ty {
        Type::Object(_) => value.is_object(),
        Type::Array(_) | Type::Tuple(_) => value.is_array(),
        Type::Union(members) => members.iter().any(|member| may_fit(&member.ty, value)),
        Type::Intersection(parts) => parts.iter().all(|part| may_fit(part, value)),
        Type::Named(_) | Type::Unknown => true,
        Type::Null => value.is_null(),
        Type::Boolean => value.is_boolean(),
        Type::Number => value.is_number(),
        Type::String => value.is_string(),
        Type::Literal(literal) => is_same(literal, value),
        // None of them is JSON.
        Type::Never | Type::Undefined | Type::Inherited(_) | Type::BigInt | Type::Bytes => false,
    }
}

/// Whether two values are one to JavaScript, which has one kind of numbers.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => one.partial_cmp(&other) == Some(Ordering::Equal),
        _ => one == other,
    }
}

#[cfg(test)]
mod tests;
