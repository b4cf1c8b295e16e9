//! Rust types: what serde says of a value and what `tsc` says of it are the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::time::Instant;

use codemode_truth::compiler::Compiler;
use codemode_truth::lost::Property;
use codemode_truth::subject::Subject;
use codemode_truth::values::{FromSchema, arbitrary, as_a_script_sends, joined, mutate, text};
use codemode_truth::zoo::topics;
use fastrand::Rng;
use serde_json::Value;

use crate::judge::{Case, Verdict, judge, pinned};
use crate::seed::Trial;
use crate::shrinking::{Failure, shrink};
use crate::tally::Tally;

/// How many values of each kind are made for a type.
const FROM_SCHEMA: usize = 90;
const MUTATED: usize = 160;
const JOINED: usize = 15;
const ARBITRARY: usize = 25;

#[test]
fn declarations_say_what_serde_does() {
    let (trial, tally) = prove(Trial::usual());
    let never_reached = tally.never_reached();
    assert!(
        never_reached.is_empty(),
        "{trial}\nno longer true, or never tried: {never_reached:#?}"
    );
    assert!(tally.pairs() >= 50_000, "only {} pairs", tally.pairs());
}

#[test]
fn declarations_say_what_serde_does_with_values_that_nobody_has_tried() {
    prove(Trial::fresh());
}

/// Tries values of each type of the zoo; panics where declarations and serde differ and nothing explains it.
fn prove(mut trial: Trial) -> (Trial, Tally) {
    let started = Instant::now();
    let compiler = Compiler::find().unwrap();
    let (subjects, declarations) = Subject::all(topics()).unwrap();
    assert!(subjects.len() >= 150);
    let numbered = subjects.iter().enumerate();
    let cases: Vec<(Case, Value)> = numbered
        .flat_map(|(number, subject)| cases(&mut trial, number, subject))
        .collect();
    let made = started.elapsed();
    let judge = |cases: &[(Case, Value)]| judge(&compiler, &subjects, &declarations, cases);
    let verdicts = judge(&cases);
    let judged = started.elapsed();

    let mut tally = Tally::default();
    for (((_, property), _), verdict) in cases.iter().zip(&verdicts) {
        tally.count(*property, verdict);
    }
    let report = report(&subjects, smallest_failures(&cases, &verdicts), judge);
    println!("{tally}");
    println!(
        "{} types, {made:.1?} to make values, {:.1?} to judge them",
        subjects.len(),
        judged.saturating_sub(made)
    );
    assert!(
        report.is_empty(),
        "{trial}\nOnce mended, keep these in `regressions.rs`:\n{report}"
    );
    let too_often = tally.too_often();
    assert!(
        too_often.is_empty(),
        "{trial}\nexcused too often: {too_often:#?}"
    );
    (trial, tally)
}

/// What is claimed of the values of a type.
fn cases(trial: &mut Trial, number: usize, subject: &Subject) -> Vec<(Case, Value)> {
    let (inputs, outputs) = values(trial, subject);
    let inputs = inputs.into_iter().map(|input| match subject.read(&input) {
        Ok(_) => ((number, Property::Complete), input),
        Err(_) => ((number, Property::Sound), input),
    });
    let outputs = outputs
        .into_iter()
        .map(|output| ((number, Property::Output), output));
    inputs.chain(outputs).collect()
}

/// Of all failures of a kind the one with the smallest value.
fn smallest_failures(cases: &[(Case, Value)], verdicts: &[Verdict]) -> Vec<Failure<Case>> {
    let mut failures: BTreeMap<(Case, String), Failure<Case>> = BTreeMap::new();
    for ((about, value), verdict) in cases.iter().zip(verdicts) {
        if let Verdict::Unexplained(why) = verdict {
            let kind: String = why.chars().take(40).collect();
            let new = || Failure {
                about: *about,
                value: value.clone(),
            };
            let smallest = failures.entry((*about, kind)).or_insert_with(new);
            if text(value).len() < text(&smallest.value).len() {
                smallest.value.clone_from(value);
            }
        }
    }
    failures.into_values().collect()
}

/// The failures, made small, each with what is wrong.
fn report(
    subjects: &[Subject],
    mut failures: Vec<Failure<Case>>,
    judge: impl Fn(&[(Case, Value)]) -> Vec<Verdict>,
) -> String {
    shrink(&mut failures, |candidates| {
        let still_claimed = |((number, property), value): &(Case, Value)| match property {
            Property::Complete => subjects[*number].read(value).is_ok(),
            Property::Sound => subjects[*number].read(value).is_err(),
            // Only what serde wrote is a result.
            Property::Output => false,
        };
        let verdicts = judge(candidates)
            .into_iter()
            .map(|verdict| matches!(verdict, Verdict::Unexplained(_)));
        candidates
            .iter()
            .zip(verdicts)
            .map(|(candidate, fails)| fails && still_claimed(candidate))
            .collect()
    });
    let mut smallest: Vec<_> = failures
        .into_iter()
        .map(|failure| (failure.about, failure.value))
        .collect();
    let mut known = BTreeSet::new();
    smallest.retain(|(about, value)| known.insert((*about, value.to_string())));
    let mut report = String::new();
    for (((number, property), value), verdict) in smallest.iter().zip(judge(&smallest)) {
        let Subject { entry, path, .. } = &subjects[*number];
        let _ = writeln!(
            report,
            "        // {path}: {verdict:?}\n        ({:?}, {property:?}, json!({})),",
            entry.rust,
            text(pinned(*property, value))
        );
    }
    report
}

/// Arguments and results to try.
fn values(trial: &mut Trial, subject: &Subject) -> (Vec<Value>, Vec<Value>) {
    let samples = (subject.entry.samples)();
    let mut inputs = Vec::new();
    if let Some(side) = &subject.input {
        let mut valid: Vec<Value> = samples.iter().map(Subject::argument).collect();
        let from_schema = FromSchema { root: &side.schema };
        for round in 0..trial.count(FROM_SCHEMA) {
            valid.push(from_schema.value(&mut trial.rng, &side.schema, 2 + round % 4));
        }
        for _ in 0..trial.count(MUTATED) {
            let inner = one_inside(&mut trial.rng, &valid);
            let mut changed = mutate(&mut trial.rng, &inner, &side.names);
            if trial.rng.usize(..4) == 0 {
                changed = mutate(&mut trial.rng, &changed, &side.names);
            }
            inputs.push(Subject::argument(&changed));
        }
        for _ in 0..trial.count(JOINED) {
            let one = one_inside(&mut trial.rng, &valid);
            let other = one_inside(&mut trial.rng, &valid);
            inputs.push(Subject::argument(&joined(&one, &other)));
        }
        let arbitrary = (0..trial.count(ARBITRARY)).map(|_| arbitrary(&mut trial.rng, 3));
        inputs.extend(arbitrary.map(|value| Subject::argument(&value)));
        inputs.extend(valid);
        // Without its one parameter.
        inputs.push(Value::Object(serde_json::Map::new()));
    }
    let inputs = distinct(inputs.iter().map(as_a_script_sends));
    let mut outputs = Vec::new();
    if subject.output.is_some() {
        outputs.extend(samples);
        outputs.extend(
            inputs
                .iter()
                .filter_map(|input| subject.read(input).ok().flatten()),
        );
    }
    (inputs, distinct(outputs.into_iter()))
}

/// The value of one of some arguments.
fn one_inside(rng: &mut Rng, arguments: &[Value]) -> Value {
    let argument = rng.choice(arguments).cloned().unwrap_or_default();
    argument.get("value").cloned().unwrap_or_default()
}

fn distinct(values: impl Iterator<Item = Value>) -> Vec<Value> {
    let mut known = BTreeSet::new();
    values
        .filter(|value| known.insert(value.to_string()))
        .collect()
}
