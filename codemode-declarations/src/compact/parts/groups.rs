//! Which properties several objects have, and which objects those are.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::key::{Key, can_share, key};
use super::length::length;
use crate::model::{Declaration, Namespace, Object, Property, Rest, Type};
use crate::roles::Role;

/// What declaring a part costs, in characters.
const DECLARATION: usize = 30;

/// What referring to a part costs, in characters.
const REFERENCE: usize = 10;

/// A shorter part is written out where it belongs: a reader would have to look up what is hardly longer than its name.
const MIN_LENGTH: usize = 26;

/// Properties that are found in the same objects.
pub(super) struct Group {
    pub(super) members: Vec<(Key, Property)>,
    /// The objects' numbers, in order.
    pub(super) objects: Vec<usize>,
}

/// An object that has repeated properties.
pub(super) struct Found {
    /// What it is called where it stands, and what else.
    pub(super) names: Option<[String; 2]>,
    /// The function that takes it.
    pub(super) taken_by: Option<String>,
    /// How many properties it has.
    pub(super) size: usize,
}

/// The groups that are worth a name, and all objects.
pub(super) fn groups(
    namespace: &Namespace,
    declarations: &[Declaration],
    repeated: &HashSet<Key>,
) -> (Vec<Group>, Vec<Found>) {
    let mut found: Vec<(Key, Property, Vec<usize>)> = Vec::new();
    let mut places: HashMap<Key, usize> = HashMap::new();
    let mut objects = Vec::new();
    for_each_object(namespace, declarations, repeated, &mut |object, role| {
        let number = objects.len();
        let mut is_concerned = false;
        for property in &object.properties {
            let key = key(property);
            if repeated.contains(&key) {
                is_concerned = true;
                let place = *places.entry(key).or_insert_with(|| {
                    found.push((key, property.clone(), Vec::new()));
                    found.len() - 1
                });
                found[place].2.push(number);
            }
        }
        let is_said = is_concerned && role.is_said();
        objects.push(Found {
            names: is_said.then(|| [role.name(), role.full_name()]),
            taken_by: role.taken_by().map(str::to_owned),
            size: object.properties.len(),
        });
    });
    let mut by_objects: BTreeMap<Vec<usize>, Vec<(Key, Property)>> = BTreeMap::new();
    for (key, property, objects) in found {
        by_objects.entry(objects).or_default().push((key, property));
    }
    let groups = by_objects
        .into_iter()
        .map(|(objects, members)| Group { members, objects })
        .filter(|group| {
            let members = group.members.iter();
            let length: usize = members.map(|(_, property)| length(property)).sum();
            let uses = group.objects.len();
            length >= MIN_LENGTH && length * uses.saturating_sub(1) > DECLARATION + REFERENCE * uses
        })
        .collect();
    (groups, objects)
}

/// Calls `visit` with each object that isn't inside of a property that several have, outer ones first.
fn for_each_object(
    namespace: &Namespace,
    declarations: &[Declaration],
    repeated: &HashSet<Key>,
    visit: &mut impl FnMut(&Object, &Role<'_>),
) {
    for function in &namespace.functions {
        if let Some((ty, _)) = &function.input {
            within(ty, &Role::input(&function.name), repeated, visit);
        }
        let role = Role::result(&function.name);
        within(&function.output, &role, repeated, visit);
    }
    for index in &namespace.types {
        let Declaration { name, ty, .. } = &declarations[*index];
        within(ty, &Role::declared(name), repeated, visit);
    }
}

fn within(
    ty: &Type,
    role: &Role<'_>,
    repeated: &HashSet<Key>,
    visit: &mut impl FnMut(&Object, &Role<'_>),
) {
    match ty {
        Type::Array(item) => within(item, &role.item(), repeated, visit),
        Type::Tuple(tuple) => {
            for item in tuple.items.iter().chain(tuple.rest.as_deref()) {
                within(item, &role.item(), repeated, visit);
            }
        }
        Type::Object(object) => {
            let shares = can_share(object);
            if shares {
                visit(object, role);
            }
            for property in &object.properties {
                if !(shares && repeated.contains(&key(property))) {
                    within(
                        &property.ty,
                        &role.property(&property.name),
                        repeated,
                        visit,
                    );
                }
            }
            if let Rest::Typed(rest) = &object.rest {
                within(rest, &role.item(), repeated, visit);
            }
        }
        Type::Union(members) => {
            for member in members {
                within(&member.ty, role, repeated, visit);
            }
        }
        Type::Intersection(parts) => {
            for part in parts {
                within(part, role, repeated, visit);
            }
        }
        _ => {}
    }
}
