//! What most functions return need not be said of each.

use std::collections::HashMap;

use super::walk::walk;
use crate::model::{Module, Rest, Type};

/// An object of more properties has a line of its own.
const FEW: usize = 3;

/// The type that most functions return, if it is a short one. Whatever it names is declared where all can see it.
pub(super) fn default(module: &mut Module) -> Type {
    let mut counts: HashMap<&Type, usize> = HashMap::new();
    let outputs = || {
        let namespaces = module.namespaces.iter();
        namespaces.flat_map(|namespace| namespace.functions.iter().map(|function| &function.output))
    };
    for output in outputs().filter(|output| is_short(output)) {
        *counts.entry(output).or_default() += 1;
    }
    let mut most = (1, &Type::Unknown);
    // In the order of the functions, so that of two the first one stays.
    for output in outputs() {
        if let Some(count) = counts.get(output)
            && *count > most.0
        {
            most = (*count, output);
        }
    }
    let mut default = most.1.clone();
    let mut named = Vec::new();
    walk(&mut default, &mut |ty| {
        if let Type::Named(index) = ty {
            named.push(*index);
        }
    });
    for index in named {
        for namespace in &mut module.namespaces {
            namespace.types.retain(|known| *known != index);
        }
        if !module.shared.contains(&index) {
            module.shared.push(index);
        }
    }
    module.shared.sort_by(|one, other| {
        let name = |index: usize| &module.declarations[index].name;
        name(*one).cmp(name(*other))
    });
    default
}

fn is_short(ty: &Type) -> bool {
    match ty {
        Type::Tuple(_) | Type::Intersection(_) => false,
        Type::Object(object) => {
            object.properties.len() <= FEW
                && object
                    .properties
                    .iter()
                    .all(|property| property.docs.is_empty() && is_short(&property.ty))
                && !matches!(&object.rest, Rest::Typed(rest) if !is_short(rest))
        }
        Type::Array(item) => is_short(item),
        Type::Union(members) => members
            .iter()
            .all(|member| member.docs.is_empty() && is_short(&member.ty)),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::tests::compact;

    #[test]
    fn a_small_object_need_not_be_said_of_each_function() {
        let object = |names: &[&str]| -> Value {
            let properties: serde_json::Map<_, _> = names
                .iter()
                .map(|name| ((*name).to_owned(), json!({ "type": "string" })))
                .collect();
            json!({ "type": "object", "properties": properties, "required": names })
        };
        for (names, default) in [
            (["a", "b", "c"].as_slice(), "{a:string,b:string,c:string}"),
            (&["a", "b", "c", "d"], "number"),
        ] {
            let tool = |number: usize, output: &Value| json!({ "name": format!("f{number}"), "outputSchema": output });
            let mut tools: Vec<Value> = (0..5).map(|number| tool(number, &object(names))).collect();
            tools.extend((5..8).map(|number| tool(number, &json!({ "type": "number" }))));
            let text = compact(json!(tools));
            assert!(
                text.starts_with(&format!("type P<T={default}>=Promise<T>\n")),
                "{text}"
            );
        }
    }

    #[test]
    fn what_most_functions_return_is_said_once() {
        let answer = json!({
            "anyOf": [{ "type": "string" }, { "type": "array", "items": { "$ref": "#/$defs/Part" } }],
            "$defs": { "Part": { "type": "object", "properties": { "text": { "type": "string" } } } },
        });
        let tool = |number: usize, output: &Value| json!({ "name": format!("f{number}"), "inputSchema": { "properties": {} }, "outputSchema": output });
        let mut tools: Vec<Value> = (0..6).map(|number| tool(number, &answer)).collect();
        tools.push(tool(7, &json!(true)));
        tools.push(tool(8, &json!({ "type": "number" })));
        let text = compact(json!(tools));
        assert!(
            text.starts_with("type P<T=string|Part[]>=Promise<T>\n"),
            "{text}"
        );
        for part in [
            "function f0():P\n",
            "function f7():P<unknown>\n",
            "function f8():P<number>\n",
        ] {
            assert!(text.contains(part), "{text}");
        }
        // Outside of the namespace, or the first line wouldn't find it.
        assert!(
            text.ends_with("}\ndeclare interface Part {text?:string}\n"),
            "{text}"
        );
    }
}
