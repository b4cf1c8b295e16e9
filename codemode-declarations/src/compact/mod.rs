//! The same types in fewer words: what is used once stands where it is used, and what is said twice is said once.

mod enums;
mod inline;
mod markup;
mod notes;
mod parts;
mod promise;
mod stated;
mod walk;
mod wording;

use std::collections::BTreeSet;

use self::walk::free_name;
use super::model::{Module, Promise};

pub(super) use notes::label;

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
