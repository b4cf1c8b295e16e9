//! Schemas of lists of tools mean the same after they came in, and have the form that clients take when they go out.

use codemode_mcp::McpCatalogue as _;
use codemode_runtime::{Catalogue, ToolInfo};
use codemode_truth::compiler::Compiler;
use codemode_truth::random_schema::random_schema;
use codemode_truth::schema_judge::SchemaJudge;
use codemode_truth::subject::{Declarations, tool};
use codemode_truth::values::arbitrary;
use fastrand::Rng;
use serde_json::{Value, json};

use crate::schemas::values;
use crate::seed::{random, scale};

const SCHEMAS: usize = 300;

/// Whether two schemas say the same of values, of those that are objects.
fn assert_same(schema: &Value, other: &Value, values: &[Value], context: &str) {
    let one = SchemaJudge::of_any_draft(schema).unwrap_or_else(|error| panic!("{error}: {schema}"));
    let two = SchemaJudge::of_any_draft(other).unwrap_or_else(|error| panic!("{error}: {other}"));
    for value in values.iter().filter(|value| value.is_object()) {
        assert_eq!(
            one.accepts(value),
            two.accepts(value),
            "{context}: {schema} {other} {value}"
        );
    }
}

#[test]
fn a_schema_that_is_one_means_the_same_as_it_was_sent() {
    let (mut rng, seed) = random();
    let mut compared = 0;
    for _ in 0..SCHEMAS * scale() {
        let schema = random_schema(&mut rng);
        let listed = json!([{ "name": "f", "outputSchema": schema }]);
        let catalogue = Catalogue::from_mcp("n", listed).unwrap();
        // One that contradicts itself is read as it is meant, and says so.
        if catalogue.schema_notes().next().is_some() {
            continue;
        }
        let read: &ToolInfo = &catalogue.tools()[0];
        let context = format!("CODEMODE_TRUTH_SEED={seed}");
        assert_same(&schema, &read.output, &values(&mut rng, &schema), &context);
        compared += 1;
    }
    assert!(compared > SCHEMAS * scale() / 2, "{compared}");
}

#[test]
fn a_schema_that_goes_out_has_the_form_that_strict_clients_take() {
    let (mut rng, seed) = random();
    for _ in 0..SCHEMAS * scale() {
        // What it is of every input.
        let mut schema = random_schema(&mut rng);
        schema["type"] = "object".into();
        let catalogue = Catalogue::from_tools(vec![tool("n", "f", Some(schema.clone()), None)]);
        let sent = &catalogue.to_mcp()["tools"][0]["inputSchema"];
        assert_eq!(sent["type"], "object");
        assert_strict(sent);
        let context = format!("CODEMODE_TRUTH_SEED={seed}");
        assert_same(&schema, sent, &values(&mut rng, &schema), &context);
    }
}

#[test]
fn whatever_a_schema_says_its_tool_is_declared_and_tsc_accepts_it() {
    let (mut rng, seed) = random();
    let entries: Vec<Value> = (0..SCHEMAS * scale())
        .map(|number| {
            let mut input = random_schema(&mut rng);
            let mut output = random_schema(&mut rng);
            spoil(&mut rng, &mut input);
            spoil(&mut rng, &mut output);
            json!({ "name": format!("f{number}"), "inputSchema": input, "outputSchema": output })
        })
        .collect();
    for entry in &entries {
        let (catalogue, refused) =
            Catalogue::from_mcp_as_far_as_readable("s", json!([entry])).unwrap();
        // One that no object fits can't be called.
        if !refused.is_empty() {
            continue;
        }
        let (_, left_out) = catalogue.declarable();
        assert_eq!(left_out, [], "CODEMODE_TRUTH_SEED={seed}: {entry}");
        let sent = catalogue.to_mcp();
        assert_strict(&sent["tools"][0]["inputSchema"]);
    }
    let (catalogue, _) = Catalogue::from_mcp_as_far_as_readable("s", entries.into()).unwrap();
    assert_ne!(catalogue.schema_notes().count(), 0);
    let declarations = Declarations::of(catalogue.tools().to_vec()).unwrap();
    let judged = Compiler::find().unwrap().judge_both(&declarations, &[]);
    judged.unwrap_or_else(|error| panic!("CODEMODE_TRUTH_SEED={seed}: {error}"));
}

/// Puts values where they don't belong, but for the root.
fn spoil(rng: &mut Rng, schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            for inner in fields.values_mut() {
                if rng.usize(..12) == 0 {
                    *inner = match rng.usize(..4) {
                        0 => json!(["date", "int", "String", "any"][rng.usize(..4)]),
                        1 => json!({ "type": "date" }),
                        _ => arbitrary(rng, 2),
                    };
                } else {
                    spoil(rng, inner);
                }
            }
        }
        Value::Array(places) => places.iter_mut().for_each(|inner| spoil(rng, inner)),
        _ => {}
    }
}

/// No bare boolean but `false` where clients ask for it, and no reference but to a definition or to the whole.
fn assert_strict(schema: &Value) {
    let Some(keywords) = schema.as_object() else {
        panic!("{schema} isn't an object");
    };
    for (keyword, value) in keywords {
        match (keyword.as_str(), value) {
            ("$ref", reference) => {
                let reference = reference.as_str().expect("a reference is a text");
                assert!(
                    reference == "#" || reference.starts_with("#/$defs/"),
                    "{reference}"
                );
            }
            (
                "additionalProperties" | "unevaluatedProperties" | "unevaluatedItems",
                Value::Bool(false),
            ) => {}
            (
                "$defs" | "properties" | "patternProperties" | "dependentSchemas",
                Value::Object(named),
            ) => {
                named.values().for_each(assert_strict);
            }
            ("allOf" | "anyOf" | "oneOf" | "prefixItems", Value::Array(places)) => {
                places.iter().for_each(assert_strict);
            }
            (
                "items"
                | "additionalProperties"
                | "contains"
                | "not"
                | "if"
                | "then"
                | "else"
                | "propertyNames",
                inner,
            ) => assert_strict(inner),
            ("definitions" | "additionalItems" | "$anchor" | "$id", _) => panic!("{schema}"),
            _ => {}
        }
    }
}
