//! Each exception with a case that shows it.

use codemode_truth::compiler::{Assignment, Compiler};
use codemode_truth::exceptions::{Narrower, Wider};
use codemode_truth::lost::Property;
use codemode_truth::subject::Subject;
use codemode_truth::values::{held, literal};
use codemode_truth::zoo::topics;
use serde_json::{Value, json};

use crate::judge::{Verdict, judge};

/// The exception, a type that has it, and an argument.
fn wider() -> Vec<(Wider, &'static str, Value)> {
    vec![
        (Wider::Integer, "u8", json!(0.5)),
        (Wider::Integer, "TimeDelta", json!([0.5, 0])),
        (Wider::Integer, "Option<u8>", json!(0.5)),
        (Wider::Range, "u8", json!(256)),
        (Wider::Range, "i64", json!(1e19)),
        (Wider::Range, "(u8, String)", json!([-1, ""])),
        (Wider::Text, "Version", json!("1")),
        (Wider::Text, "Uuid", json!("1")),
        (Wider::Length, "char", json!("ab")),
        (Wider::Length, "[u16; 32]", json!([])),
        (Wider::Unique, "HashSet<u8>", json!([0.5, 0.5])),
        (Wider::Keys, "BTreeMap<u32, String>", json!({ "a": "" })),
        (Wider::Not, "NonZeroI32", json!(0)),
        (
            Wider::OtherMember,
            "Result<u8, String>",
            json!({ "Ok": 1, "Err": "" }),
        ),
        (
            Wider::IndexSignature,
            "FlattenedMap",
            json!({ "id": 1, "a": 1 }),
        ),
    ]
}

fn narrower() -> Vec<(Narrower, &'static str, Value)> {
    vec![
        (
            Narrower::UnknownProperty,
            "Point",
            json!({ "x": 1, "y": 2, "z": 3 }),
        ),
        (Narrower::StructAsArray, "Point", json!([1, 2])),
        (
            Narrower::UnitVariantAsObject,
            "Color",
            json!({ "Red": null }),
        ),
        (
            Narrower::InheritedKey,
            "HoldsTagged",
            json!({ "list": [], "map": { "constructor": [1, 2] } }),
        ),
        (
            Narrower::VariantAsNumber,
            "FlattenedGeneric<Action>",
            json!({ "id": 1, "kind": 0 }),
        ),
    ]
}

#[test]
fn each_exception_has_a_case() {
    let (subjects, declarations) = Subject::all(topics()).unwrap();
    let find = |rust: &str| {
        subjects
            .iter()
            .position(|subject| subject.entry.rust == rust && subject.input.is_some())
            .expect(rust)
    };
    let cases: Vec<_> =
        wider()
            .into_iter()
            .map(|(_, rust, value)| ((find(rust), Property::Sound), Subject::argument(&value)))
            .chain(narrower().into_iter().map(|(_, rust, value)| {
                ((find(rust), Property::Complete), Subject::argument(&value))
            }))
            .collect();
    for ((number, property), value) in &cases {
        let accepted = subjects[*number].read(value).is_ok();
        assert_eq!(
            accepted,
            *property == Property::Complete,
            "{} {value}",
            subjects[*number].entry.rust
        );
    }
    let compiler = Compiler::find().unwrap();
    let mut verdicts = judge(&compiler, &subjects, &declarations, &cases).into_iter();
    for ((expected, rust, value), verdict) in wider().into_iter().zip(verdicts.by_ref()) {
        match verdict {
            Verdict::Wider(found) => {
                assert!(found.contains(&expected), "{rust} {value}: {found:?}");
            }
            other => panic!("{rust} {value}: {other:?}"),
        }
    }
    for ((expected, rust, value), verdict) in narrower().into_iter().zip(verdicts) {
        match verdict {
            Verdict::Narrower(found) => {
                assert!(found.contains(&expected), "{rust} {value}: {found:?}");
            }
            other => panic!("{rust} {value}: {other:?}"),
        }
    }
    for (exception, _) in Wider::ALL {
        // It isn't one of literals, and has a test of its own.
        if *exception == Wider::ClosedObject {
            continue;
        }
        assert!(
            wider().iter().any(|(known, ..)| known == exception),
            "{exception:?} has no case"
        );
    }
    for (exception, _) in Narrower::ALL {
        assert!(
            narrower().iter().any(|(known, ..)| known == exception),
            "{exception:?} has no case"
        );
    }
}

#[test]
fn a_closed_object_is_open_to_what_comes_from_elsewhere() {
    let (subjects, declarations) = Subject::all(topics()).unwrap();
    let exact = subjects
        .iter()
        .find(|subject| subject.entry.rust == "Exact")
        .unwrap();
    let value = Subject::argument(&json!({ "name": "a", "size": 1, "more": true }));
    assert!(
        exact
            .read(&value)
            .unwrap_err()
            .contains("unknown field `more`")
    );
    let ty = &exact.input.as_ref().unwrap().ty;
    let assignments = [literal(&value), held(&value)].map(|expression| Assignment {
        ty: ty.clone(),
        expression,
    });
    let answers = Compiler::find()
        .unwrap()
        .judge_both(&declarations, &assignments)
        .unwrap();
    assert!(answers[0].is_some());
    assert_eq!(answers[1], None);
}
