//! Type aliases that are made of themselves.
//!
//! TypeScript lets a type refer to itself inside of an object, an array or a tuple, and refuses it right away, as in
//! `type A = B | null; type B = A`. A value of such a schema is one of its other alternatives, so nothing is lost without
//! the circle.

use std::collections::BTreeSet;

use crate::algebra::{intersect_all, unite};
use crate::model::{Declaration, Member, Type};

/// Removes every reference by which an alias is made of itself.
pub(crate) fn break_aliases(declarations: &mut [Declaration]) {
    let edges: Vec<Vec<usize>> = declarations
        .iter()
        .map(|declaration| {
            let mut found = Vec::new();
            bare(&declaration.ty, &mut found);
            found
        })
        .collect();
    if edges.iter().all(Vec::is_empty) {
        return;
    }
    let circles = circles(&edges);
    for (start, declaration) in declarations.iter_mut().enumerate() {
        let targets = edges[start].iter().copied();
        let circle: BTreeSet<usize> = targets
            .filter(|target| circles[*target] == circles[start])
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

/// Numbers the nodes so that those which reach each other have one number.
///
/// In time proportional to the edges and without recursion: a server may send a chain of any length.
fn circles(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut backwards = vec![Vec::new(); edges.len()];
    for (from, targets) in edges.iter().enumerate() {
        for to in targets {
            backwards[*to].push(from);
        }
    }
    let mut seen = vec![false; edges.len()];
    let mut finished = Vec::with_capacity(edges.len());
    for start in 0..edges.len() {
        visit(start, edges, &mut seen, |node| finished.push(node));
    }
    // What reaches a node that was finished last, and hasn't been taken, is reached by it as well.
    let mut numbers = vec![0; edges.len()];
    let mut taken = vec![false; edges.len()];
    for start in finished.into_iter().rev() {
        visit(start, &backwards, &mut taken, |node| numbers[node] = start);
    }
    numbers
}

/// Calls `leave` with each node that is reached and wasn't seen, after those that it reaches.
fn visit(start: usize, edges: &[Vec<usize>], seen: &mut [bool], mut leave: impl FnMut(usize)) {
    let mut way = vec![(start, 0)];
    if std::mem::replace(&mut seen[start], true) {
        return;
    }
    while let Some((node, next)) = way.last_mut() {
        let target = edges[*node].get(*next).copied();
        *next += 1;
        if let Some(target) = target {
            if !std::mem::replace(&mut seen[target], true) {
                way.push((target, 0));
            }
        } else {
            leave(*node);
            way.pop();
        }
    }
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
