//! What the proof once found: it must not come back.

use codemode_truth::compiler::{Assignment, Compiler};
use codemode_truth::lost::Property::{self, Complete, Output, Sound};
use codemode_truth::random_schema::as_read;
use codemode_truth::schema_judge::SchemaJudge;
use codemode_truth::subject::{Subject, declare, tool};
use codemode_truth::values::held;
use codemode_truth::zoo::topics;
use serde_json::{Value, json};

use crate::judge::{Verdict, judge};

/// A type of the zoo, what is claimed, and the value for which it once failed.
fn of_rust_types() -> Vec<(&'static str, Property, Value)> {
    vec![
        // An optional property that every object inherits.
        (
            "HostileKeys",
            Complete,
            json!({ "__proto__": 1, "constructor": "", "toString": true }),
        ),
        (
            "HostileKeys",
            Sound,
            json!({ "__proto__": 1, "constructor": "", "toString": true, "hasOwnProperty": "" }),
        ),
        // Constraints on what is in a tuple, on the keys of a map and in the values of one with such keys.
        ("(u8, String)", Sound, json!([-1, ""])),
        ("Vec<u8>", Sound, json!([0.5])),
        (
            "Matrix",
            Sound,
            json!({ "rows": [[0, 0], [0, 0]], "names": [], "pairs": [["", -1]] }),
        ),
        ("BTreeMap<u32, String>", Sound, json!({ "a": "" })),
        ("BTreeMap<u8, u8>", Sound, json!({ "1": -1 })),
        // The length of an array that is too long for a tuple, and a number that is excluded.
        ("[u16; 32]", Sound, json!([])),
        ("NonZeroI32", Sound, json!(0)),
    ]
}

/// A schema and a value: what it accepts, the type accepts, and what it refuses, the type refuses.
fn of_schemas() -> Vec<(Value, Value)> {
    vec![
        (
            json!({ "properties": { "toString": { "type": "string" } } }),
            json!({}),
        ),
        (
            json!({ "anyOf": [{ "properties": { "constructor": {} }, "oneOf": [{ "additionalProperties": { "type": "string" } }] }] }),
            json!({}),
        ),
        (
            json!({ "anyOf": [
                { "anyOf": [{ "type": "string", "description": "Inner." }, { "type": "number" }], "description": "Outer." },
                { "type": "null" },
            ] }),
            json!("a"),
        ),
    ]
}

#[test]
fn rust_types_that_were_wrong_once_are_right() {
    let (subjects, declarations) = Subject::all(topics()).unwrap();
    let cases: Vec<_> = of_rust_types()
        .into_iter()
        .map(|(rust, property, value)| {
            let number = subjects
                .iter()
                .position(|subject| subject.entry.rust == rust)
                .expect(rust);
            let value = if property == Output {
                value
            } else {
                Subject::argument(&value)
            };
            assert!(
                property == Output
                    || subjects[number].read(&value).is_ok() == (property == Complete),
                "{rust} {value}"
            );
            ((number, property), value)
        })
        .collect();
    let verdicts = judge(&Compiler::find().unwrap(), &subjects, &declarations, &cases);
    for ((rust, property, value), verdict) in of_rust_types().into_iter().zip(verdicts) {
        assert!(
            matches!(verdict, Verdict::Holds | Verdict::Wider(_)),
            "{rust} {property:?} {value}: {verdict:?}"
        );
    }
}

#[test]
fn schemas_that_were_wrong_once_are_right() {
    let mut tools = Vec::new();
    let mut assignments = Vec::new();
    for (number, (schema, value)) in of_schemas().into_iter().enumerate() {
        let ty = format!("Awaited<ReturnType<typeof s.f{number}>>");
        assignments.push(Assignment {
            ty,
            expression: held(&value),
        });
        tools.push(tool("s", &format!("f{number}"), None, Some(schema)));
    }
    let answers = Compiler::find()
        .unwrap()
        .judge(&declare(tools).unwrap(), &assignments)
        .unwrap();
    for ((schema, value), answer) in of_schemas().into_iter().zip(answers) {
        let judge = SchemaJudge::of_any(&as_read(&schema)).unwrap();
        assert_eq!(
            answer.is_none(),
            judge.accepts(&value),
            "{schema} {value}: {answer:?}"
        );
    }
}
