//! What a tool's author says about how it behaves.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a tool's author says about how it behaves. `None` is what the author leaves open.
///
/// These are claims: of the program's own tools they are as good as their authors, of others no better than their source.
/// In JSON they have the names of MCP's tool annotations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Annotations {
    /// It changes nothing.
    #[serde(
        default,
        rename = "readOnlyHint",
        skip_serializing_if = "Option::is_none"
    )]
    pub read_only: Option<bool>,
    /// It may delete or overwrite something, rather than only add.
    #[serde(
        default,
        rename = "destructiveHint",
        skip_serializing_if = "Option::is_none"
    )]
    pub destructive: Option<bool>,
    /// Calling it again with the same input changes nothing more.
    #[serde(
        default,
        rename = "idempotentHint",
        skip_serializing_if = "Option::is_none"
    )]
    pub idempotent: Option<bool>,
    /// It deals with things outside the program that aren't known beforehand, such as the web.
    #[serde(
        default,
        rename = "openWorldHint",
        skip_serializing_if = "Option::is_none"
    )]
    pub open_world: Option<bool>,
}

impl Annotations {
    /// Nothing is said.
    pub const NONE: Self = Self {
        read_only: None,
        destructive: None,
        idempotent: None,
        open_world: None,
    };

    /// Reads the annotations of an MCP tool. What isn't a boolean there counts as not said.
    #[must_use]
    pub fn from_mcp(annotations: &Value) -> Self {
        let hint = |name: &str| annotations.get(name).and_then(Value::as_bool);
        Self {
            read_only: hint("readOnlyHint"),
            destructive: hint("destructiveHint"),
            idempotent: hint("idempotentHint"),
            open_world: hint("openWorldHint"),
        }
    }

    /// Whether the tool says that it changes nothing.
    pub fn is_read_only(self) -> bool {
        self.read_only == Some(true)
    }

    /// Whether the tool might delete or overwrite something: unless it says otherwise, it might.
    pub fn may_destroy(self) -> bool {
        !self.is_read_only() && self.destructive != Some(false)
    }

    /// The annotations as MCP has them, if there is anything to say.
    pub(crate) fn to_mcp(self) -> Option<Value> {
        let said = self != Self::default();
        said.then(|| serde_json::to_value(self).ok()).flatten()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_not_said_is_left_open() {
        assert_eq!(Annotations::default().to_mcp(), None);
        let said = Annotations {
            read_only: Some(false),
            idempotent: Some(true),
            ..Annotations::default()
        };
        let mcp = json!({ "readOnlyHint": false, "idempotentHint": true });
        assert_eq!(said.to_mcp(), Some(mcp.clone()));
        assert_eq!(Annotations::from_mcp(&mcp), said);
        let odd = json!({ "readOnlyHint": "yes", "destructiveHint": 1, "title": "a" });
        assert_eq!(Annotations::from_mcp(&odd), Annotations::default());
    }

    #[test]
    fn a_tool_that_says_nothing_may_destroy() {
        let said = |read_only, destructive| Annotations {
            read_only,
            destructive,
            ..Annotations::NONE
        };
        assert!(said(None, None).may_destroy());
        assert!(said(Some(false), Some(true)).may_destroy());
        assert!(!said(None, Some(false)).may_destroy());
        assert!(!said(Some(true), None).may_destroy());
    }
}
