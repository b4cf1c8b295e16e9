//! A verdict in words: which rule decides about a call, and why no other one does.

use super::decide::{Action, Call, decide, unfit_argument, unfit_function};
use super::model::{Effect, Rules};

/// The verdict in the first line, then the rules before the one that decides.
pub(super) fn explain(rules: &Rules, call: &Call<'_>) -> String {
    let verdict = decide(rules, call);
    let by = match verdict.rule {
        Some(rule) => format!("{rule}"),
        None => "the default".to_owned(),
    };
    let mut text = match verdict.action {
        Action::Allow => format!("allowed by {by}\n"),
        Action::Deny(reason) => format!("denied by {by}: {reason}\n"),
        Action::Ask(Some(question)) => format!("a person is asked by {by}: {question}\n"),
        Action::Ask(None) => format!("a person is asked by {by}\n"),
    };
    let until = verdict.rule.map_or(usize::MAX, |rule| rule.number);
    for rule in rules.rules.iter().filter(|rule| rule.number <= until) {
        let unfit = unfit_function(rule, call.tool, call.annotations, call.source);
        let unfit = unfit.or_else(|| unfit_argument(rule, call.arguments?));
        let why = match (unfit, &rule.effect) {
            (Some(unfit), _) => format!("doesn't fit: {unfit}"),
            (None, Effect::Limit(limit)) => format!("fits, and lets {limit} go on"),
            (None, _) => "decides".to_owned(),
        };
        text.push_str(&format!("  line {}: {rule} {why}\n", rule.line));
    }
    text
}
