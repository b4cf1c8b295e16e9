//! Which rule decides about a call.

use std::fmt;

use serde_json::Value;

use super::condition::Condition;
use super::model::{Effect, Hint, Limit, Otherwise, Rule, Rules};
use crate::tool::annotations::Annotations;
use crate::tool::source::ToolSource;

/// A call as rules look at it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call<'a> {
    pub(crate) tool: &'a str,
    pub(crate) annotations: Annotations,
    pub(crate) source: ToolSource,
    /// `null` for a call without an argument; `None` if it can't be read.
    pub(crate) arguments: Option<&'a Value>,
}

/// What the rules say of a call.
#[derive(Debug)]
pub(crate) struct Verdict<'r> {
    pub(crate) action: Action<'r>,
    /// The rule that says so; `None` for what is said of calls that no rule decides.
    pub(crate) rule: Option<&'r Rule>,
    /// The limits that come first, in their order.
    #[cfg_attr(
        not(feature = "engine"),
        allow(dead_code, reason = "only a sandbox counts calls")
    )]
    pub(crate) limits: Vec<(&'r Rule, Limit)>,
}

/// What becomes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action<'r> {
    Allow,
    Deny(&'r str),
    /// With the rule's question, if there is one.
    Ask(Option<&'r str>),
}

/// Why a rule isn't about a call.
#[derive(Debug)]
pub(super) enum Unfit<'r> {
    Tool,
    Source,
    Annotation(Hint, bool),
    Argument(&'r Condition),
}

const NO_RULE: &str = "no rule of the host's policy allows it";
const UNREADABLE: &str = "its argument isn't JSON";

/// What the rules say of a call, how often there were others aside.
pub(crate) fn decide<'r>(rules: &'r Rules, call: &Call<'_>) -> Verdict<'r> {
    let mut limits = Vec::new();
    for rule in &rules.rules {
        if unfit_function(rule, call.tool, call.annotations, call.source).is_some() {
            continue;
        }
        let fits = match call.arguments {
            Some(arguments) => unfit_argument(rule, arguments).is_none(),
            None if rule.conditions.is_empty() => true,
            // Whether the rule would have forbidden the call is anybody's guess.
            None => {
                return Verdict {
                    action: Action::Deny(UNREADABLE),
                    rule: Some(rule),
                    limits,
                };
            }
        };
        if !fits {
            continue;
        }
        let action = match &rule.effect {
            Effect::Allow => Action::Allow,
            Effect::Deny(reason) => Action::Deny(reason),
            Effect::Ask(question) => Action::Ask(Some(question)),
            Effect::Limit(limit) => {
                limits.push((rule, *limit));
                continue;
            }
        };
        return Verdict {
            action,
            rule: Some(rule),
            limits,
        };
    }
    Verdict {
        action: otherwise(rules.otherwise, call.annotations, call.source),
        rule: None,
        limits,
    }
}

/// What becomes of a call that no rule decides.
pub(super) fn otherwise(
    otherwise: Otherwise,
    annotations: Annotations,
    source: ToolSource,
) -> Action<'static> {
    match otherwise {
        // It reaches nothing, and scripts that can look up nothing and hand out nothing are of no use.
        _ if source == ToolSource::World => Action::Allow,
        Otherwise::Allow => Action::Allow,
        Otherwise::Deny => Action::Deny(NO_RULE),
        Otherwise::AskChanges if annotations.is_read_only() => Action::Allow,
        Otherwise::Ask | Otherwise::AskChanges => Action::Ask(None),
    }
}

/// Why a rule isn't about a function, whatever it is called with.
pub(super) fn unfit_function(
    rule: &Rule,
    tool: &str,
    annotations: Annotations,
    source: ToolSource,
) -> Option<Unfit<'static>> {
    if !rule.tools.iter().any(|pattern| pattern.fits(tool)) {
        return Some(Unfit::Tool);
    }
    // A script's own world is meant only where it is named.
    let anywhere = rule.sources.is_empty() && source != ToolSource::World;
    if !anywhere && !rule.sources.contains(&source) {
        return Some(Unfit::Source);
    }
    let mut said = rule.annotations.iter();
    let other = said.find(|(hint, wanted)| hint.of(annotations) != *wanted);
    other.map(|(hint, wanted)| Unfit::Annotation(*hint, *wanted))
}

/// Why a rule about a call's function isn't about its arguments.
pub(super) fn unfit_argument<'r>(rule: &'r Rule, arguments: &Value) -> Option<Unfit<'r>> {
    let mut conditions = rule.conditions.iter();
    conditions
        .find(|condition| !condition.holds(arguments))
        .map(Unfit::Argument)
}

impl fmt::Display for Unfit<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tool => formatter.write_str("it is about other functions"),
            Self::Source => formatter.write_str("it is about functions that come from elsewhere"),
            Self::Annotation(hint, true) => {
                write!(
                    formatter,
                    "it is about functions that are `{}`",
                    hint.as_str()
                )
            }
            Self::Annotation(hint, false) => {
                write!(
                    formatter,
                    "it is about functions that aren't `{}`",
                    hint.as_str()
                )
            }
            Self::Argument(condition) => {
                write!(formatter, "it is about calls in which {condition}")
            }
        }
    }
}
