//! JSON Schemas: what `jsonschema` accepts, `tsc` accepts; and what it refuses, `tsc` refuses, but for what no type can say.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::time::Instant;

use codemode_runtime::{Catalogue, ResultType};
use codemode_truth::compiler::{Assignment, Compiler};
use codemode_truth::exceptions::WiderThanSchema;
use codemode_truth::random_schema::{as_read, random_schema};
use codemode_truth::relaxed::relaxed;
use codemode_truth::schema_judge::{SchemaJudge, has_inherited_key, names};
use codemode_truth::subject::{Declarations, tool};
use codemode_truth::values::{
    FromSchema, arbitrary, as_a_script_sends, held, mutate, smaller, text,
};
use fastrand::Rng;
use serde_json::{Map, Value, json};

use crate::seed::Trial;

const SCHEMAS: usize = 1_000;
const FROM_SCHEMA: usize = 30;
const MUTATED: usize = 30;
const ARBITRARY: usize = 15;

/// No more failures than this are made small and reported.
const MAX_REPORTED: usize = 12;

#[test]
fn a_type_is_never_narrower_than_its_schema() {
    let cases = never_narrower(Trial::usual());
    assert!(cases >= 10_000, "only {cases} pairs");
}

#[test]
fn a_type_is_wider_than_its_schema_only_where_no_type_can_say_it() {
    let (cases, reached) = wider_only_where_no_type_can_say_it(Trial::usual());
    assert!(cases >= 10_000, "only {cases} pairs");
    for (exception, _) in WiderThanSchema::ALL {
        let count = reached.get(exception).copied().unwrap_or_default();
        assert!(count >= 3, "{exception:?} hardly comes up: {reached:?}");
    }
}

#[test]
fn a_result_is_checked_for_what_its_schema_says_as_far_as_types_say_it() {
    let (fitting, refused) = results_are_checked(Trial::usual());
    assert!(
        fitting >= 10_000 && refused >= 10_000,
        "{fitting} {refused}"
    );
}

#[test]
fn a_type_is_as_wide_as_its_schema_with_schemas_that_nobody_has_tried() {
    never_narrower(Trial::fresh());
    wider_only_where_no_type_can_say_it(Trial::fresh());
    results_are_checked(Trial::fresh());
}

fn never_narrower(mut trial: Trial) -> usize {
    let started = Instant::now();
    let compiler = Compiler::find().unwrap();
    let schemas = trial.count(SCHEMAS);
    let mut cases = Vec::new();
    let mut judged = 0;
    for _ in 0..schemas {
        let schema = random_schema(&mut trial.rng);
        let judge = SchemaJudge::of_any(&as_read(&schema))
            .unwrap_or_else(|error| panic!("{error}: {schema}"));
        for value in values(&mut trial.rng, &schema) {
            judged += 1;
            if judge.accepts(&value) {
                cases.push((schema.clone(), value));
            }
        }
    }
    let made = started.elapsed();
    let answers = judge(&compiler, &cases);
    let mut known = 0;
    let mut failures = Vec::new();
    for ((schema, value), answer) in cases.iter().zip(answers) {
        match answer {
            Some(_) if is_known(schema, value) => known += 1,
            Some(_) => failures.push((schema.clone(), value.clone())),
            None => {}
        }
    }
    let unexplained = failures.len();
    failures.sort_by_key(|(schema, value)| schema.to_string().len() + value.to_string().len());
    failures.dedup_by(|one, other| one.0 == other.0);
    failures.truncate(MAX_REPORTED);
    shrink(&compiler, &mut failures);
    failures.dedup();
    let mut report = String::new();
    for ((schema, value), answer) in failures.iter().zip(judge(&compiler, &failures)) {
        let printed = printed(schema).unwrap_or_default();
        let _ = writeln!(
            report,
            "{}{printed}",
            kept(schema, value, &answer.unwrap_or_default())
        );
    }
    println!(
        "{schemas} schemas, {made:.1?} to make values, {:.1?} in all",
        started.elapsed()
    );
    println!(
        "{judged} pairs: {} NeverNarrower, of which {known} TypeScript's own, {unexplained} unexplained",
        cases.len()
    );
    assert!(report.is_empty(), "{trial}\n{KEEP}\n{report}");
    assert!(
        known * 50 < cases.len(),
        "too much is refused for TypeScript's own reasons: {known}"
    );
    cases.len()
}

fn wider_only_where_no_type_can_say_it(
    mut trial: Trial,
) -> (usize, BTreeMap<WiderThanSchema, usize>) {
    let compiler = Compiler::find().unwrap();
    let mut cases = Vec::new();
    let mut wider = 0;
    let mut reached = BTreeMap::new();
    for _ in 0..trial.count(SCHEMAS) {
        let schema = random_schema(&mut trial.rng);
        let read = as_read(&schema);
        let whole = SchemaJudge::of_any(&read).unwrap();
        let said = SchemaJudge::of_any(&relaxed(&read))
            .unwrap_or_else(|error| panic!("{error}: {}", relaxed(&read)));
        for value in values(&mut trial.rng, &schema) {
            match (whole.accepts(&value), said.accepts(&value)) {
                (true, true) => {}
                (true, false) => panic!("relaxed is no wider: {schema} {value}"),
                (false, true) => {
                    wider += 1;
                    for exception in whole.breaks_beside_types(&value) {
                        *reached.entry(exception).or_default() += 1;
                    }
                }
                (false, false) => cases.push((schema.clone(), value)),
            }
        }
    }
    let answers = judge(&compiler, &cases);
    let accepted = cases.iter().zip(answers);
    let accepted = accepted.filter(|(_, answer)| answer.is_none());
    let mut known = 0;
    let mut failures = Vec::new();
    for ((schema, value), _) in accepted {
        match why_typescript_accepts(schema, value) {
            Some(exception) => {
                known += 1;
                *reached.entry(exception).or_default() += 1;
            }
            None => failures.push((schema.clone(), value.clone())),
        }
    }
    println!(
        "{} pairs: {} Sound, {wider} more that no type can refuse, {} accepted for TypeScript's own reasons, {} unexplained",
        cases.len() + wider,
        cases.len(),
        known,
        failures.len()
    );
    println!("{reached:?}");
    failures.sort_by_key(|(schema, value)| schema.to_string().len() + value.to_string().len());
    let mut reported = HashSet::new();
    failures.retain(|(schema, _)| reported.insert(schema.to_string()));
    failures.truncate(MAX_REPORTED);
    let mut report = String::new();
    for (schema, value) in &failures {
        let printed = printed(schema).unwrap_or_default();
        let _ = writeln!(report, "{}{printed}", kept(schema, value, "accepted"));
    }
    assert!(report.is_empty(), "{trial}\n{KEEP}\n{report}");
    assert!(
        known * 100 < cases.len(),
        "too much is accepted for TypeScript's own reasons: {known}"
    );
    (cases.len(), reached)
}

fn results_are_checked(mut trial: Trial) -> (usize, usize) {
    let (mut fitting, mut refused) = (0, 0);
    for _ in 0..trial.count(SCHEMAS) {
        let schema = random_schema(&mut trial.rng);
        let read = as_read(&schema);
        let whole = SchemaJudge::of_any(&read).unwrap();
        let said = SchemaJudge::of_any(&relaxed(&read)).unwrap();
        let result = ResultType::of(&tool("s", "f", None, Some(schema.clone()))).unwrap();
        for value in values(&mut trial.rng, &schema) {
            match result.check(&value) {
                Ok(()) => {
                    assert!(
                        said.accepts(&value),
                        "{trial}\n{}",
                        kept(&schema, &value, "it fits as a result")
                    );
                    fitting += 1;
                }
                Err(misfit) => {
                    assert!(
                        !whole.accepts(&value),
                        "{trial}\n{}",
                        kept(&schema, &value, &misfit.to_string())
                    );
                    refused += 1;
                }
            }
        }
    }
    println!("{fitting} results fit, {refused} don't");
    (fitting, refused)
}

/// What is to be done about failures.
const KEEP: &str = "Once mended, keep these in `of_schemas` of `regressions.rs`:";

/// A failure as `regressions.rs` keeps it, with what is wrong.
fn kept(schema: &Value, value: &Value, problem: &str) -> String {
    format!(
        "        // {}\n        (json!({schema}), json!({})),\n",
        problem.replace('\n', " "),
        text(value)
    )
}

/// Why TypeScript looks less closely, if it is for an intersection, or for a name that arrays inherit.
fn why_typescript_accepts(schema: &Value, value: &Value) -> Option<WiderThanSchema> {
    let text = printed(schema)?;
    if text.contains(" & ") {
        return Some(WiderThanSchema::Intersection);
    }
    let names_inherited = ["constructor", "toString"]
        .iter()
        .any(|name| text.contains(&format!("{name}:")) || text.contains(&format!("{name}?:")));
    (names_inherited && has_array(value)).then_some(WiderThanSchema::Inherited)
}

fn has_array(value: &Value) -> bool {
    match value {
        Value::Array(_) => true,
        Value::Object(fields) => fields.values().any(has_array),
        _ => false,
    }
}

/// The exception, a schema that has it, and a value.
fn wider_than_schema() -> Vec<(WiderThanSchema, Value, Value)> {
    let weak = json!({ "type": "object", "properties": { "a": { "type": "number" } } });
    vec![
        (
            WiderThanSchema::Condition,
            json!({ "type": ["number", "string"], "if": { "type": "number" }, "then": { "minimum": 3 } }),
            json!(1),
        ),
        (
            WiderThanSchema::Condition,
            json!({ "type": "object", "dependentRequired": { "a": ["b"] } }),
            json!({ "a": 1 }),
        ),
        (
            WiderThanSchema::Condition,
            json!({ "type": "array", "contains": { "type": "number" } }),
            json!(["a"]),
        ),
        (
            WiderThanSchema::Exclusive,
            json!({ "oneOf": [{ "type": "number" }, { "type": "number", "minimum": 3 }] }),
            json!(4),
        ),
        (
            WiderThanSchema::Inherited,
            json!({ "type": "object", "properties": { "toString": {} }, "required": ["toString"] }),
            json!("a"),
        ),
        (
            WiderThanSchema::Inherited,
            json!({ "anyOf": [
                weak,
                { "type": "object", "properties": { "toString": { "const": true }, "b": {} }, "required": ["toString", "b"] },
            ] }),
            json!([]),
        ),
        (
            WiderThanSchema::Intersection,
            json!({ "type": "string", "$ref": "#/$defs/Weak", "$defs": { "Weak": weak } }),
            json!("a"),
        ),
    ]
}

#[test]
fn each_exception_of_schemas_has_a_case() {
    let compiler = Compiler::find().unwrap();
    let cases: Vec<_> = wider_than_schema()
        .into_iter()
        .map(|(_, schema, value)| (schema, value))
        .collect();
    for (((exception, ..), (schema, value)), answer) in wider_than_schema()
        .iter()
        .zip(&cases)
        .zip(judge(&compiler, &cases))
    {
        let accepted = SchemaJudge::of_any(schema).unwrap().accepts(value);
        assert!(!accepted, "{exception:?}: {schema} {value}");
        assert_eq!(answer, None, "{exception:?}: {schema} {value}");
    }
    for (exception, _) in WiderThanSchema::ALL {
        let mut cases = wider_than_schema().into_iter();
        assert!(
            cases.any(|(known, ..)| known == *exception),
            "{exception:?} has no case"
        );
    }
}

pub(crate) fn values(rng: &mut Rng, schema: &Value) -> Vec<Value> {
    let from_schema = FromSchema { root: schema };
    let names = names(schema);
    let mut values: Vec<Value> = (0..FROM_SCHEMA)
        .map(|round| from_schema.value(rng, schema, 1 + round % 5))
        .collect();
    for position in 0..MUTATED {
        let changed = mutate(rng, &values[position % FROM_SCHEMA], &names);
        values.push(changed);
    }
    values.extend((0..ARBITRARY).map(|_| arbitrary(rng, 3)));
    let mut values: Vec<Value> = values.iter().map(as_a_script_sends).collect();
    values.sort_by_key(Value::to_string);
    values.dedup();
    values
}

fn printed(schema: &Value) -> Option<String> {
    let (text, left_out) =
        Catalogue::from_tools(vec![tool("s", "f", None, Some(schema.clone()))]).declarable();
    left_out.is_empty().then_some(text)
}

/// What `tsc` has against values as what their schemas describe.
fn judge(compiler: &Compiler, cases: &[(Value, Value)]) -> Vec<Option<String>> {
    let mut tools = Vec::new();
    let mut assignments = Vec::new();
    for (schema, value) in cases {
        if tools.last() != Some(schema) {
            tools.push(schema.clone());
        }
        let ty = format!("Awaited<ReturnType<typeof s.f{}>>", tools.len() - 1);
        assignments.push(Assignment {
            ty,
            expression: held(value),
        });
    }
    let tools = tools
        .into_iter()
        .enumerate()
        .map(|(number, schema)| tool("s", &format!("f{number}"), None, Some(schema)));
    let declarations = Declarations::of(tools.collect()).expect("every schema has a type");
    compiler
        .judge_both(&declarations, &assignments)
        .expect("tsc judges")
}

/// Makes schemas and values smaller for as long as they still don't fit.
fn shrink(compiler: &Compiler, failures: &mut [(Value, Value)]) {
    for _ in 0..25 {
        let mut candidates = Vec::new();
        let mut owners = Vec::new();
        for (owner, (schema, value)) in failures.iter().enumerate() {
            let of_schema = smaller(schema)
                .into_iter()
                .map(|schema| (schema, value.clone()));
            let of_value = smaller(value)
                .into_iter()
                .map(|value| (schema.clone(), value));
            for (schema, value) in of_schema.chain(of_value).take(150) {
                let valid =
                    SchemaJudge::of_any(&as_read(&schema)).is_ok_and(|judge| judge.accepts(&value));
                if valid
                    && printed(&schema).is_some()
                    && !schema.to_string().contains("\"$ref\":\"\"")
                {
                    candidates.push((schema, value));
                    owners.push(owner);
                }
            }
        }
        let refused: Vec<bool> = judge(compiler, &candidates)
            .iter()
            .map(Option::is_some)
            .collect();
        let mut changed = vec![false; failures.len()];
        for ((refused, candidate), owner) in refused.into_iter().zip(candidates).zip(owners) {
            if refused && !changed[owner] && !is_known(&candidate.0, &candidate.1) {
                changed[owner] = true;
                failures[owner] = candidate;
            }
        }
        if !changed.contains(&true) {
            return;
        }
    }
}

/// Whether the value may be refused for a reason that is TypeScript's own.
fn is_known(schema: &Value, value: &Value) -> bool {
    is_for_a_weak_type(schema, value) || has_inherited_key(value, &[])
}

/// Whether TypeScript may refuse the value only because an object in it has none of the properties of a type in which all
/// are optional. It takes that for a mistake; it is one of the exceptions.
fn is_for_a_weak_type(schema: &Value, value: &Value) -> bool {
    match value {
        Value::Array(values) => values.iter().any(|value| is_for_a_weak_type(schema, value)),
        Value::Object(fields) => {
            !fields.is_empty() && has_disjoint_weak_type(schema, fields)
                || fields
                    .values()
                    .any(|value| is_for_a_weak_type(schema, value))
        }
        _ => false,
    }
}

fn has_disjoint_weak_type(schema: &Value, fields: &Map<String, Value>) -> bool {
    match schema {
        Value::Object(keywords) => {
            let named = keywords.get("properties").and_then(Value::as_object);
            named.is_some_and(|named| {
                !named.is_empty() && !named.keys().any(|name| fields.contains_key(name))
            }) || keywords
                .values()
                .any(|inner| has_disjoint_weak_type(inner, fields))
        }
        Value::Array(schemas) => schemas
            .iter()
            .any(|inner| has_disjoint_weak_type(inner, fields)),
        _ => false,
    }
}
