//! What an author is told of one problem.

use std::collections::BTreeSet;

use super::promises::MISSING_AWAIT;

/// A message, and what to do about it.
#[derive(Debug, PartialEq)]
pub(crate) struct Told {
    pub(crate) message: String,
    /// Sentences that hold for other problems, too.
    pub(crate) advice: Option<String>,
}

impl Told {
    pub(super) fn with(message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            advice: Some(advice.into()),
        }
    }

    pub(crate) fn is_missing_await(&self) -> bool {
        self.message.starts_with(MISSING_AWAIT)
    }

    /// As one text, without advice that was given before.
    pub(crate) fn once(self, given: &mut BTreeSet<String>) -> String {
        let Self {
            mut message,
            advice,
        } = self;
        if let Some(advice) = advice
            && given.insert(advice.clone())
        {
            let is_sentence = message.ends_with(['.', '?']);
            message.push_str(if is_sentence { " " } else { ". " });
            message.push_str(&advice);
        }
        message
    }
}

impl From<String> for Told {
    fn from(message: String) -> Self {
        Self {
            message,
            advice: None,
        }
    }
}
