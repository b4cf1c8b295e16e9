//! Properties that several objects have are said once, as a part that the objects refer to.

mod groups;
mod key;
mod length;
mod naming;

use std::collections::{BTreeSet, HashMap, HashSet};

use self::groups::{Found, Group};
use self::key::{Key, can_share, key};
use self::naming::Naming;
use super::walk::{first_free_name, for_each_inner, for_each_root, walk};
use crate::model::{Declaration, Docs, Namespace, Object, Rest, Type};

/// Declares properties that several objects have, with the same type and docs, once and by a name.
///
/// What is inside of a property that several have is looked at when it stands once.
pub(super) fn share(
    namespace: &mut Namespace,
    declarations: &mut Vec<Declaration>,
    taken: &mut BTreeSet<String>,
) {
    let naming = Naming::new(namespace);
    loop {
        let repeated = repeated(namespace, declarations);
        let (groups, objects) = groups::groups(namespace, declarations, &repeated);
        if groups.is_empty() {
            drop_other_names(namespace, declarations);
            return;
        }
        let parts = Parts::new(&groups, declarations.len());
        for_each_root(namespace, declarations, &mut |ty| {
            parts.replace(ty, &repeated);
        });
        let wanted: Vec<Vec<String>> = (0..groups.len())
            .map(|position| parts.names(position, &groups, &objects, &naming))
            .collect();
        for (position, (group, wanted)) in groups.into_iter().zip(wanted).enumerate() {
            let own = Type::Object(Object {
                properties: group
                    .members
                    .into_iter()
                    .map(|(_, property)| property)
                    .collect(),
                rest: Rest::Open,
            });
            let included = parts.includes[position].iter();
            let mut all: Vec<Type> = included
                .map(|inner| Type::Named(parts.first + inner))
                .collect();
            namespace.types.push(declarations.len());
            declarations.push(Declaration {
                name: first_free_name(&wanted, taken),
                docs: Docs::default(),
                ty: if all.is_empty() {
                    own
                } else {
                    all.push(own);
                    Type::Intersection(all)
                },
            });
        }
    }
}

/// Drops each type that is nothing but another name of a part; the part gets the name, which somebody chose for it.
fn drop_other_names(namespace: &mut Namespace, declarations: &mut [Declaration]) {
    let own: HashSet<usize> = namespace.types.iter().copied().collect();
    let mut part_of: HashMap<usize, usize> = HashMap::new();
    let mut renamed = HashSet::new();
    for index in &namespace.types {
        if let Type::Named(part) = declarations[*index].ty
            && declarations[*index].docs.is_empty()
            && own.contains(&part)
        {
            if renamed.insert(part) {
                let name = declarations[*index].name.clone();
                declarations[part].name = name;
            }
            part_of.insert(*index, part);
        }
    }
    namespace.types.retain(|index| !part_of.contains_key(index));
    for_each_root(namespace, declarations, &mut |ty| {
        walk(ty, &mut |inner| {
            while let Type::Named(index) = inner
                && let Some(part) = part_of.get(index)
            {
                *index = *part;
            }
        });
    });
}

/// The properties that more than one object has.
fn repeated(namespace: &mut Namespace, declarations: &mut [Declaration]) -> HashSet<Key> {
    let mut seen = HashSet::new();
    let mut repeated = HashSet::new();
    for_each_root(namespace, declarations, &mut |ty| {
        walk(ty, &mut |inner| {
            if let Type::Object(object) = inner
                && can_share(object)
            {
                for property in &object.properties {
                    let key = key(property);
                    if !seen.insert(key) {
                        repeated.insert(key);
                    }
                }
            }
        });
    });
    repeated
}

/// The groups as types to come.
struct Parts {
    /// The index that the first one's declaration will have.
    first: usize,
    of_property: HashMap<Key, usize>,
    /// Of each, the groups that every object with it has as well.
    implied: Vec<BTreeSet<usize>>,
    /// Of each, those of the implied ones that no other implied one has in it.
    includes: Vec<BTreeSet<usize>>,
}

impl Parts {
    fn new(groups: &[Group], first: usize) -> Self {
        let mut of_property = HashMap::new();
        let mut of_object: HashMap<usize, Vec<usize>> = HashMap::new();
        for (position, group) in groups.iter().enumerate() {
            of_property.extend(group.members.iter().map(|(key, _)| (*key, position)));
            for object in &group.objects {
                of_object.entry(*object).or_default().push(position);
            }
        }
        let implied: Vec<BTreeSet<usize>> = groups
            .iter()
            .map(|group| {
                let beside = group
                    .objects
                    .first()
                    .and_then(|object| of_object.get(object));
                beside
                    .into_iter()
                    .flatten()
                    .copied()
                    .filter(|other| is_within(&group.objects, &groups[*other].objects))
                    .collect()
            })
            .collect();
        let includes = implied.iter().map(|all| outermost(all, &implied)).collect();
        Self {
            first,
            of_property,
            implied,
            includes,
        }
    }

    /// What the part at a position could be called.
    fn names(
        &self,
        position: usize,
        groups: &[Group],
        objects: &[Found],
        naming: &Naming,
    ) -> Vec<String> {
        let group = &groups[position];
        let implied = self.implied[position].iter();
        let size: usize = implied.map(|other| groups[*other].members.len()).sum();
        let size = size + group.members.len();
        let all: Vec<&Found> = group
            .objects
            .iter()
            .map(|number| &objects[*number])
            .collect();
        let whole = all.iter().copied().filter(|object| object.size == size);
        let is_more = !self.includes[position].is_empty();
        naming.names(group, &whole.collect::<Vec<_>>(), &all, is_more)
    }

    /// Puts the names of groups in the place of their properties.
    fn replace(&self, ty: &mut Type, repeated: &HashSet<Key>) {
        walk_unrepeated(ty, repeated, &mut |ty| {
            let Type::Object(object) = ty else { return };
            let mut parts = BTreeSet::new();
            object.properties.retain(|property| {
                let group = self.of_property.get(&key(property));
                parts.extend(group);
                group.is_none()
            });
            if parts.is_empty() {
                return;
            }
            let rest = std::mem::replace(ty, Type::Null);
            let mut parts: Vec<Type> = outermost(&parts, &self.implied)
                .into_iter()
                .map(|part| Type::Named(self.first + part))
                .collect();
            if !matches!(&rest, Type::Object(object) if object.properties.is_empty()) {
                parts.push(rest);
            }
            *ty = match parts.len() {
                1 => parts.remove(0),
                _ => Type::Intersection(parts),
            };
        });
    }
}

/// Whether all of `some`, and not only those, are in `all`; both are in order.
fn is_within(some: &[usize], all: &[usize]) -> bool {
    some.len() < all.len() && some.iter().all(|one| all.binary_search(one).is_ok())
}

/// Those that aren't in another one.
fn outermost(all: &BTreeSet<usize>, implied: &[BTreeSet<usize>]) -> BTreeSet<usize> {
    let is_inner = |part: &usize| all.iter().any(|other| implied[*other].contains(part));
    all.iter().copied().filter(|part| !is_inner(part)).collect()
}

/// Calls `visit` with each object that isn't inside of a property that several have, outer ones first.
fn walk_unrepeated(ty: &mut Type, repeated: &HashSet<Key>, visit: &mut impl FnMut(&mut Type)) {
    if let Type::Object(object) = ty
        && can_share(object)
    {
        visit(ty);
        let parts = match ty {
            Type::Intersection(parts) => parts.as_mut_slice(),
            other => std::slice::from_mut(other),
        };
        for part in parts {
            if let Type::Object(object) = part {
                for property in &mut object.properties {
                    if !repeated.contains(&key(property)) {
                        walk_unrepeated(&mut property.ty, repeated, visit);
                    }
                }
            }
        }
        return;
    }
    for_each_inner(ty, &mut |inner| walk_unrepeated(inner, repeated, visit));
}

#[cfg(test)]
mod tests;
