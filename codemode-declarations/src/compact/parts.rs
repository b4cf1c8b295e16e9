//! Properties that several objects have are said once, as a part that the objects refer to.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::walk::{for_each_inner, for_each_root, free_name, walk};
use crate::model::{Declaration, Docs, Namespace, Object, Property, Rest, Type, fingerprint};
use crate::names;

/// What declaring a part costs, in characters.
const DECLARATION: usize = 20;

/// What referring to a part costs, in characters.
const REFERENCE: usize = 12;

/// Declares properties that several objects have, with the same type and docs, once and by a name.
///
/// What is inside of a property that several have is looked at when it stands once.
pub(super) fn share(
    namespace: &mut Namespace,
    declarations: &mut Vec<Declaration>,
    taken: &mut BTreeSet<String>,
) {
    loop {
        let repeated = repeated(namespace, declarations);
        let groups = groups(namespace, declarations, &repeated);
        if groups.is_empty() {
            drop_other_names(namespace, declarations);
            return;
        }
        let parts = Parts::new(&groups, declarations.len());
        for_each_root(namespace, declarations, &mut |ty| {
            parts.replace(ty, &repeated);
        });
        for (position, group) in groups.into_iter().enumerate() {
            let properties: Vec<Property> = group
                .members
                .into_iter()
                .map(|(_, property)| property)
                .collect();
            let first = properties.first().map_or("", |property| &property.name);
            let name = names::type_name(&first.replace('_', " "));
            let own = Type::Object(Object {
                properties,
                rest: Rest::Open,
            });
            let included = parts.includes[position].iter();
            let mut all: Vec<Type> = included
                .map(|inner| Type::Named(parts.first + inner))
                .collect();
            namespace.types.push(declarations.len());
            declarations.push(Declaration {
                name: free_name(&name, taken),
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

/// A property with all that is said of it.
type Key = u128;

fn key(property: &Property) -> Key {
    fingerprint(property)
}

/// An index signature is for all properties of its object, so those stay together.
fn can_share(object: &Object) -> bool {
    !matches!(object.rest, Rest::Typed(_))
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

/// Properties that are found in the same objects.
struct Group {
    members: Vec<(Key, Property)>,
    /// The objects' numbers, in order.
    objects: Vec<usize>,
}

/// The groups that are worth a name.
fn groups(
    namespace: &mut Namespace,
    declarations: &mut [Declaration],
    repeated: &HashSet<Key>,
) -> Vec<Group> {
    let mut found: Vec<(Key, Property, Vec<usize>)> = Vec::new();
    let mut places: HashMap<Key, usize> = HashMap::new();
    let mut objects = 0;
    for_each_root(namespace, declarations, &mut |ty| {
        walk_unrepeated(ty, repeated, &mut |ty| {
            let Type::Object(object) = ty else { return };
            for property in &object.properties {
                let key = key(property);
                if repeated.contains(&key) {
                    let place = *places.entry(key).or_insert_with(|| {
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
        .map(|(objects, members)| Group { members, objects })
        .filter(|group| {
            let length: usize = group
                .members
                .iter()
                .map(|(_, property)| length(property))
                .sum();
            let uses = group.objects.len();
            length * uses.saturating_sub(1) > DECLARATION + REFERENCE * uses
        })
        .collect()
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

/// About how many characters a property takes in print.
fn length(property: &Property) -> usize {
    let tags = property.docs.tags.iter();
    let tags: usize = tags.map(|(tag, value)| tag.len() + value.len() + 2).sum();
    let separators = if property.docs.is_empty() { 2 } else { 6 };
    property.name.len()
        + property.docs.text.len()
        + tags
        + separators
        + length_of_type(&property.ty)
}

fn length_of_type(ty: &Type) -> usize {
    let all = |types: &[Type]| types.iter().map(|ty| length_of_type(ty) + 1).sum::<usize>();
    match ty {
        Type::Array(item) => length_of_type(item) + 2,
        Type::Tuple(tuple) => all(&tuple.items) + tuple.rest.as_deref().map_or(0, length_of_type),
        Type::Object(object) => {
            let rest = match &object.rest {
                Rest::Typed(rest) => length_of_type(rest) + 6,
                Rest::Open | Rest::Closed => 2,
            };
            rest + object.properties.iter().map(length).sum::<usize>()
        }
        Type::Union(members) => {
            let length = |docs: &Docs| docs.text.len() + 1;
            let members = members.iter();
            members
                .map(|member| length(&member.docs) + length_of_type(&member.ty))
                .sum()
        }
        Type::Intersection(parts) => all(parts),
        Type::Literal(value) => value.to_string().len(),
        _ => 6,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::tests::compact;

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
        let text = compact(json!([tool("a", "one"), tool("b", "two")]));
        assert_eq!(
            text,
            "declare namespace n {\n\
             function a(input:DatabaseName&{one?:number}):Promise<unknown>\n\
             function b(input:DatabaseName&{two?:number}):Promise<unknown>\n\
             interface DatabaseName {\n\
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
        let text = compact(json!([tool("f", json!(false)), tool("g", json!(false))]));
        assert_eq!(text.matches("input?:{a?:string}").count(), 2, "{text}");
        let text = compact(json!([
            tool("f", json!({ "type": "string" })),
            tool("g", json!({ "type": "string" }))
        ]));
        assert!(!text.contains("interface A"), "{text}");
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
                "properties": { "part": { "$ref": "#/$defs/Id" } },
                "$defs": { "Id": definition },
            } },
        ]);
        let text = compact(tools);
        assert!(text.contains("interface Id2 {\nid?:number"), "{text}");
        assert!(text.contains("// Taken.\ninterface Id {"), "{text}");
    }

    #[test]
    fn a_part_that_all_objects_with_another_one_have_is_in_that_one() {
        let said = |what: &str| json!({ "type": "string", "description": format!("The {what}, in words that a person can read.") });
        let tool = |names: &[&str]| {
            let properties: serde_json::Map<_, _> = names
                .iter()
                .map(|name| ((*name).to_owned(), said(name)))
                .collect();
            json!({ "name": names.join(""), "inputSchema": { "type": "object", "properties": properties } })
        };
        let text = compact(json!([
            tool(&["a"]),
            tool(&["a", "b"]),
            tool(&["a", "b", "c"])
        ]));
        assert!(text.contains("function a(input?:A)"), "{text}");
        assert!(text.contains("function ab(input?:B)"), "{text}");
        assert!(text.contains("function abc(input?:B&{"), "{text}");
        assert!(text.contains("type B=A&{\nb?:string // The b,"), "{text}");
    }

    #[test]
    fn a_type_that_is_a_part_keeps_its_name() {
        let id = json!({ "type": "object", "properties": { "value": { "type": "string", "description": "As the list of all of them has it." } } });
        let other = json!({ "type": "object", "properties": {
            "value": id["properties"]["value"], "more": { "type": "number" },
        } });
        let input = json!({
            "type": "object",
            "properties": { "one": { "$ref": "#/$defs/Id" }, "two": { "$ref": "#/$defs/Id" }, "other": other },
            "$defs": { "Id": id },
        });
        let text = compact(json!([{ "name": "f", "inputSchema": input }]));
        assert!(
            text.contains("{one?:Id,two?:Id,other?:Id&{more?:number}}"),
            "{text}"
        );
        assert_eq!(text.matches("value?:string").count(), 1, "{text}");
    }
}
