//! Ways through a module: to each of its types, properties and comments.

use std::collections::BTreeSet;

use crate::model::{
    Declaration, Docs, Function, Member, Namespace, Object, Property, Rest, Tuple, Type,
};

/// The first of the wanted names that no other type has, else the last one with a number.
pub(super) fn first_free_name(wanted: &[String], taken: &mut BTreeSet<String>) -> String {
    let last = wanted.last().map_or("Part", String::as_str);
    let numbered = (2_u32..).map(|number| format!("{last}{number}"));
    let mut names = wanted.iter().cloned().chain(numbered);
    names
        .find(|name| !name.is_empty() && taken.insert(name.clone()))
        .unwrap_or_default()
}

/// A name that no other type has: the wanted one, else that with a number.
pub(super) fn free_name(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    first_free_name(&[wanted.to_owned()], taken)
}

pub(super) fn for_each_type(namespace: &mut Namespace, visit: &mut impl FnMut(&mut Type)) {
    for function in &mut namespace.functions {
        for_each_type_of(function, visit);
    }
}

pub(super) fn for_each_type_of(function: &mut Function, visit: &mut impl FnMut(&mut Type)) {
    if let Some((ty, _)) = &mut function.input {
        visit(ty);
    }
    visit(&mut function.output);
}

/// Calls `visit` with a type, and then with each type in what it has become.
pub(super) fn walk(ty: &mut Type, visit: &mut impl FnMut(&mut Type)) {
    visit(ty);
    for_each_inner(ty, &mut |inner| walk(inner, visit));
}

pub(super) fn for_each_inner(ty: &mut Type, visit: &mut impl FnMut(&mut Type)) {
    match ty {
        Type::Array(item) => visit(item),
        Type::Tuple(Tuple { items, rest, .. }) => {
            items.iter_mut().for_each(&mut *visit);
            if let Some(rest) = rest {
                visit(rest);
            }
        }
        Type::Object(Object { properties, rest }) => {
            for property in properties {
                visit(&mut property.ty);
            }
            if let Rest::Typed(rest) = rest {
                visit(rest);
            }
        }
        Type::Union(members) => {
            for Member { ty, .. } in members {
                visit(ty);
            }
        }
        Type::Intersection(parts) => parts.iter_mut().for_each(visit),
        _ => {}
    }
}

/// Calls `visit` with the types of a namespace: those of its functions, and those that it declares.
pub(super) fn for_each_root(
    namespace: &mut Namespace,
    declarations: &mut [Declaration],
    visit: &mut impl FnMut(&mut Type),
) {
    for_each_type(namespace, visit);
    for index in &namespace.types {
        visit(&mut declarations[*index].ty);
    }
}

/// Calls `visit` with the properties of all objects in a namespace.
pub(super) fn for_each_property(
    namespace: &mut Namespace,
    declarations: &mut [Declaration],
    visit: &mut impl FnMut(&mut Property),
) {
    for_each_root(namespace, declarations, &mut |ty| {
        walk(ty, &mut |inner| {
            if let Type::Object(object) = inner {
                object.properties.iter_mut().for_each(&mut *visit);
            }
        });
    });
}

/// Calls `visit` with all comments of a namespace.
pub(super) fn for_each_docs(
    namespace: &mut Namespace,
    declarations: &mut [Declaration],
    visit: &mut impl FnMut(&mut Docs),
) {
    let mut in_type = |ty: &mut Type| {
        walk(ty, &mut |inner| match inner {
            Type::Object(object) => {
                let properties = object.properties.iter_mut();
                properties.for_each(|property| visit(&mut property.docs));
            }
            Type::Union(members) => members
                .iter_mut()
                .for_each(|member| visit(&mut member.docs)),
            _ => {}
        });
    };
    for function in &mut namespace.functions {
        for_each_type_of(function, &mut in_type);
    }
    for index in &namespace.types {
        in_type(&mut declarations[*index].ty);
    }
    for function in &mut namespace.functions {
        visit(&mut function.docs);
    }
    for index in &namespace.types {
        visit(&mut declarations[*index].docs);
    }
}
