//! Docs, deprecation, defaults and examples

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A task.
///
/// It has `code`, a comment end */ and <b>HTML</b>.
#[derive(Deserialize, Serialize, JsonSchema)]
struct Task {
    /// What is to be done.
    title: String,
    /// How urgent it is, where a long sentence about urgency is needed so that the line must be broken somewhere.
    #[serde(default)]
    urgency: u8,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Deprecations {
    /// The name in use.
    name: String,
    #[deprecated = "use `name`"]
    title: Option<String>,
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[schemars(example = Exampled { place: "Oslo".to_owned(), days: 3 })]
struct Exampled {
    #[schemars(example = &"Paris", example = &"Rome")]
    place: String,
    #[serde(default = "week")]
    #[schemars(example = 7)]
    days: u8,
}

fn week() -> u8 {
    7
}

/// # How it went
///
/// In one word.
#[derive(Deserialize, Serialize, JsonSchema)]
enum Verdict {
    /// All is well.
    Good,
    /// Not all is well.
    #[deprecated]
    Bad,
    /// Says why.
    Because {
        /// The reason.
        reason: String,
    },
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct DocumentedFieldOfDocumentedType {
    /// What to do first.
    first: Task,
    /// What else there is.
    others: Vec<Task>,
    /// How it went.
    verdict: Option<Verdict>,
}

fn task() -> Task {
    Task { title: "a".to_owned(), urgency: 1 }
}

#[allow(deprecated)]
fn deprecations() -> Deprecations {
    Deprecations { name: "a".to_owned(), title: None }
}

#[allow(deprecated)]
fn verdicts() -> Vec<Verdict> {
    vec![Verdict::Good, Verdict::Bad, Verdict::Because { reason: "a".to_owned() }]
}

super::entry::zoo! {
    both Task: [task()];
    both Deprecations: [deprecations()];
    both Exampled: [Exampled { place: "Paris".to_owned(), days: 7 }];
    both Verdict: verdicts();
    both DocumentedFieldOfDocumentedType: [DocumentedFieldOfDocumentedType { first: task(), others: vec![task()], verdict: Some(Verdict::Good) }];
}
