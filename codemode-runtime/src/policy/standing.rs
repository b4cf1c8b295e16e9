//! What rules say of a function before anybody calls it.

use super::decide::{Action, otherwise, unfit_function};
use super::model::{Effect, Rules};
use super::policy_file::PolicyFile;
use crate::catalogue::Catalogue;
use crate::tool::annotations::Annotations;
use crate::tool::info::ToolInfo;

/// What can become of the calls of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// None is ever made.
    Denied,
    /// A person is asked about each that is made.
    Asked,
    /// A person is asked about some.
    SomeAsked,
    /// Nobody is asked.
    Open,
}

/// What the rules say of a function, whatever it is called with.
pub(super) fn standing(rules: &Rules, tool: &ToolInfo) -> Standing {
    let annotations = tool
        .annotations
        .as_ref()
        .map(Annotations::from_mcp)
        .unwrap_or_default();
    let path = tool.path();
    let fitting = rules.rules.iter();
    let fitting =
        fitting.filter(|rule| unfit_function(rule, &path, annotations, tool.source).is_none());
    let (mut allows, mut asks) = (false, false);
    let mut is_decided = false;
    for rule in fitting {
        allows |= matches!(rule.effect, Effect::Allow);
        asks |= matches!(rule.effect, Effect::Ask(_));
        if rule.conditions.is_empty() && !matches!(rule.effect, Effect::Limit(_)) {
            is_decided = true;
            break;
        }
    }
    if !is_decided {
        let rest = otherwise(rules.otherwise, annotations, tool.source);
        allows |= rest == Action::Allow;
        asks |= matches!(rest, Action::Ask(_));
    }
    match (allows, asks) {
        (false, false) => Standing::Denied,
        (false, true) => Standing::Asked,
        (true, true) => Standing::SomeAsked,
        (true, false) => Standing::Open,
    }
}

impl Catalogue {
    /// The tools without those that a policy never lets be called. Those whose calls a person is asked about say so in their docs.
    #[must_use]
    pub fn permitted(self, policy: &PolicyFile) -> Self {
        self.filter_map(|mut tool| {
            let note = match standing(policy.rules(), &tool) {
                Standing::Denied => return None,
                Standing::Open => return Some(tool),
                Standing::Asked => "A person is asked before each call.",
                Standing::SomeAsked => "A person is asked before some calls.",
            };
            if !tool.docs.is_empty() {
                tool.docs.push_str("\n\n");
            }
            tool.docs.push_str(note);
            Some(tool)
        })
    }
}
