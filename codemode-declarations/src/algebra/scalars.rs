//! Intersections of scalars, of which there can be very many.

use std::collections::HashSet;

use super::unions::{covers, plain, unite};
use crate::model::{Member, Type};

/// What a union and another type have in common where both are made of scalars: never more than they have together, however
/// many they are. Gives both back where they are made of something else.
pub(super) fn intersect(members: Vec<Member>, ty: Type) -> Result<Type, (Vec<Member>, Type)> {
    let others = match ty {
        Type::Union(others) => others,
        ty => vec![plain(ty)],
    };
    let all = || members.iter().chain(&others);
    if !all().all(|member| is_scalar(&member.ty)) {
        let ty = match others.len() {
            1 if others[0].docs.is_empty() => others.into_iter().next().map(|member| member.ty),
            _ => Some(Type::Union(others)),
        };
        return Err((members, ty.unwrap_or(Type::Never)));
    }
    let (one, other) = (Scalars::of(&members), Scalars::of(&others));
    let in_other: Vec<bool> = members.iter().map(|member| other.has(&member.ty)).collect();
    let in_one: Vec<bool> = others.iter().map(|member| one.has(&member.ty)).collect();
    let kept = |members: Vec<Member>, is_kept: Vec<bool>| {
        let members = members.into_iter().zip(is_kept);
        members.filter_map(|(member, is_kept)| is_kept.then_some(member))
    };
    Ok(unite(
        kept(members, in_other)
            .chain(kept(others, in_one))
            .collect(),
    ))
}

/// The members of a union of scalars, to be looked up.
struct Scalars {
    literals: HashSet<String>,
    wide: Vec<Type>,
}

impl Scalars {
    fn of(members: &[Member]) -> Self {
        let mut scalars = Self {
            literals: HashSet::new(),
            wide: Vec::new(),
        };
        for member in members {
            match &member.ty {
                Type::Literal(value) => drop(scalars.literals.insert(value.to_string())),
                wide => scalars.wide.push(wide.clone()),
            }
        }
        scalars
    }

    fn has(&self, ty: &Type) -> bool {
        let is_literal =
            matches!(ty, Type::Literal(value) if self.literals.contains(&value.to_string()));
        is_literal || self.wide.iter().any(|wide| covers(wide, ty))
    }
}

fn is_scalar(ty: &Type) -> bool {
    matches!(
        ty,
        Type::Null | Type::Boolean | Type::Number | Type::String | Type::Literal(_)
    )
}

#[cfg(test)]
mod tests {
    use super::super::{intersect, plain, unite};
    use crate::model::Type;

    #[test]
    fn scalars_of_any_number_are_intersected() {
        let literals = |numbers: std::ops::Range<usize>| {
            let literal = |number: usize| plain(Type::Literal(format!("v{number}").into()));
            numbers.map(literal).collect::<Vec<_>>()
        };
        let cases = [
            (Type::String, literals(0..1000)),
            (
                Type::Union(vec![plain(Type::Null), plain(Type::String)]),
                literals(0..1000),
            ),
            (Type::Union(literals(900..2000)), literals(900..1000)),
            (Type::Number, Vec::new()),
        ];
        for (other, expected) in cases {
            for both in [
                intersect(Type::Union(literals(0..1000)), other.clone()),
                intersect(other.clone(), Type::Union(literals(0..1000))),
            ] {
                assert_eq!(both, unite(expected.clone()), "{other:?}");
            }
        }
    }
}
