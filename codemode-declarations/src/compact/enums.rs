//! Enumerations that are too long to be read are said by what they are: how many values of which kind, and the first of them.
//!
//! The check of a script still knows all of them.

use super::walk::for_each_type_of;
use crate::algebra::{plain, unite};
use crate::model::{Docs, Member, Module, Rest, Type};

/// An enumeration is too long if it has more values than this, and takes more characters.
const MANY_VALUES: usize = 100;
const MANY_CHARACTERS: usize = 1_000;

/// How many values are shown of one that is too long.
const SHOWN: usize = 3;

/// Cuts the enumerations of a module.
pub(super) fn cut(module: &mut Module) {
    for declaration in &mut module.declarations {
        within(&mut declaration.ty, "", &mut declaration.docs);
    }
    for namespace in &mut module.namespaces {
        for function in &mut namespace.functions {
            let mut docs = std::mem::take(&mut function.docs);
            for_each_type_of(function, &mut |ty| within(ty, "", &mut docs));
            function.docs = docs;
        }
    }
}

/// Cuts those in a type. `docs` are those that a reader of the type sees, and `way` leads from there to the type.
fn within(ty: &mut Type, way: &str, docs: &mut Docs) {
    match ty {
        Type::Array(item) => within(item, &format!("{way}items."), docs),
        Type::Tuple(tuple) => {
            for (position, item) in tuple.items.iter_mut().enumerate() {
                within(item, &format!("{way}items.{position}."), docs);
            }
            if let Some(rest) = &mut tuple.rest {
                within(rest, &format!("{way}items."), docs);
            }
        }
        Type::Object(object) => {
            for property in &mut object.properties {
                within(&mut property.ty, "", &mut property.docs);
            }
            if let Rest::Typed(rest) = &mut object.rest {
                within(rest, &format!("{way}values."), docs);
            }
        }
        Type::Union(members) => {
            for member in members.iter_mut() {
                within(&mut member.ty, way, docs);
            }
            if let Some((wide, said)) = too_long(members) {
                docs.tags.push((format!("{way}values"), said));
                *ty = wide;
            }
        }
        Type::Intersection(parts) => parts.iter_mut().for_each(|part| within(part, way, docs)),
        _ => {}
    }
}

/// The type without its values, and what they are, if it has too many.
fn too_long(members: &[Member]) -> Option<(Type, String)> {
    let literals = || {
        let plain = members.iter().filter(|member| member.docs.is_empty());
        plain.filter_map(|member| match &member.ty {
            Type::Literal(value) => Some(value),
            _ => None,
        })
    };
    let count = literals().count();
    if count <= MANY_VALUES {
        return None;
    }
    let texts: Vec<String> = literals().map(ToString::to_string).collect();
    if texts.iter().map(String::len).sum::<usize>() <= MANY_CHARACTERS {
        return None;
    }
    let kinds = literals().map(|value| {
        plain(match value {
            serde_json::Value::String(_) => Type::String,
            serde_json::Value::Number(_) => Type::Number,
            _ => Type::Boolean,
        })
    });
    let others = members
        .iter()
        .filter(|member| !(member.docs.is_empty() && matches!(member.ty, Type::Literal(_))));
    let wide = unite(kinds.chain(others.cloned()).collect());
    Some((
        wide,
        format!("{count}, such as {}", texts[..SHOWN].join(", ")),
    ))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::tests::compact;

    #[test]
    fn an_enumeration_of_very_many_values_is_said_by_its_first() {
        let zones = |count: usize| -> Vec<String> {
            (0..count)
                .map(|number| format!("Region/City_{number:04}"))
                .collect()
        };
        let tool = |name: &str, schema: Value| json!({ "name": name, "inputSchema": { "type": "object", "properties": { "zone": schema } } });
        let text = compact(json!([
            tool(
                "f",
                json!({ "type": "string", "enum": zones(2500), "description": "Where." })
            ),
            tool(
                "g",
                json!({ "type": "array", "items": { "enum": zones(101) } })
            ),
            tool("h", json!({ "enum": zones(100) })),
        ]));
        for part in [
            r#"zone?:string // Where. one of 2500, such as "Region/City_0000", "Region/City_0001", "Region/City_0002""#,
            r#"zone?:string[] // items: one of 101, such as "Region/City_0000""#,
            r#"|"Region/City_0099""#,
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        let shared = compact(json!([
            tool("f", json!({ "enum": zones(2500) })),
            tool("g", json!({ "enum": zones(2500) })),
        ]));
        assert!(
            shared.contains("// one of 2500, such as") && shared.contains("\ntype Zone=string\n"),
            "{shared}"
        );
    }
}
