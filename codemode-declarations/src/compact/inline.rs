//! What is used once stands where it is used.

use std::collections::HashMap;

use super::walk::{for_each_type, walk};
use crate::model::{Declaration, Module, Type};

/// Puts each type that is referred to once in the place of the reference, unless its docs would be lost there.
pub(super) fn inline(module: &mut Module) {
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::compact;

    #[test]
    fn what_is_used_once_stands_where_it_is_used() {
        let tools = json!([{ "name": "put", "inputSchema": {
            "type": "object",
            "properties": { "page": { "$ref": "#/$defs/Page" } },
            "$defs": { "Page": { "type": "object", "properties": { "text": { "type": "string" } } } },
        } }]);
        assert_eq!(
            compact(tools),
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
        let text = compact(tools);
        assert!(text.contains("interface AInput {next?:AInput}"), "{text}");
        assert!(text.contains("// A page.\ninterface BInput {"), "{text}");
    }
}
