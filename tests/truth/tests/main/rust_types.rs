//! Rust types: what serde says of a value and what `tsc` says of it are the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::time::Instant;

use codemode_truth::compiler::{Assignment, Compiler, DIFFERENT};
use codemode_truth::exceptions::{Narrower, Wider};
use codemode_truth::lost::{LOST, Property, lost};
use codemode_truth::schema_judge::{has_inherited_key, without};
use codemode_truth::subject::{Declarations, Side, Subject};
use codemode_truth::values::{FromSchema, arbitrary, as_a_script_sends, literal, mutate, text};
use codemode_truth::zoo::topics;
use fastrand::Rng;
use serde_json::Value;

use crate::seed::{random, scale};
use crate::shrinking::{Failure, shrink};

/// How many values of each kind are made for a type.
const FROM_SCHEMA: usize = 90;
const MUTATED: usize = 160;
const ARBITRARY: usize = 25;

/// What became of a claim.
#[derive(Debug)]
pub(crate) enum Verdict {
    Holds,
    Wider(BTreeSet<Wider>),
    Narrower(BTreeSet<Narrower>),
    /// By its number.
    Lost(usize),
    Unexplained(String),
}

/// One value of one type, in one direction.
pub(crate) type Case = (usize, Property);

#[test]
fn declarations_say_what_serde_does() {
    let started = Instant::now();
    let compiler = Compiler::find().unwrap();
    let (mut rng, seed) = random();
    let (subjects, declarations) = Subject::all(topics()).unwrap();
    assert!(subjects.len() >= 150);
    let numbered = subjects.iter().enumerate();
    let cases: Vec<(Case, Value)> = numbered
        .flat_map(|(number, subject)| cases(&mut rng, number, subject))
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
    println!(
        "{} pairs: {}, {} unexplained",
        cases.len(),
        tally.line(),
        tally.unexplained
    );
    assert!(
        report.is_empty(),
        "CODEMODE_TRUTH_SEED={seed}\nOnce mended, keep these in `regressions.rs`:\n{report}"
    );
    let unneeded: Vec<_> = LOST
        .iter()
        .enumerate()
        .filter(|(number, _)| !tally.lost.contains_key(number))
        .map(|(_, lost)| lost.what)
        .collect();
    assert!(
        unneeded.is_empty(),
        "CODEMODE_TRUTH_SEED={seed}\nno longer true: {unneeded:#?}"
    );
    assert!(cases.len() >= 50_000, "only {} pairs", cases.len());
}

/// What is claimed of the values of a type.
fn cases(rng: &mut Rng, number: usize, subject: &Subject) -> Vec<(Case, Value)> {
    let (inputs, outputs) = values(rng, subject);
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

/// A value as `regressions.rs` has it: of an argument only what is its value.
fn pinned(property: Property, value: &Value) -> &Value {
    match value.get("value") {
        Some(inner) if property != Property::Output => inner,
        _ => value,
    }
}

/// Arguments and results to try.
fn values(rng: &mut Rng, subject: &Subject) -> (Vec<Value>, Vec<Value>) {
    let samples = (subject.entry.samples)();
    let mut inputs = Vec::new();
    if let Some(side) = &subject.input {
        let mut valid: Vec<Value> = samples.iter().map(Subject::argument).collect();
        let from_schema = FromSchema { root: &side.schema };
        for round in 0..FROM_SCHEMA * scale() {
            valid.push(from_schema.value(rng, &side.schema, 2 + round % 4));
        }
        for _ in 0..MUTATED * scale() {
            let original = rng.choice(&valid).cloned().unwrap_or_default();
            let inner = original.get("value").cloned().unwrap_or_default();
            let mut changed = mutate(rng, &inner, &side.names);
            if rng.usize(..4) == 0 {
                changed = mutate(rng, &changed, &side.names);
            }
            inputs.push(Subject::argument(&changed));
        }
        inputs.extend((0..ARBITRARY * scale()).map(|_| Subject::argument(&arbitrary(rng, 3))));
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

fn distinct(values: impl Iterator<Item = Value>) -> Vec<Value> {
    let mut known = BTreeSet::new();
    values
        .filter(|value| known.insert(value.to_string()))
        .collect()
}

/// Judges many cases with one run of the compiler. A case says what serde does: for `Complete` it accepts the value, for
/// `Sound` it refuses it, and for `Output` it wrote it.
pub(crate) fn judge(
    compiler: &Compiler,
    subjects: &[Subject],
    declarations: &Declarations,
    cases: &[(Case, Value)],
) -> Vec<Verdict> {
    let mut assignments = Vec::new();
    let mut pruned = Vec::new();
    for ((number, property), value) in cases {
        let side = side(&subjects[*number], *property);
        assignments.push(Assignment {
            ty: side.ty.clone(),
            expression: literal(value),
        });
        let without_unknown = match property {
            Property::Complete => prune(&subjects[*number], side, value),
            _ => None,
        };
        let expression = without_unknown.as_ref().map(literal);
        assignments.extend(expression.map(|expression| Assignment {
            ty: side.ty.clone(),
            expression,
        }));
        pruned.push(without_unknown);
    }
    let mut answers = compiler
        .judge_both(declarations, &assignments)
        .expect("tsc judges")
        .into_iter();
    cases
        .iter()
        .zip(pruned)
        .map(|(((number, property), value), pruned)| {
            let subject = &subjects[*number];
            let side = side(subject, *property);
            let answer = answers.next().flatten();
            let unexplained = |problem: String| match lost(&subject.entry.rust, *property) {
                Some(known) => Verdict::Lost(known),
                None => Verdict::Unexplained(problem),
            };
            let answer_to_pruned = pruned.is_some().then(|| answers.next().flatten()).flatten();
            match (property, answer) {
                (_, Some(problem)) if problem.starts_with(DIFFERENT) => {
                    Verdict::Unexplained(problem)
                }
                (Property::Complete | Property::Output, None) | (Property::Sound, Some(_)) => {
                    Verdict::Holds
                }
                (Property::Complete | Property::Output, Some(_))
                    if has_inherited_key(value, &side.names) =>
                {
                    Verdict::Narrower(BTreeSet::from([Narrower::InheritedKey]))
                }
                (Property::Output, Some(problem)) => unexplained(problem),
                (Property::Sound, None) => {
                    too_wide(subject, side, value).unwrap_or_else(unexplained)
                }
                (Property::Complete, Some(problem)) => {
                    let mut why = BTreeSet::new();
                    let (value, problem) = match pruned {
                        Some(pruned) => {
                            why.insert(Narrower::UnknownProperty);
                            match answer_to_pruned {
                                None => return Verdict::Narrower(why),
                                Some(problem) => (pruned, problem),
                            }
                        }
                        None => (value.clone(), problem),
                    };
                    match side.judge.refuses_what_serde_accepts(&value) {
                        Some(known) => {
                            why.extend(known);
                            Verdict::Narrower(why)
                        }
                        None => unexplained(problem),
                    }
                }
            }
        })
        .collect()
}

/// Whether a doc comment has the very tag, with its value; the way to what it is about may stand before it.
fn has_tag(declarations: &str, words: &str) -> bool {
    declarations.lines().any(|line| {
        let line = line.trim();
        let said = line.strip_suffix("*/").map_or(line, str::trim_end);
        said.strip_suffix(words)
            .and_then(|before| before.rsplit([' ', '*']).next())
            .is_some_and(|way| way == "@" || way.starts_with('@') && way.ends_with('.'))
    })
}

#[test]
fn a_tag_counts_with_its_value() {
    let declarations = "/** Text. */\n/** @minimum 10 */\n * @items.pattern a b\n";
    for (words, expected) in [
        ("minimum 10", true),
        ("minimum 1", false),
        ("imum 10", false),
        ("pattern a b", true),
        ("b", false),
        ("Text.", false),
    ] {
        assert_eq!(has_tag(declarations, words), expected, "{words}");
    }
}

/// `tsc` accepts what serde refuses.
fn too_wide(subject: &Subject, side: &Side, value: &Value) -> Result<Verdict, String> {
    let Some(broken) = side.judge.breaks_only_what_types_cannot_say(value) else {
        let problem = subject.read(value).err().unwrap_or_default();
        return Err(format!("serde: {problem}"));
    };
    for broken in &broken {
        if !broken.said_as.is_empty()
            && !broken
                .said_as
                .iter()
                .any(|words| has_tag(&subject.declarations, words))
        {
            return Err(format!(
                "not in the docs: {:?}, as one of {:?}",
                broken.exception, broken.said_as
            ));
        }
    }
    Ok(Verdict::Wider(
        broken.into_iter().map(|broken| broken.exception).collect(),
    ))
}

/// The value without properties that mean nothing to serde: without them the same is read.
fn prune(subject: &Subject, side: &Side, value: &Value) -> Option<Value> {
    let mut current = value.clone();
    let means = subject.read(value).ok()?;
    loop {
        let fewer = side
            .judge
            .unmentioned(&current)
            .into_iter()
            .find_map(|(place, name)| {
                let fewer = without(&current, &place, &name);
                (fewer != current && subject.read(&fewer).as_ref() == Ok(&means)).then_some(fewer)
            });
        match fewer {
            Some(fewer) => current = fewer,
            None => return (current != *value).then_some(current),
        }
    }
}

fn side(subject: &Subject, property: Property) -> &Side {
    let side = if property == Property::Output {
        &subject.output
    } else {
        &subject.input
    };
    side.as_ref()
        .expect("a case is of a direction that the type has")
}

#[derive(Default)]
struct Tally {
    properties: BTreeMap<Property, usize>,
    wider: BTreeMap<Wider, usize>,
    narrower: BTreeMap<Narrower, usize>,
    lost: BTreeMap<usize, usize>,
    unexplained: usize,
}

impl Tally {
    fn count(&mut self, property: Property, verdict: &Verdict) {
        *self.properties.entry(property).or_default() += 1;
        match verdict {
            Verdict::Holds => {}
            Verdict::Wider(why) => why
                .iter()
                .for_each(|why| *self.wider.entry(*why).or_default() += 1),
            Verdict::Narrower(why) => why
                .iter()
                .for_each(|why| *self.narrower.entry(*why).or_default() += 1),
            Verdict::Lost(number) => *self.lost.entry(*number).or_default() += 1,
            Verdict::Unexplained(_) => self.unexplained += 1,
        }
    }

    fn line(&self) -> String {
        let counts = self
            .properties
            .iter()
            .map(|(property, count)| format!("{count} {property:?}"));
        counts.collect::<Vec<_>>().join(", ")
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "wider: {:?}\nnarrower: {:?}\nlost: {:?}",
            self.wider, self.narrower, self.lost
        )
    }
}
