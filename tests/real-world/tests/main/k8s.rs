//! The Kubernetes API.

use std::collections::BTreeMap;

use codemode_real_world::{k8s, unsaid};
use serde_json::Value;

use crate::typescript;

#[test]
fn every_type_is_declared_and_accepted_by_tsc() {
    let catalogue = k8s::catalogue();
    assert_eq!(catalogue.tools().len(), k8s::types().len());
    let (readable, left_out) = catalogue.declarable();
    assert_eq!(left_out, []);
    let (compact, left_out) = catalogue.compact();
    assert_eq!(left_out, []);
    for resource in k8s::types().iter().filter(|known| known.kind.is_some()) {
        let name = resource.name();
        assert_eq!(resource.kind, Some(name), "{}", resource.path);
        let function = format!("function apply{name}(");
        assert!(readable.contains(&function), "{}", resource.path);
        assert!(compact.contains(&function), "{}", resource.path);
    }
    let file = |name: &str, text| (name.to_owned(), text);
    // One after the other: together they would declare everything twice.
    typescript::assert_accepted(&[file("readable.d.ts", readable)]);
    typescript::assert_accepted(&[file("compact.d.ts", compact)]);
}

#[test]
fn nothing_is_unknown_but_what_the_schemas_leave_open() {
    let catalogue = k8s::catalogue();
    let (declarations, _) = catalogue.declarable();
    assert_eq!(unsaid::count(&declarations, "any"), 0);
    // A type is declared once, however many tools use it.
    let mut definitions: BTreeMap<&str, usize> = BTreeMap::new();
    for tool in catalogue.tools() {
        for (name, schema) in tool.output["$defs"].as_object().unwrap() {
            definitions.insert(name, unsaid::places([schema]));
        }
        assert!(tool.output.get("$ref").is_some_and(Value::is_string));
    }
    let open: BTreeMap<_, _> = definitions
        .iter()
        .filter(|(_, count)| **count > 0)
        .collect();
    assert_eq!(
        unsaid::count(&declarations, "unknown"),
        open.values().copied().sum::<usize>(),
        "the schemas leave open: {open:#?}"
    );
    assert!(
        !open.is_empty(),
        "some types of the API hold any JSON value"
    );
}

#[test]
fn a_quantity_is_a_number_or_a_string() {
    let declarations = k8s::catalogue().declarable().0;
    let quantity = "type IoK8sApimachineryPkgApiResourceQuantity = number | string;";
    assert!(declarations.contains(quantity));
}
