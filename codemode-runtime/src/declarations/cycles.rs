//! Type aliases that are made of themselves.
//!
//! TypeScript lets a type refer to itself inside of an object, an array or a tuple, and refuses it right away, as in
//! `type A = B | null; type B = A`. A value of such a schema is one of its other alternatives, so nothing is lost without
//! the circle.

use std::collections::BTreeSet;

use super::algebra::{intersect_all, unite};
use super::model::{Declaration, Member, Type};

/// Removes every reference by which an alias is made of itself.
pub(super) fn break_aliases(declarations: &mut [Declaration]) {
    let edges: Vec<Vec<usize>> = declarations
        .iter()
        .map(|declaration| {
            let mut found = Vec::new();
            bare(&declaration.ty, &mut found);
            found
        })
        .collect();
    for (start, declaration) in declarations.iter_mut().enumerate() {
        if edges[start].is_empty() {
            continue;
        }
        let circle: BTreeSet<usize> = edges[start]
            .iter()
            .copied()
            .filter(|target| reaches(&edges, *target, start))
            .collect();
        if !circle.is_empty() {
            declaration.ty = without(
                std::mem::replace(&mut declaration.ty, Type::Unknown),
                &circle,
                Type::Unknown,
            );
        }
    }
}

/// The declarations that a type is made of, other than inside of an object, an array or a tuple.
fn bare(ty: &Type, found: &mut Vec<usize>) {
    match ty {
        Type::Named(index) => found.push(*index),
        Type::Union(members) => members.iter().for_each(|member| bare(&member.ty, found)),
        Type::Intersection(parts) => parts.iter().for_each(|part| bare(part, found)),
        _ => {}
    }
}

fn reaches(edges: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(node) = open.pop() {
        if node == to {
            return true;
        }
        if seen.insert(node) {
            open.extend(&edges[node]);
        }
    }
    false
}

/// The type without its bare references to `circle`: in a union they add nothing, elsewhere they demand nothing.
fn without(ty: Type, circle: &BTreeSet<usize>, instead: Type) -> Type {
    match ty {
        Type::Named(index) if circle.contains(&index) => instead,
        Type::Union(members) => unite(
            members
                .into_iter()
                .map(|member| Member {
                    docs: member.docs,
                    ty: without(member.ty, circle, Type::Never),
                })
                .filter(|member| member.ty != Type::Never)
                .collect(),
        ),
        Type::Intersection(parts) => intersect_all(
            parts
                .into_iter()
                .map(|part| without(part, circle, Type::Unknown)),
        ),
        other => other,
    }
}
