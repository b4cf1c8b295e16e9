//! Why a tool call failed.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The failure of one call, as the script sees it.
///
/// The message is what the tool chose to say: the `Display` text of its error, never a debug print.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct ToolError {
    kind: ToolErrorKind,
    message: String,
    /// The input that serde has refused, until somebody has looked at why.
    #[serde(skip)]
    refused: Option<Box<str>>,
}

/// Whose fault a failed call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ToolErrorKind {
    /// The script passed something that the tool doesn't take. Scripts catch a `TypeError`.
    Input,
    /// The tool ran and returned an error, or panicked. Scripts catch a `ToolError`.
    Failed,
}

impl ToolError {
    /// The script passed something that the tool doesn't take.
    pub fn input(message: impl fmt::Display) -> Self {
        Self {
            kind: ToolErrorKind::Input,
            message: message.to_string(),
            refused: None,
        }
    }

    /// The tool ran and failed.
    pub fn failed(message: impl fmt::Display) -> Self {
        Self {
            kind: ToolErrorKind::Failed,
            message: message.to_string(),
            refused: None,
        }
    }

    /// The refusal of this input.
    pub(crate) fn refusing(self, input: &str) -> Self {
        Self {
            refused: Some(input.into()),
            ..self
        }
    }

    pub(crate) fn take_refused(&mut self) -> Option<Box<str>> {
        self.refused.take()
    }

    /// The same failure, in other words.
    pub(crate) fn map_message(self, change: impl FnOnce(&str) -> String) -> Self {
        Self {
            message: change(&self.message),
            ..self
        }
    }

    /// Whose fault it is.
    pub fn kind(&self) -> ToolErrorKind {
        self.kind
    }

    /// What happened, in words for the script's author.
    pub fn message(&self) -> &str {
        &self.message
    }
}
