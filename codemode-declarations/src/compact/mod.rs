//! The same types in fewer words: what is used once stands where it is used, and what is said twice is said once.

mod enums;
mod inline;
mod markup;
mod notes;
mod parts;
mod promise;
mod wording;

use std::collections::BTreeSet;

use super::model::{
    Declaration, Docs, Function, Member, Module, Namespace, Object, Promise, Property, Rest, Tuple,
    Type,
};

pub(super) use notes::MARK;

/// From how many functions on a short name for `Promise` saves more than declaring it takes.
const MANY_FUNCTIONS: usize = 8;

/// Shortens a module without changing what its types accept, but for enumerations that are too long to be read.
pub(super) fn shorten(module: &mut Module) {
    enums::cut(module);
    inline::inline(module);
    let declared = module.declarations.iter();
    let mut taken: BTreeSet<String> = declared
        .map(|declaration| declaration.name.clone())
        .collect();
    let functions = module
        .namespaces
        .iter()
        .map(|namespace| namespace.functions.len());
    if functions.sum::<usize>() >= MANY_FUNCTIONS {
        module.promise = Some(Promise {
            name: free_name("P", &mut taken),
            default: promise::default(module),
        });
    }
    for namespace in &mut module.namespaces {
        markup::forget(namespace, &mut module.declarations);
        wording::shorten(namespace, &mut module.declarations);
        parts::share(namespace, &mut module.declarations, &mut taken);
        notes::share(namespace, &mut module.declarations);
    }
}

/// A name that no other type has: the wanted one, else that with a number.
fn free_name(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2_u32..).map(|number| format!("{wanted}{number}"));
    std::iter::once(wanted.to_owned())
        .chain(numbered)
        .find(|name| taken.insert(name.clone()))
        .unwrap_or_default()
}

fn for_each_type(namespace: &mut Namespace, visit: &mut impl FnMut(&mut Type)) {
    for function in &mut namespace.functions {
        for_each_type_of(function, visit);
    }
}

fn for_each_type_of(function: &mut Function, visit: &mut impl FnMut(&mut Type)) {
    if let Some((ty, _)) = &mut function.input {
        visit(ty);
    }
    visit(&mut function.output);
}

/// Calls `visit` with a type, and then with each type in what it has become.
fn walk(ty: &mut Type, visit: &mut impl FnMut(&mut Type)) {
    visit(ty);
    for_each_inner(ty, &mut |inner| walk(inner, visit));
}

fn for_each_inner(ty: &mut Type, visit: &mut impl FnMut(&mut Type)) {
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
fn for_each_root(
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
fn for_each_property(
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
fn for_each_docs(
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::Style;
    use crate::listed::Listed;

    /// The compact declarations of an MCP server's tools, all of which have some.
    pub(super) fn compact(tools: Value) -> String {
        let (text, left_out) = Listed::of(tools).declare(Style::Compact);
        assert_eq!(left_out, []);
        text
    }

    #[test]
    fn many_functions_have_a_short_name_for_what_they_return() {
        let tool = |number: usize| json!({ "name": format!("f{number}"), "outputSchema": { "type": "string" } });
        let mut tools: Vec<Value> = (0..7).map(tool).collect();
        assert!(
            compact(json!(tools)).contains("f0(input?:Record<string,unknown>):Promise<string>\n")
        );
        tools.push(json!({ "name": "g" }));
        let text = compact(json!(tools));
        assert!(text.starts_with("type P<T=string>=Promise<T>\n"), "{text}");
        assert!(
            text.contains("f0(input?:Record<string,unknown>):P\n"),
            "{text}"
        );
        assert!(
            text.contains("g(input?:Record<string,unknown>):P<unknown>\n"),
            "{text}"
        );
    }
}
