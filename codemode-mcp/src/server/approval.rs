//! A person's word before a call, asked for through the client.

use std::collections::BTreeSet;
use std::sync::Arc;

use rmcp::RoleServer;
use rmcp::model::{
    BooleanSchema, ElicitRequestParams, ElicitationAction, ElicitationSchema,
    PrimitiveSchemaDefinition,
};
use rmcp::service::{ElicitationMode, Peer};
use tokio::sync::Mutex;

use codemode_declarations::is_hidden;
use codemode_runtime::{CallRequest, Decision, Policy, Question, Questions};

/// Which calls a person has to approve, through the client. Where the client can't ask, they are refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Approval {
    /// None.
    #[default]
    Never,
    /// Those of tools that don't say of themselves that they change nothing.
    Changes,
    /// All, but for those of `$tools`, which only look up tools.
    Always,
}

/// How much of a call's argument is shown.
const SHOWN_CHARACTERS: usize = 2_000;

/// The policy for one run; `None` if nobody is to be asked.
pub(super) fn policy(approval: Approval, person: &Person) -> Option<impl Policy + use<>> {
    if approval == Approval::Never {
        return None;
    }
    let person = person.clone();
    Some(move |call: &CallRequest<'_>| {
        let harmless = call.annotations.is_read_only()
            && (approval == Approval::Changes || call.tool.starts_with("$tools."));
        if harmless {
            return Decision::Allow;
        }
        person.ask(&Question::from(*call))
    })
}

/// Who is at the client, during one run.
#[derive(Clone)]
pub(super) struct Person {
    client: Peer<RoleServer>,
    approved: Approved,
}

impl Person {
    pub(super) fn at(client: &Peer<RoleServer>) -> Self {
        Self {
            client: client.clone(),
            approved: Arc::default(),
        }
    }
}

impl Questions for Person {
    fn ask(&self, question: &Question<'_>) -> Decision {
        let modes = self.client.supported_elicitation_modes();
        if !modes.contains(&ElicitationMode::Form) {
            return Decision::Deny(
                "a person has to approve this call, and this MCP client has no way to ask one"
                    .to_owned(),
            );
        }
        Decision::Wait(Box::pin(ask(
            self.client.clone(),
            (
                question.call.tool.to_owned(),
                question.text.map(str::to_owned),
            ),
            shown(question.call.arguments),
            Arc::clone(&self.approved),
        )))
    }
}

/// A tool, and what a policy has asked about it: another question may have another answer.
type Asked = (String, Option<String>);

/// What is approved for the rest of this run. Held while a question is open: one at a time is as much as a person
/// can answer, and the answer may be the one to all that come after it.
type Approved = Arc<Mutex<BTreeSet<Asked>>>;

const ALWAYS: &str = "always";

async fn ask(
    client: Peer<RoleServer>,
    asked: Asked,
    arguments: String,
    approved: Approved,
) -> Decision {
    let mut approved = approved.lock().await;
    if approved.contains(&asked) {
        return Decision::Allow;
    }
    let always = BooleanSchema::new()
        .title("All further calls of this function in this script, too")
        .with_default(false);
    let schema = ElicitationSchema::builder()
        .property(ALWAYS, PrimitiveSchemaDefinition::Boolean(always))
        .build();
    let Ok(requested_schema) = schema else {
        return Decision::Deny("the question couldn't be put".to_owned());
    };
    let (tool, text) = &asked;
    let words = text.as_ref().map(|text| format!("{text}\n\n"));
    let words = words.unwrap_or_default();
    let question = ElicitRequestParams::FormElicitationParams {
        meta: None,
        message: format!("{words}A script wants to call {tool}({arguments}). Is that all right?"),
        requested_schema,
    };
    match client.create_elicitation(question).await {
        Ok(answer) if answer.action == ElicitationAction::Accept => {
            let always = answer
                .content
                .and_then(|content| content.get(ALWAYS)?.as_bool());
            if always == Some(true) {
                approved.insert(asked);
            }
            Decision::Allow
        }
        Ok(_) => Decision::Deny("the person at the client declined this call".to_owned()),
        Err(_) => {
            Decision::Deny("the client couldn't ask whether this call is all right".to_owned())
        }
    }
}

/// The argument as a person sees it: what a script hides in control characters is visible, and no more than one can read.
fn shown(arguments: &str) -> String {
    let mut text: String = arguments
        .chars()
        .take(SHOWN_CHARACTERS)
        .flat_map(|letter| {
            // Between two letters a joiner isn't seen.
            let hidden =
                is_hidden(letter) || matches!(letter, '\n' | '\t' | '\u{200c}' | '\u{200d}');
            let plain = (!hidden).then_some(letter);
            plain
                .into_iter()
                .chain(letter.escape_unicode().filter(move |_| hidden))
        })
        .collect();
    if arguments.chars().nth(SHOWN_CHARACTERS).is_some() {
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_person_sees_what_is_there_and_not_too_much() {
        assert_eq!(shown("{\"a\":\"ä\"}"), "{\"a\":\"ä\"}");
        assert_eq!(shown("a\u{202e}b\n"), "a\\u{202e}b\\u{a}");
        let long = shown(&"x".repeat(5_000));
        assert_eq!(long.chars().count(), 2_001);
        assert!(long.ends_with('…'));
    }
}
