//! Whether a value is of a declared type.
//!
//! Types are judged and not schemas: a type is what a script counts on, it is never narrower than its schema, and judging
//! it needs no regular expressions, fetches nothing, and is done after a bounded number of steps whatever the schema is.

mod part;
mod text;

use std::borrow::Cow;

use serde_json::Value;

use self::part::{Kind, Part};
use self::text::Text;
use super::error::DeclarationError;
use super::function::FunctionSchema;
use super::model::{Declaration, Function, Member, Object, Property, Rest, Tuple, Type};
use super::print;
use super::read::module;

/// How many types a part of a value may be compared with on average, and how many more beside. A type that refers to
/// itself twice doubles the work with every level of a value, and comes to an end here.
const STEPS_PER_PART: usize = 64;
const MORE_STEPS: usize = 100_000;

/// How deep types may lie within types. Values from the wire are nested 128 deep at the most, and each level of a value
/// takes a few of types.
const MAX_DEPTH: usize = 1_000;

/// A type that is longer in print isn't shown in an error.
const MAX_SHOWN: usize = 120;

/// The declared type of a function's result.
///
/// ```
/// use codemode_declarations::{FunctionSchema, ResultType};
/// use serde_json::json;
///
/// let page = json!({ "type": "object", "properties": { "page": { "type": "number" } }, "required": ["page"] });
/// let result = ResultType::of(FunctionSchema::new("book", "find", &page))?;
/// assert_eq!(result.check(&json!({ "page": 3 })), Ok(()));
/// let misfit = result.check(&json!({ "page": null })).unwrap_err();
/// assert_eq!(misfit.to_string(), "`/page` is null, and declared as `number`");
/// # Ok::<_, codemode_declarations::DeclarationError>(())
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
    /// The type as it stands in the function's declaration.
    ///
    /// # Errors
    ///
    /// If the function can't be declared.
    pub fn of<'a>(function: impl Into<FunctionSchema<'a>>) -> Result<Self, DeclarationError> {
        let tool = function.into();
        Self::declared(tool, |function| Some(function.output)).map_err(|error| {
            error.unwrap_or_else(|| {
                let place = "output".to_owned();
                DeclarationError::of_schema(
                    tool.source,
                    tool.path(),
                    place,
                    "it has no declaration",
                )
            })
        })
    }

    /// The same of what a function takes; `None` if that can't be declared, or if it takes nothing.
    pub fn of_input<'a>(function: impl Into<FunctionSchema<'a>>) -> Option<Self> {
        Self::declared(function.into(), |function| function.input.map(|(ty, _)| ty)).ok()
    }

    fn declared(
        tool: FunctionSchema<'_>,
        choose: impl FnOnce(Function) -> Option<Type>,
    ) -> Result<Self, Option<DeclarationError>> {
        let (mut module, left_out) = module::build(&[tool]);
        if let Some(error) = left_out.into_iter().next() {
            return Err(Some(error));
        }
        let namespace = module.namespaces.pop();
        let function = namespace.and_then(|mut namespace| namespace.functions.pop());
        let ty = function.and_then(choose).ok_or(None)?;
        Ok(Self {
            ty,
            declarations: module.declarations,
        })
    }

    /// Whether a result is of the type, as far as types go: bounds and patterns of a schema aren't looked at.
    ///
    /// # Errors
    ///
    /// The first place where it isn't.
    pub fn check(&self, value: &Value) -> Result<(), Misfit> {
        self.compare(value, false)
            .map_err(|found| self.misfit(found))
    }

    /// Whether what a tool of a program has returned, as the text that crosses, contradicts the type. A property more is none
    /// of a script's business, and where comparing would take too long there is no answer.
    ///
    /// # Errors
    ///
    /// The first place where it does.
    pub fn check_text(&self, text: &str) -> Result<(), Misfit> {
        let text = Text::new(text).ok_or_else(|| Misfit {
            place: String::new(),
            what: "no JSON".to_owned(),
            declared: None,
        })?;
        match self.compare(text.root(), true) {
            Err(found) if !found.given_up => Err(self.misfit(found)),
            _ => Ok(()),
        }
    }

    fn compare<'a, P: Part<'a>>(&'a self, value: P, open: bool) -> Fits<'a> {
        let mut comparison = Comparison {
            declarations: &self.declarations,
            open,
            place: Vec::new(),
            seen: Vec::new(),
            steps_left: MORE_STEPS.saturating_add(value.count().saturating_mul(STEPS_PER_PART)),
            depth: 0,
        };
        comparison.check(value, &self.ty)
    }

    fn misfit(&self, found: Found<'_>) -> Misfit {
        Misfit {
            place: pointer(&found.place),
            what: found.what.into_owned(),
            declared: found
                .ty
                .and_then(|ty| print::short(&self.declarations, ty, MAX_SHOWN)),
        }
    }
}

struct Comparison<'a> {
    declarations: &'a [Declaration],
    /// Whether an object may have properties that its type doesn't have.
    open: bool,
    /// The way to the value in hand.
    place: Vec<Segment<'a>>,
    /// Which properties of the type in hand were found; kept for its room.
    seen: Vec<bool>,
    steps_left: usize,
    depth: usize,
}

#[derive(Clone)]
enum Segment<'a> {
    Name(Cow<'a, str>),
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
    fn check<P: Part<'a>>(&mut self, value: P, ty: &'a Type) -> Fits<'a> {
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
        let fits = match (ty, value.kind()) {
            (Type::Unknown, _)
            | (Type::Null, Kind::Null)
            | (Type::Boolean, Kind::Boolean)
            | (Type::Number, Kind::Number)
            | (Type::String, Kind::String)
            | (Type::BigInt, Kind::BigInt)
            | (Type::Bytes, Kind::Bytes) => Ok(()),
            (Type::Literal(literal), _) if value.is(literal) => Ok(()),
            (Type::Array(item), Kind::List) => self.items(value, |_| Some(item)),
            (Type::Tuple(tuple), Kind::List) => self.tuple(value, tuple, ty),
            (Type::Object(object), Kind::Object) => self.object(value, object),
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

    fn items<P: Part<'a>>(&mut self, list: P, ty: impl Fn(usize) -> Option<&'a Type>) -> Fits<'a> {
        for (position, value) in list.items().enumerate() {
            self.place.push(Segment::Position(position));
            match ty(position) {
                Some(ty) => self.check(value, ty)?,
                None => return Err(self.undeclared("an item")),
            }
            self.place.pop();
        }
        Ok(())
    }

    fn tuple<P: Part<'a>>(&mut self, list: P, tuple: &'a Tuple, ty: &'a Type) -> Fits<'a> {
        let length = list.items().count();
        if length < tuple.required {
            let count = format!("a list of {length}");
            return Err(self.found(count.into(), Some(ty)));
        }
        self.items(list, |position| {
            tuple.items.get(position).or(tuple.rest.as_deref())
        })
    }

    fn object<P: Part<'a>>(&mut self, value: P, object: &'a Object) -> Fits<'a> {
        let properties = &object.properties;
        // What is missing is seen without looking into what is there, which tells most alternatives of a union apart.
        self.seen.clear();
        self.seen.resize(properties.len(), false);
        let mut likely = 0;
        for (name, _) in value.fields() {
            if let Some(position) = position(properties, &name, likely) {
                self.seen[position] = true;
                likely = position + 1;
            }
        }
        let missing = properties
            .iter()
            .zip(&self.seen)
            .find(|(property, seen)| !property.optional && !**seen);
        if let Some((property, _)) = missing {
            return self.at(Cow::Borrowed(&property.name), |inner| {
                Err(inner.found("missing".into(), Some(&property.ty)))
            });
        }
        let mut likely = 0;
        for (name, part) in value.fields() {
            let ty = match (position(properties, &name, likely), &object.rest) {
                (Some(position), _) => {
                    likely = position + 1;
                    &properties[position].ty
                }
                (None, Rest::Typed(ty)) => ty,
                (None, Rest::Closed) if !self.open => {
                    return self.at(name, |inner| Err(inner.undeclared("a property")));
                }
                (None, Rest::Open | Rest::Closed) => continue,
            };
            self.at(name, |inner| inner.check(part, ty))?;
        }
        Ok(())
    }

    /// Whether one of several fits. If none does and only one could have, what is wrong with that one says the most.
    fn any<P: Part<'a>>(&mut self, value: P, members: &'a [Member], ty: &'a Type) -> Fits<'a> {
        let place = self.place.len();
        let mut nearest = None;
        let mut candidates = 0;
        for alternative in members.iter().map(|member| &member.ty) {
            if !self.could_be(alternative, value) {
                continue;
            }
            match self.check(value, alternative) {
                Ok(()) => return Ok(()),
                Err(found) if found.given_up => return Err(found),
                Err(found) => nearest = Some(found),
            }
            candidates += 1;
            self.place.truncate(place);
        }
        match nearest {
            Some(only) if candidates == 1 => Err(only),
            _ => Err(self.misfit(value, ty)),
        }
    }

    fn could_be<P: Part<'a>>(&self, ty: &Type, value: P) -> bool {
        match ty {
            Type::Named(index) => self
                .declarations
                .get(*index)
                .is_some_and(|declared| may_fit(&declared.ty, value)),
            ty => may_fit(ty, value),
        }
    }

    fn at(&mut self, name: Cow<'a, str>, check: impl FnOnce(&mut Self) -> Fits<'a>) -> Fits<'a> {
        self.place.push(Segment::Name(name));
        check(self)?;
        self.place.pop();
        Ok(())
    }

    fn misfit<P: Part<'a>>(&self, value: P, ty: &'a Type) -> Found<'a> {
        self.found(value.kind().name().into(), Some(ty))
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

/// Where the property of a name is declared. Values mostly have theirs in the order of their type, so it is looked for first
/// where it would be then.
fn position(properties: &[Property], name: &str, likely: usize) -> Option<usize> {
    let is_it = |property: &Property| property.name == name;
    if properties.get(likely).is_some_and(is_it) {
        return Some(likely);
    }
    properties.iter().position(is_it)
}

fn pointer(place: &[Segment<'_>]) -> String {
    let segment = |segment: &Segment<'_>| match segment {
        Segment::Name(name) => format!("/{}", name.replace('~', "~0").replace('/', "~1")),
        Segment::Position(position) => format!("/{position}"),
    };
    place.iter().map(segment).collect()
}

/// Whether the kind of a value is one that the type has, as far as it can be seen without looking further.
fn may_fit<'v, P: Part<'v>>(ty: &Type, value: P) -> bool {
    let kind = match ty {
        Type::Named(_) | Type::Unknown => return true,
        Type::Union(members) => return members.iter().any(|member| may_fit(&member.ty, value)),
        Type::Intersection(parts) => return parts.iter().all(|part| may_fit(part, value)),
        Type::Literal(literal) => return value.is(literal),
        // None of them is a value that crosses.
        Type::Never | Type::Undefined | Type::Inherited(_) => return false,
        Type::Object(_) => Kind::Object,
        Type::Array(_) | Type::Tuple(_) => Kind::List,
        Type::Null => Kind::Null,
        Type::Boolean => Kind::Boolean,
        Type::Number => Kind::Number,
        Type::String => Kind::String,
        Type::BigInt => Kind::BigInt,
        Type::Bytes => Kind::Bytes,
    };
    value.kind() == kind
}

#[cfg(test)]
mod tests;
