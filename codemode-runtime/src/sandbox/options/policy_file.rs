//! A policy file decides about the calls of a sandbox.

use std::sync::Arc;
use std::time::Instant;

use super::policy::{CallRequest, Decision, Policy, PolicyRun, Question, Questions};
use crate::catalogue::Catalogue;
use crate::policy::{Action, Call, PolicyFile, Tallies, arguments, decide};

/// A file's rules for one run.
struct FileOfRun {
    file: PolicyFile,
    tallies: Tallies,
    questions: Option<Arc<dyn Questions>>,
}

impl Policy for PolicyFile {
    /// All calls that are decided in this way count as those of one run, in which nobody can be asked.
    fn decide(&self, call: &CallRequest<'_>) -> Decision {
        by(self, self.own_tallies(), None, call)
    }

    fn for_run(&self, run: &PolicyRun) -> Option<Arc<dyn Policy>> {
        Some(Arc::new(FileOfRun {
            file: self.clone(),
            tallies: self.tallies_for_run(Arc::clone(&run.session)),
            questions: run.questions.clone(),
        }))
    }

    fn declared(&self, catalogue: Catalogue) -> Catalogue {
        catalogue.permitted(self)
    }
}

impl Policy for FileOfRun {
    fn decide(&self, call: &CallRequest<'_>) -> Decision {
        by(&self.file, &self.tallies, self.questions.as_deref(), call)
    }
}

fn by(
    file: &PolicyFile,
    tallies: &Tallies,
    questions: Option<&dyn Questions>,
    call: &CallRequest<'_>,
) -> Decision {
    let arguments = arguments(call.arguments);
    let verdict = decide(
        file.rules(),
        &Call {
            tool: call.tool,
            annotations: call.annotations,
            source: call.source,
            arguments: arguments.as_ref(),
        },
    );
    let is_denied = matches!(verdict.action, Action::Deny(_));
    if let Some((rule, limit)) = tallies.pass(&verdict.limits, is_denied, Instant::now()) {
        tracing::debug!(tool = call.tool, %rule, decision = "limit", "the policy has decided");
        return Decision::Deny(format!(
            "no more than {limit} may be made, and so many were"
        ));
    }
    let rule = verdict
        .rule
        .map_or_else(|| "default".to_owned(), ToString::to_string);
    let decided =
        |decision| tracing::debug!(tool = call.tool, rule, decision, "the policy has decided");
    match (verdict.action, questions) {
        (Action::Allow, _) => {
            decided("allow");
            Decision::Allow
        }
        (Action::Deny(reason), _) => {
            decided("deny");
            Decision::Deny(reason.to_owned())
        }
        (Action::Ask(text), Some(questions)) => {
            decided("ask");
            questions.ask(&Question { call: *call, text })
        }
        (Action::Ask(_), None) => {
            decided("ask nobody");
            Decision::Deny("a person has to approve it, and nobody can be asked here".to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tool::annotations::Annotations;
    use crate::tool::source::ToolSource;

    fn said(policy: &dyn Policy, tool: &str, arguments: &str) -> String {
        let decision = policy.decide(&CallRequest {
            run_id: "1",
            tool,
            arguments,
            annotations: Annotations::NONE,
            source: ToolSource::Rust,
        });
        match decision {
            Decision::Allow => "allow".to_owned(),
            Decision::Deny(reason) => reason,
            Decision::Wait(_) => "wait".to_owned(),
        }
    }

    fn policy() -> PolicyFile {
        PolicyFile::parse(
            "policy.toml",
            r#"
            default = "ask"
            [[rules]]
            tools = "a.few"
            limit = { calls = 1, per = "session" }
            [[rules]]
            tools = "a.ask"
            ask = "Really?"
            [[rules]]
            tools = "a.no"
            deny = "it is odd"
            [[rules]]
            tools = "a.*"
            where = { x = 1 }
            allow = true
            "#,
        )
        .unwrap()
    }

    #[test]
    fn a_file_decides_with_its_words() {
        let nobody = "a person has to approve it, and nobody can be asked here";
        let all = "no more than 1 call a session may be made, and so many were";
        let policy = policy();
        for (tool, arguments, expected) in [
            ("a.b", r#"{"x":1}"#, "allow"),
            ("a.no", r#"{"x":1}"#, "it is odd"),
            ("a.ask", r#"{"x":1}"#, nobody),
            ("a.b", "{}", nobody),
            ("a.few", r#"{"x":1}"#, "allow"),
            ("a.few", r#"{"x":1}"#, all),
        ] {
            assert_eq!(said(&policy, tool, arguments), expected, "{tool}");
        }
    }

    #[test]
    fn those_who_can_be_asked_in_a_run_are_asked_the_rules_question() {
        let run = PolicyRun {
            questions: Some(Arc::new(|question: &Question<'_>| {
                let text = question.text.unwrap_or("no words");
                Decision::Deny(format!("{}: {text}", question.call.tool))
            })),
            ..PolicyRun::default()
        };
        let policy = policy().for_run(&run).unwrap();
        assert_eq!(said(&*policy, "a.ask", ""), "a.ask: Really?");
        assert_eq!(said(&*policy, "a.b", ""), "a.b: no words");
        assert_eq!(said(&*policy, "a.no", ""), "it is odd");
    }

    #[test]
    fn the_runs_of_a_session_share_its_count_and_others_have_their_own() {
        let file = policy();
        let session = PolicyRun::default();
        let other = PolicyRun::default();
        let few =
            |run: &PolicyRun| said(&*file.for_run(run).unwrap(), "a.few", r#"{"x":1}"#) == "allow";
        assert_eq!(
            [few(&session), few(&session), few(&other)],
            [true, false, true]
        );
    }
}
