//! What serde does with a value against what `tsc` says of it.

use std::collections::BTreeSet;

use codemode_truth::compiler::{Assignment, Compiler, DIFFERENT};
use codemode_truth::exceptions::{Narrower, Wider};
use codemode_truth::lost::{Property, lost};
use codemode_truth::schema_judge::{has_inherited_key, without, without_inherited_keys};
use codemode_truth::subject::{Declarations, Side, Subject};
use codemode_truth::values::{held, literal};
use serde_json::Value;

/// Of so many properties that a type doesn't have, each subset is looked at.
const MAX_BESIDE: usize = 5;

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

/// Judges many cases with one run of the compiler. A case says what serde does: for `Complete` it accepts the value, for
/// `Sound` it refuses it, and for `Output` it wrote it.
pub(crate) fn judge(
    compiler: &Compiler,
    subjects: &[Subject],
    declarations: &Declarations,
    cases: &[(Case, Value)],
) -> Vec<Verdict> {
    let claims: Vec<Claim<'_>> = cases
        .iter()
        .map(|((number, property), value)| Claim::new(&subjects[*number], *property, value))
        .collect();
    let assignments: Vec<Assignment> = claims.iter().flat_map(Claim::assignments).collect();
    let mut answers = compiler
        .judge_both(declarations, &assignments)
        .expect("tsc judges")
        .into_iter();
    claims
        .iter()
        .map(|claim| {
            let mut answer = || answers.next().expect("each assignment is answered");
            let answers = Answers {
                value: answer(),
                pruned: Answer::of(claim.pruned.is_some(), &mut answer),
                renamed: Answer::of(claim.renamed.is_some(), &mut answer),
                held: Answer::of(claim.is_closed, &mut answer),
            };
            claim.verdict(answers)
        })
        .collect()
}

/// A case, with the values that tell why `tsc` may see it in another way.
struct Claim<'a> {
    subject: &'a Subject,
    side: &'a Side,
    property: Property,
    value: &'a Value,
    /// Without what means nothing to serde.
    pruned: Option<Value>,
    /// What is left then, without keys that every object inherits.
    renamed: Option<Value>,
    /// Whether the value has properties that the type doesn't.
    is_closed: bool,
}

/// What `tsc` has against the values of a claim.
struct Answers {
    value: Option<String>,
    pruned: Answer,
    renamed: Answer,
    held: Answer,
}

/// What `tsc` says of a value that may not be there.
enum Answer {
    NotAsked,
    Accepts,
    Refuses(String),
}

impl Answer {
    fn of(is_asked: bool, answer: impl FnOnce() -> Option<String>) -> Self {
        if !is_asked {
            return Self::NotAsked;
        }
        match answer() {
            None => Self::Accepts,
            Some(problem) => Self::Refuses(problem),
        }
    }

    fn problem(&self) -> Option<&String> {
        match self {
            Self::Refuses(problem) => Some(problem),
            Self::NotAsked | Self::Accepts => None,
        }
    }
}

impl<'a> Claim<'a> {
    fn new(subject: &'a Subject, property: Property, value: &'a Value) -> Self {
        let side = side(subject, property);
        let pruned = match property {
            Property::Complete => prune(subject, side, value),
            Property::Sound | Property::Output => None,
        };
        let meant = pruned.as_ref().unwrap_or(value);
        let renamed = (property != Property::Sound && has_inherited_key(meant, &side.names))
            .then(|| without_inherited_keys(meant, &side.names));
        Self {
            is_closed: property == Property::Sound && !side.judge.unmentioned(value).is_empty(),
            subject,
            side,
            property,
            value,
            pruned,
            renamed,
        }
    }

    fn assignments(&self) -> Vec<Assignment> {
        let others = self.pruned.iter().chain(&self.renamed).map(literal);
        let held = self.is_closed.then(|| held(self.value));
        [literal(self.value)]
            .into_iter()
            .chain(others)
            .chain(held)
            .map(|expression| Assignment {
                ty: self.side.ty.clone(),
                expression,
            })
            .collect()
    }

    fn verdict(&self, answers: Answers) -> Verdict {
        let problems = [
            answers.value.as_ref(),
            answers.pruned.problem(),
            answers.renamed.problem(),
            answers.held.problem(),
        ];
        let different = (problems.into_iter().flatten()).find(|text| text.starts_with(DIFFERENT));
        if let Some(problem) = different {
            return Verdict::Unexplained(problem.clone());
        }
        match (self.property, answers.value) {
            (Property::Complete | Property::Output, None) => Verdict::Holds,
            (Property::Complete | Property::Output, Some(problem)) => {
                self.too_narrow(problem, answers.pruned, &answers.renamed)
            }
            (Property::Sound, None) => self.too_wide(self.value).unwrap_or_else(|problem| {
                if self.is_of_another_member() {
                    Verdict::Wider(BTreeSet::from([Wider::OtherMember]))
                } else {
                    self.lost(self.value, problem)
                }
            }),
            (Property::Sound, Some(_)) => match answers.held {
                Answer::Accepts => self.too_open(),
                Answer::Refuses(_) | Answer::NotAsked => Verdict::Holds,
            },
        }
    }

    fn lost(&self, value: &Value, problem: String) -> Verdict {
        match lost(
            &self.subject.entry.rust,
            self.property,
            pinned(self.property, value),
        ) {
            Some(known) => Verdict::Lost(known),
            None => Verdict::Unexplained(problem),
        }
    }

    /// `tsc` refuses what serde accepts, or wrote.
    fn too_narrow(&self, problem: String, pruned: Answer, renamed: &Answer) -> Verdict {
        let mut why = BTreeSet::new();
        let mut problem = problem;
        if self.pruned.is_some() {
            why.insert(Narrower::UnknownProperty);
        }
        match pruned {
            Answer::Accepts => return Verdict::Narrower(why),
            Answer::Refuses(other) => problem = other,
            Answer::NotAsked => {}
        }
        if let Answer::Accepts = renamed {
            why.insert(Narrower::InheritedKey);
            return Verdict::Narrower(why);
        }
        let meant = self.pruned.as_ref().unwrap_or(self.value);
        let known = match self.property {
            Property::Complete => self.side.judge.refuses_what_serde_accepts(meant),
            Property::Sound | Property::Output => None,
        };
        match known {
            Some(known) => {
                why.extend(known);
                Verdict::Narrower(why)
            }
            None => self.lost(meant, problem),
        }
    }

    /// `tsc` accepts what serde refuses.
    fn too_wide(&self, value: &Value) -> Result<Verdict, String> {
        let Some(broken) = self.side.judge.breaks_only_what_types_cannot_say(value) else {
            let problem = self.subject.read(value).err().unwrap_or_default();
            return Err(format!("serde: {problem}"));
        };
        for broken in &broken {
            if !broken.said_as.is_empty()
                && !broken
                    .said_as
                    .iter()
                    .any(|words| has_tag(&self.subject.declarations, words))
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

    /// The value, and what is left without some of the properties that one of its forms doesn't have. One alternative of a
    /// union has what another doesn't, so not all of them are too much.
    fn without_some(&self) -> Vec<Value> {
        let beside = self.side.judge.unmentioned(self.value);
        let beside = &beside[..beside.len().min(MAX_BESIDE)];
        (0..1_usize << beside.len())
            .map(|chosen| {
                let some = beside.iter().enumerate();
                let some = some.filter(|(position, _)| chosen >> position & 1 == 1);
                some.fold(self.value.clone(), |value, (_, (place, name))| {
                    without(&value, place, name)
                })
            })
            .collect()
    }

    /// `tsc` accepts what serde refuses, for serde takes it for another member of the union.
    fn is_of_another_member(&self) -> bool {
        self.side.judge.accepts(self.value)
            && (self.without_some().iter()).any(|value| self.subject.read(value).is_ok())
    }

    /// `tsc` refuses a literal for what is in it beside what the type has, and accepts the same from elsewhere.
    fn too_open(&self) -> Verdict {
        let without_some = self.without_some();
        let closed = BTreeSet::from([Wider::ClosedObject]);
        if (without_some.iter()).any(|value| self.subject.read(value).is_ok()) {
            return Verdict::Wider(closed);
        }
        // Something else is wrong with it, too.
        let explained = without_some
            .iter()
            .find_map(|value| match self.too_wide(value) {
                Ok(Verdict::Wider(why)) => Some(Verdict::Wider(&why | &closed)),
                _ => match self.lost(value, String::new()) {
                    Verdict::Unexplained(_) => None,
                    known => Some(known),
                },
            });
        explained.unwrap_or_else(|| {
            Verdict::Unexplained("tsc accepts it where it is no literal".to_owned())
        })
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

/// A value as `regressions.rs` has it: of an argument only what is its value.
pub(crate) fn pinned(property: Property, value: &Value) -> &Value {
    match value.get("value") {
        Some(inner) if property != Property::Output => inner,
        _ => value,
    }
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
