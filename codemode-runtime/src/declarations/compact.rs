//! The same types in fewer words: what is used once stands where it is used, and what is said twice is said once.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::model::{
    Declaration, Docs, Function, Member, Module, Namespace, Object, Property, Rest, Tuple, Type,
};
use super::names;

/// What a name for shared properties has to save, in characters: a reader has to look it up.
const WORTH_A_NAME: usize = 40;

/// Shortens a module without changing what its types accept.
pub(super) fn shorten(module: &mut Module) {
    inline(module);
    let mut taken: BTreeSet<String> = module
        .declarations
        .iter()
        .map(|declaration| declaration.name.clone())
        .collect();
    for namespace in &mut module.namespaces {
        share_properties(namespace, &mut module.declarations, &mut taken);
    }
}

/// Puts each type that is referred to once in the place of the reference, unless its docs would be lost there.
fn inline(module: &mut Module) {
    let listed: Vec<usize> = module
        .namespaces
        .iter()
        .flat_map(|namespace| &namespace.types)
        .chain(&module.shared)
        .copied()
        .collect();
    let mut uses = vec![0_usize; module.declarations.len()];
    let mut count = |ty: &mut Type| {
        walk(ty, &mut |inner| {
            if let Type::Named(index) = inner {
                uses[*index] += 1;
            }
        });
    };
    for namespace in &mut module.namespaces {
        for_each_type(namespace, &mut count);
    }
    for index in &listed {
        count(&mut module.declarations[*index].ty);
    }
    // What is only reached from itself isn't reached from here.
    let once: HashMap<usize, Type> = listed
        .iter()
        .filter(|index| uses[**index] == 1 && may_move(&module.declarations[**index]))
        .map(|index| (*index, module.declarations[*index].ty.clone()))
        .collect();
    for namespace in &mut module.namespaces {
        for_each_type(namespace, &mut |ty| expand(ty, &once));
        namespace.types.retain(|index| !once.contains_key(index));
    }
    module.shared.retain(|index| !once.contains_key(index));
    for index in listed.iter().filter(|index| !once.contains_key(index)) {
        expand(&mut module.declarations[*index].ty, &once);
    }
}

/// Whether a type has no docs of its own, which only a declaration has room for.
fn may_move(declaration: &Declaration) -> bool {
    let documented = matches!(
        &declaration.ty,
        Type::Union(members) if members.iter().any(|member| !member.docs.is_empty())
    );
    declaration.docs.is_empty() && !documented
}

fn expand(ty: &mut Type, once: &HashMap<usize, Type>) {
    walk(ty, &mut |inner| {
        while let Type::Named(index) = inner
            && let Some(own) = once.get(index)
        {
            *inner = own.clone();
        }
    });
}

fn for_each_type(namespace: &mut Namespace, visit: &mut impl FnMut(&mut Type)) {
    for Function { input, output, .. } in &mut namespace.functions {
        if let Some((ty, _)) = input {
            visit(ty);
        }
        visit(output);
    }
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

/// Declares properties that several objects have, with the same type and docs, once and by a name.
///
/// What is inside of a property that several have is looked at when it stands once.
fn share_properties(
    namespace: &mut Namespace,
    declarations: &mut Vec<Declaration>,
    taken: &mut BTreeSet<String>,
) {
    loop {
        let repeated = repeated(namespace, declarations);
        let groups = groups(namespace, declarations, &repeated);
        if groups.is_empty() {
            return;
        }
        let first = declarations.len();
        let group_of: HashMap<&str, usize> = groups
            .iter()
            .enumerate()
            .flat_map(|(position, group)| {
                group
                    .iter()
                    .map(move |(key, _)| (key.as_str(), first + position))
            })
            .collect();
        visit_roots(namespace, declarations, &mut |ty| {
            replace(ty, &repeated, &group_of);
        });
        for group in &groups {
            let properties: Vec<Property> =
                group.iter().map(|(_, property)| property.clone()).collect();
            namespace.types.push(declarations.len());
            declarations.push(Declaration {
                name: name_of(&properties, taken),
                docs: Docs::default(),
                ty: Type::Object(Object {
                    properties,
                    rest: Rest::Open,
                }),
            });
        }
    }
}

/// A property with all that is said of it, as text that can be compared.
type Key = String;

fn key(property: &Property) -> Key {
    format!("{property:?}")
}

/// An index signature is for all properties of its object, so those stay together.
fn can_share(object: &Object) -> bool {
    !matches!(object.rest, Rest::Typed(_))
}

/// The properties that more than one object has.
fn repeated(namespace: &mut Namespace, declarations: &mut [Declaration]) -> HashSet<Key> {
    let mut seen = HashSet::new();
    let mut repeated = HashSet::new();
    visit_roots(namespace, declarations, &mut |ty| {
        walk(ty, &mut |inner| {
            if let Type::Object(object) = inner
                && can_share(object)
            {
                for property in &object.properties {
                    let key = key(property);
                    if !seen.insert(key.clone()) {
                        repeated.insert(key);
                    }
                }
            }
        });
    });
    repeated
}

/// Properties that are found in the same objects, where it is worth a name.
fn groups(
    namespace: &mut Namespace,
    declarations: &mut [Declaration],
    repeated: &HashSet<Key>,
) -> Vec<Vec<(Key, Property)>> {
    let mut found: Vec<(Key, Property, Vec<usize>)> = Vec::new();
    let mut places: HashMap<Key, usize> = HashMap::new();
    let mut objects = 0;
    visit_roots(namespace, declarations, &mut |ty| {
        walk_unrepeated(ty, repeated, &mut |ty| {
            let Type::Object(object) = ty else { return };
            for property in &object.properties {
                let key = key(property);
                if repeated.contains(&key) {
                    let place = *places.entry(key.clone()).or_insert_with(|| {
                        found.push((key, property.clone(), Vec::new()));
                        found.len() - 1
                    });
                    found[place].2.push(objects);
                }
            }
            objects += 1;
        });
    });
    let mut by_objects: BTreeMap<Vec<usize>, Vec<(Key, Property)>> = BTreeMap::new();
    for (key, property, objects) in found {
        by_objects.entry(objects).or_default().push((key, property));
    }
    by_objects
        .into_iter()
        .filter(|(objects, group)| {
            let length: usize = group.iter().map(|(_, property)| length(property)).sum();
            length * objects.len().saturating_sub(1) > WORTH_A_NAME
        })
        .map(|(_, group)| group)
        .collect()
}

/// Puts the names of groups in the place of their properties.
fn replace(ty: &mut Type, repeated: &HashSet<Key>, group_of: &HashMap<&str, usize>) {
    walk_unrepeated(ty, repeated, &mut |ty| {
        let Type::Object(object) = ty else { return };
        let mut parts = BTreeSet::new();
        object.properties.retain(|property| {
            let group = group_of.get(key(property).as_str());
            parts.extend(group);
            group.is_none()
        });
        if parts.is_empty() {
            return;
        }
        let rest = std::mem::replace(ty, Type::Null);
        let mut parts: Vec<Type> = parts.into_iter().map(Type::Named).collect();
        if !matches!(&rest, Type::Object(object) if object.properties.is_empty()) {
            parts.push(rest);
        }
        *ty = match parts.len() {
            1 => parts.remove(0),
            _ => Type::Intersection(parts),
        };
    });
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

fn visit_roots(
    namespace: &mut Namespace,
    declarations: &mut [Declaration],
    visit: &mut impl FnMut(&mut Type),
) {
    for_each_type(namespace, visit);
    for index in &namespace.types {
        visit(&mut declarations[*index].ty);
    }
}

/// About how long a property is in print.
fn length(property: &Property) -> usize {
    let tags: usize = property
        .docs
        .tags
        .iter()
        .map(|(tag, value)| tag.len() + value.len() + 2)
        .sum();
    let mut types = 0;
    walk(&mut property.ty.clone(), &mut |inner| {
        types += match inner {
            Type::Object(object) => object.properties.iter().map(length).sum::<usize>(),
            _ => 4,
        };
    });
    property.name.len() + property.docs.text.len() + tags + types
}

/// A name that says what is inside, and that no other type has.
fn name_of(properties: &[Property], taken: &mut BTreeSet<String>) -> String {
    let first = properties.first().map_or("", |property| &property.name);
    let base = format!("{}Part", names::type_name(&first.replace('_', " ")));
    let numbered = (2_u32..).map(|number| format!("{base}{number}"));
    std::iter::once(base.clone())
        .chain(numbered)
        .find(|name| taken.insert(name.clone()))
        .unwrap_or(base)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::catalogue::Catalogue;

    fn compact(tools: &Value) -> String {
        let (text, left_out) = Catalogue::from_mcp("n", tools).unwrap().compact();
        assert_eq!(left_out, []);
        text
    }

    #[test]
    fn what_is_used_once_stands_where_it_is_used() {
        let tools = json!([{ "name": "put", "inputSchema": {
            "type": "object",
            "properties": { "page": { "$ref": "#/$defs/Page" } },
            "$defs": { "Page": { "type": "object", "properties": { "text": { "type": "string" } } } },
        } }]);
        assert_eq!(
            compact(&tools),
            "declare namespace n {\nfunction put(input?:{page?:{text?:string}}):Promise<unknown>\n}\n"
        );
    }

    #[test]
    fn a_type_keeps_its_name_where_it_is_needed() {
        let recursive = json!({
            "type": "object",
            "properties": { "next": { "$ref": "#" } },
        });
        let documented = json!({
            "type": "object",
            "description": "A page.",
            "properties": { "text": { "type": "string" } },
        });
        let tools = json!([
            { "name": "a", "inputSchema": recursive },
            { "name": "b", "inputSchema": documented },
        ]);
        let text = compact(&tools);
        assert!(
            text.contains("interface AInput {\nnext?:AInput\n}"),
            "{text}"
        );
        assert!(text.contains("// A page.\ninterface BInput {"), "{text}");
    }

    #[test]
    fn properties_that_several_objects_have_are_said_once() {
        let shared =
            json!({ "type": "string", "description": "The name of the database that is meant." });
        let tool = |name: &str, more: &str| {
            json!({ "name": name, "inputSchema": {
                "type": "object",
                "properties": { "database_name": shared, more: { "type": "number" } },
                "required": ["database_name"],
            } })
        };
        let text = compact(&json!([tool("a", "one"), tool("b", "two")]));
        assert_eq!(
            text,
            "declare namespace n {\n\
             function a(input:DatabaseNamePart&{one?:number}):Promise<unknown>\n\
             function b(input:DatabaseNamePart&{two?:number}):Promise<unknown>\n\
             interface DatabaseNamePart {\n\
             database_name:string // The name of the database that is meant.\n\
             }\n}\n"
        );
    }

    #[test]
    fn what_is_short_or_has_an_index_signature_is_said_again() {
        let tool = |name: &str, others: Value| {
            json!({ "name": name, "inputSchema": {
                "type": "object",
                "properties": { "a": { "type": "string" } },
                "additionalProperties": others,
            } })
        };
        let text = compact(&json!([tool("f", json!(false)), tool("g", json!(false))]));
        assert_eq!(text.matches("input?:{a?:string}").count(), 2, "{text}");
        let text = compact(&json!([
            tool("f", json!({ "type": "string" })),
            tool("g", json!({ "type": "string" }))
        ]));
        assert!(!text.contains("Part"), "{text}");
    }

    #[test]
    fn a_part_has_a_name_that_nothing_else_has() {
        let page = |name: &str| {
            json!({ "type": "object", "properties": {
                "id": { "type": "number", "description": "Which one, as the list of all of them has it." },
                name: { "type": "number" },
            } })
        };
        let definition = json!({ "type": "object", "description": "Taken.", "properties": { "x": { "type": "number" } } });
        let tools = json!([
            { "name": "a", "inputSchema": page("b") },
            { "name": "c", "inputSchema": page("d") },
            { "name": "e", "inputSchema": {
                "type": "object",
                "properties": { "part": { "$ref": "#/$defs/IdPart" } },
                "$defs": { "IdPart": definition },
            } },
        ]);
        let text = compact(&tools);
        assert!(text.contains("interface IdPart2 {\nid?:number"), "{text}");
        assert!(text.contains("// Taken.\ninterface IdPart {"), "{text}");
    }
}
