//! Which of a server's tools somebody wants to be called.

use super::fields::Entry;
use super::jsonc::{Data, Node};
use crate::pattern::fits;

/// Lists of tools that are wanted, and no others.
pub(super) const ONLY: &[&str] = &[
    "allowedTools",
    "enabledTools",
    "enabled_tools",
    "includeTools",
    "includedTools",
];
/// Lists of tools that aren't wanted.
pub(super) const WITHOUT: &[&str] = &[
    "deniedTools",
    "disabledTools",
    "disabled_tools",
    "excludeTools",
    "excludedTools",
];
/// A list of those that are wanted, or an object with a switch for each.
pub(super) const SWITCHES: &str = "tools";

/// The tools of a server that scripts may call, by their names on the server; `*` stands for any letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::client) struct ToolChoice {
    only: Option<Vec<String>>,
    without: Vec<String>,
}

impl ToolChoice {
    /// Whether scripts may call a tool.
    pub(in crate::client) fn has(&self, tool: &str) -> bool {
        let is_among = |names: &[String]| names.iter().any(|name| fits(name, tool));
        self.only.as_deref().is_none_or(is_among) && !is_among(&self.without)
    }

    /// The names that none of the tools has: whoever mistyped one may take a tool to be out of reach that isn't.
    pub(in crate::client) fn unmet<'a>(
        &'a self,
        tools: &'a [&str],
    ) -> impl Iterator<Item = &'a str> {
        let names = self.only.iter().flatten().chain(&self.without);
        names
            .filter(|name| !tools.iter().any(|tool| fits(name, tool)))
            .map(String::as_str)
    }
}

impl Entry<'_> {
    /// The tools that somebody has chosen.
    ///
    /// # Errors
    ///
    /// If that can't be read: then nobody knows which tools are to be kept from a script.
    pub(super) fn choice(&mut self) -> Result<ToolChoice, String> {
        let mut choice = ToolChoice::default();
        let fields: Vec<(&str, &Node)> = self
            .fields
            .iter()
            .filter(|(_, value)| !value.is_null())
            .copied()
            .collect();
        for (name, value) in fields {
            if ONLY.contains(&name) {
                choice
                    .only
                    .get_or_insert_default()
                    .extend(self.texts(name, value)?);
            } else if WITHOUT.contains(&name) {
                choice.without.extend(self.texts(name, value)?);
            } else if name == SWITCHES {
                self.switches(value, &mut choice)?;
            }
        }
        Ok(choice)
    }

    fn switches(&mut self, value: &Node, choice: &mut ToolChoice) -> Result<(), String> {
        let Data::Object(switches) = &value.data else {
            let only = self.texts(SWITCHES, value)?;
            choice.only.get_or_insert_default().extend(only);
            return Ok(());
        };
        for (tool, value) in switches {
            let switch = value.get("enabled").unwrap_or(value);
            match switch.scalar().as_deref() {
                Some("true") => {}
                Some("false") => choice.without.push(tool.clone()),
                _ => {
                    return Err(format!(
                        "its `{SWITCHES}` has {} for `{tool}`, and should have `true` or `false`",
                        value.kind()
                    ));
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_is_there_if_it_is_wanted_and_not_unwanted() {
        let choice = ToolChoice {
            only: Some(vec!["read*".to_owned(), "find".to_owned()]),
            without: vec!["read_secrets".to_owned(), "delete".to_owned()],
        };
        let tools = ["read", "read_secrets", "find", "write"];
        assert_eq!(
            tools.map(|tool| choice.has(tool)),
            [true, false, true, false]
        );
        assert_eq!(choice.unmet(&tools).collect::<Vec<_>>(), ["delete"]);
        assert!(ToolChoice::default().has("anything"));
    }
}
