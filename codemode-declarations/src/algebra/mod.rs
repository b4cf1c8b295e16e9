//! Unions and intersections of types in a normal form.
//!
//! JSON Schema says of a value that several schemas hold at once, or one of several. TypeScript has operators for both,
//! but a reader wants to see one object with its properties, not an intersection of pieces.

mod scalars;
mod unions;

use serde_json::Value;

use self::unions::covers;
pub(super) use self::unions::{plain, unite};
use super::model::{Docs, Member, Object, Property, Rest, Tuple, Type};

/// An intersection of unions that would become a union of more members than this stays an intersection.
const MAX_PRODUCT: usize = 64;

/// All of several.
pub(super) fn intersect_all(types: impl IntoIterator<Item = Type>) -> Type {
    types.into_iter().fold(Type::Unknown, intersect)
}

/// What is both.
pub(super) fn intersect(one: Type, other: Type) -> Type {
    match (one, other) {
        (Type::Unknown, ty) | (ty, Type::Unknown) => ty,
        (Type::Never, _) | (_, Type::Never) => Type::Never,
        (one, other) if one == other => one,
        (Type::Union(members), ty) => distribute(members, ty, false),
        (ty, Type::Union(members)) => distribute(members, ty, true),
        (Type::Intersection(parts), ty) => join(parts, vec![ty]),
        (ty, Type::Intersection(parts)) => join(vec![ty], parts),
        (Type::Named(index), ty) => Type::Intersection(vec![Type::Named(index), ty]),
        (ty, Type::Named(index)) => Type::Intersection(vec![ty, Type::Named(index)]),
        (Type::Object(one), Type::Object(other)) => intersect_objects(one, other),
        (Type::Array(one), Type::Array(other)) => Type::Array(Box::new(intersect(*one, *other))),
        (Type::Tuple(tuple), Type::Array(item)) | (Type::Array(item), Type::Tuple(tuple)) => {
            intersect_tuple(tuple, &item)
        }
        (Type::Tuple(one), Type::Tuple(other)) => intersect_tuples(one, other),
        (wide, narrow) if covers(&wide, &narrow) => narrow,
        (narrow, wide) if covers(&wide, &narrow) => narrow,
        _ => Type::Never,
    }
}

fn distribute(members: Vec<Member>, ty: Type, ty_first: bool) -> Type {
    let (members, ty) = match scalars::intersect(members, ty) {
        Ok(both) => return both,
        Err(others) => others,
    };
    let size = members.len().saturating_mul(width(&ty));
    if size > MAX_PRODUCT {
        return join(vec![Type::Union(members)], vec![ty]);
    }
    let intersected = members.into_iter().map(|member| Member {
        docs: member.docs,
        ty: if ty_first {
            intersect(ty.clone(), member.ty)
        } else {
            intersect(member.ty, ty.clone())
        },
    });
    unite(
        intersected
            .filter(|member| member.ty != Type::Never)
            .collect(),
    )
}

/// How many members the type would have as a union.
fn width(ty: &Type) -> usize {
    match ty {
        Type::Union(members) => members.len(),
        // It is one because it would have too many.
        Type::Intersection(parts) => parts.iter().map(width).fold(1, usize::saturating_mul),
        _ => 1,
    }
}

/// An intersection that stays one, with what can be merged merged.
fn join(one: Vec<Type>, other: Vec<Type>) -> Type {
    let mut parts = one;
    for part in other {
        let merged = parts
            .iter()
            .position(|known| mergeable(known, &part))
            .map(|position| parts.remove(position));
        match merged.map_or(part.clone(), |known| intersect(known, part)) {
            Type::Never => return Type::Never,
            Type::Intersection(inner) => parts.extend(inner),
            part => parts.push(part),
        }
    }
    if parts.len() == 1 {
        parts.remove(0)
    } else {
        Type::Intersection(parts)
    }
}

fn mergeable(one: &Type, other: &Type) -> bool {
    let opaque = |ty: &Type| matches!(ty, Type::Named(_) | Type::Union(_) | Type::Intersection(_));
    one == other || !opaque(one) && !opaque(other)
}

fn intersect_objects(one: Object, other: Object) -> Type {
    let mut properties = Vec::new();
    let mut others = other.properties;
    for mine in one.properties {
        let position = others.iter().position(|theirs| theirs.name == mine.name);
        let merged = match position.map(|position| others.remove(position)) {
            Some(theirs) => Some(merge(mine, theirs)),
            None => limit(mine, &other.rest),
        };
        match merged {
            Some(property) if property.ty == Type::Never && !property.optional => {
                return Type::Never;
            }
            Some(property) => properties.push(property),
            None => {}
        }
    }
    for theirs in others {
        match limit(theirs, &one.rest) {
            Some(property) if property.ty == Type::Never && !property.optional => {
                return Type::Never;
            }
            Some(property) => properties.push(property),
            None => {}
        }
    }
    let rest = match (one.rest, other.rest) {
        (Rest::Closed, _) | (_, Rest::Closed) => Rest::Closed,
        (Rest::Open, rest) | (rest, Rest::Open) => rest,
        (Rest::Typed(one), Rest::Typed(other)) => Rest::Typed(Box::new(intersect(*one, *other))),
    };
    Type::Object(Object { properties, rest })
}

/// A property that both objects name.
fn merge(one: Property, other: Property) -> Property {
    Property {
        name: one.name,
        optional: one.optional && other.optional,
        docs: if one.docs.is_empty() {
            other.docs
        } else {
            one.docs
        },
        ty: intersect(one.ty, other.ty),
    }
}

/// A property that the other object doesn't name; `None` if only the other forbids it and it need not be there: then a closed
/// object says enough.
fn limit(property: Property, rest: &Rest) -> Option<Property> {
    match rest {
        Rest::Open => Some(property),
        Rest::Typed(ty) => Some(Property {
            ty: intersect(property.ty, ty.as_ref().clone()),
            ..property
        }),
        Rest::Closed if property.optional && property.ty != Type::Never => None,
        Rest::Closed => Some(Property {
            ty: Type::Never,
            ..property
        }),
    }
}

fn intersect_tuple(tuple: Tuple, item: &Type) -> Type {
    Type::Tuple(Tuple {
        items: tuple
            .items
            .into_iter()
            .map(|ty| intersect(ty, item.clone()))
            .collect(),
        rest: tuple
            .rest
            .map(|rest| Box::new(intersect(*rest, item.clone()))),
        ..tuple
    })
}

fn intersect_tuples(one: Tuple, other: Tuple) -> Type {
    let length = one.items.len().max(other.items.len());
    let at = |tuple: &Tuple, position: usize| {
        tuple
            .items
            .get(position)
            .cloned()
            .or_else(|| tuple.rest.as_deref().cloned())
    };
    let mut items = Vec::new();
    for position in 0..length {
        match (at(&one, position), at(&other, position)) {
            (Some(one), Some(other)) => items.push(intersect(one, other)),
            _ => break,
        }
    }
    let required = one.required.max(other.required);
    if required > items.len() {
        return Type::Never;
    }
    let rest = match (one.rest, other.rest) {
        (Some(one), Some(other)) => Some(Box::new(intersect(*one, *other))),
        _ => None,
    };
    Type::Tuple(Tuple {
        items,
        required,
        rest,
    })
}

/// The type of exactly one JSON value.
pub(super) fn literal(value: &Value) -> Type {
    match value {
        Value::Null => Type::Null,
        Value::Bool(_) | Value::Number(_) | Value::String(_) => Type::Literal(value.clone()),
        Value::Array(values) => Type::Tuple(Tuple {
            items: values.iter().map(literal).collect(),
            required: values.len(),
            rest: None,
        }),
        Value::Object(fields) => Type::Object(Object {
            properties: fields
                .iter()
                .map(|(name, value)| Property {
                    name: name.clone(),
                    optional: false,
                    docs: Docs::default(),
                    ty: literal(value),
                })
                .collect(),
            rest: Rest::Closed,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(name: &str, optional: bool, rest: Rest) -> Type {
        Type::Object(Object {
            properties: vec![Property {
                name: name.to_owned(),
                optional,
                docs: Docs::default(),
                ty: Type::Number,
            }],
            rest,
        })
    }

    #[test]
    fn a_union_has_no_member_that_another_one_covers() {
        let literal = Type::Literal("a".into());
        let members = vec![
            plain(literal),
            plain(Type::String),
            plain(Type::Null),
            plain(Type::String),
        ];
        assert_eq!(
            unite(members),
            Type::Union(vec![plain(Type::String), plain(Type::Null)])
        );
    }

    #[test]
    fn a_union_of_very_many_literals_is_made_soon() {
        let literal = |number: usize| plain(Type::Literal(format!("v{number}").into()));
        let members: Vec<Member> = (0..100_000).chain(0..100_000).map(literal).collect();
        let Type::Union(members) = unite(members) else {
            panic!("it has members");
        };
        assert_eq!(members.len(), 100_000);
        assert_eq!(
            unite([vec![plain(Type::String)], members].concat()),
            Type::String
        );
    }

    #[test]
    fn an_intersection_of_many_unions_stays_as_large_as_they_are() {
        fn size(ty: &Type) -> usize {
            match ty {
                Type::Union(members) => members.iter().map(|member| size(&member.ty)).sum(),
                Type::Intersection(parts) => parts.iter().map(size).sum(),
                _ => 1,
            }
        }
        let unions = (0..12).map(|union| {
            let of = |member| object(&format!("a{union}_{member}"), false, Rest::Open);
            Type::Union((0..4).map(of).map(plain).collect())
        });
        let size = size(&intersect_all(unions));
        // As one union, it would have 16 million members.
        assert!(size < 1_000, "{size}");
    }

    #[test]
    fn what_excludes_each_other_has_no_values() {
        let cases = [
            (Type::String, Type::Number),
            (Type::Null, Type::Array(Box::new(Type::Unknown))),
            (Type::Literal("a".into()), Type::Literal("b".into())),
            (
                object("a", false, Rest::Open),
                object("b", true, Rest::Closed),
            ),
        ];
        for (one, other) in cases {
            assert_eq!(
                intersect(one.clone(), other.clone()),
                Type::Never,
                "{one:?} {other:?}"
            );
            assert_eq!(intersect(other, one), Type::Never);
        }
    }

    #[test]
    fn objects_merge_and_closed_ones_drop_what_they_forbid() {
        let both = intersect(
            object("a", true, Rest::Closed),
            object("b", true, Rest::Open),
        );
        assert_eq!(both, object("a", true, Rest::Closed));
    }
}
