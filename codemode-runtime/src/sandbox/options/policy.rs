//! The host's word on each call, before it happens.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use crate::catalogue::Catalogue;
#[cfg(feature = "policy")]
use crate::policy::Tally;
use crate::tool::annotations::Annotations;
use crate::tool::source::ToolSource;

/// Decides whether a call may be made.
///
/// A closure that takes a [`CallRequest`] and returns a [`Decision`] is a policy.
///
/// ```
/// use codemode_runtime::{CallRequest, Decision, Sandbox, ToolSet};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let sandbox = Sandbox::builder()
///     .tools(ToolSet::empty())
///     .policy(|call: &CallRequest<'_>| {
///         if call.annotations.is_read_only() {
///             Decision::Allow
///         } else {
///             Decision::Deny("nothing may be changed during the demonstration".to_owned())
///         }
///     })
///     .build()?;
/// # Ok(())
/// # }
/// ```
pub trait Policy: Send + Sync + 'static {
    /// Decides about one call. Called on the script's thread, so what takes time belongs into [`Decision::Wait`].
    ///
    /// A panic denies the call.
    fn decide(&self, call: &CallRequest<'_>) -> Decision;

    /// What decides about the calls of one run, where that isn't this itself: it may count the run's calls, or ask whom the run has to ask.
    /// Called when the run starts.
    fn for_run(&self, run: &PolicyRun) -> Option<Arc<dyn Policy>> {
        let _ = run;
        None
    }

    /// The tools as they are declared to scripts: without those that are never to be called, for example. Only a sandbox's own policy is
    /// asked, since its catalogue is the same for all runs.
    fn declared(&self, catalogue: Catalogue) -> Catalogue {
        catalogue
    }
}

/// What a policy may know of a run that starts.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct PolicyRun {
    /// Who can be asked, if there is somebody.
    pub questions: Option<Arc<dyn Questions>>,
    /// What has been counted in the run's session.
    #[cfg(feature = "policy")]
    pub(crate) session: Arc<Tally>,
}

/// Puts a policy's questions to a person.
///
/// A closure that takes a [`Question`] and returns a [`Decision`] does.
pub trait Questions: Send + Sync + 'static {
    /// Asks whether a call may be made, which takes time and so comes as [`Decision::Wait`].
    fn ask(&self, question: &Question<'_>) -> Decision;
}

impl<F> Questions for F
where
    F: Fn(&Question<'_>) -> Decision + Send + Sync + 'static,
{
    fn ask(&self, question: &Question<'_>) -> Decision {
        self(question)
    }
}

/// Whether a call may be made.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Question<'a> {
    /// The call.
    pub call: CallRequest<'a>,
    /// What the policy wants to know, if it has words for it.
    pub text: Option<&'a str>,
}

impl<'a> From<CallRequest<'a>> for Question<'a> {
    fn from(call: CallRequest<'a>) -> Self {
        Self { call, text: None }
    }
}

impl<F> Policy for F
where
    F: Fn(&CallRequest<'_>) -> Decision + Send + Sync + 'static,
{
    fn decide(&self, call: &CallRequest<'_>) -> Decision {
        self(call)
    }
}

/// A call that a script wants to make.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct CallRequest<'a> {
    /// The run, as in [`CallContext::run_id`](crate::CallContext::run_id).
    pub run_id: &'a str,
    /// `namespace.name`.
    pub tool: &'a str,
    /// The script's argument as JSON text; empty for none. Nobody has checked yet whether it is what the tool takes.
    pub arguments: &'a str,
    /// What is said about how the tool behaves.
    pub annotations: Annotations,
    /// Where the tool comes from.
    pub source: ToolSource,
}

/// What becomes of a call.
pub enum Decision {
    /// It is made.
    Allow,
    /// It isn't made, and the script gets a `ToolError` with this reason.
    Deny(String),
    /// This will tell: a person is asked, or a service. Until then the run's wall clock stands still.
    Wait(Pin<Box<dyn Future<Output = Decision> + Send>>),
}

impl fmt::Debug for Decision {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Allow => formatter.write_str("Allow"),
            Self::Deny(reason) => formatter.debug_tuple("Deny").field(reason).finish(),
            Self::Wait(_) => formatter.write_str("Wait(..)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_can_be_shown() {
        let wait = Decision::Wait(Box::pin(std::future::ready(Decision::Allow)));
        for (decision, shown) in [
            (Decision::Allow, "Allow"),
            (Decision::Deny("no".to_owned()), "Deny(\"no\")"),
            (wait, "Wait(..)"),
        ] {
            assert_eq!(format!("{decision:?}"), shown);
        }
    }
}
