//! How many tokens a model reads: of the tools as MCP lists them, and of their declarations.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt;

use codemode_runtime::{Catalogue, PromptOptions};
use serde_json::Value;

use crate::servers;

/// Numbers of tokens, in the vocabulary `o200k`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tokens {
    /// How many tools it is about.
    pub tools: usize,
    /// The `tools/list` result as its server sends it.
    pub listed: usize,
    /// The descriptions alone, each that is said in several places once.
    pub described: usize,
    /// The readable declarations.
    pub readable: usize,
    /// The compact declarations.
    pub compact: usize,
    /// The prompt: the rules and the compact declarations.
    pub prompt: usize,
    /// The prompt without declarations, with the names of the tools or, where they are too many, of the namespaces.
    pub discovery: usize,
}

impl Tokens {
    /// Counts the tokens of servers, each a name and its `tools/list` result, and of the declarations of all their tools.
    ///
    /// # Errors
    ///
    /// If one isn't a `tools/list` result, or if there is no prompt for it.
    pub fn count<'a>(
        servers: impl IntoIterator<Item = &'a (String, Value)>,
    ) -> Result<Self, Box<dyn Error>> {
        let mut tools = Vec::new();
        let mut descriptions = BTreeSet::new();
        let mut listed = 0;
        for (name, list) in servers {
            collect_descriptions(list, &mut descriptions);
            listed += count(&list.to_string());
            tools.extend_from_slice(servers::as_a_host_has_them(name, list.clone())?.tools());
        }
        let catalogue = Catalogue::from_tools(tools);
        Ok(Self {
            tools: catalogue.tools().len(),
            listed,
            described: descriptions.into_iter().map(count).sum(),
            readable: count(&catalogue.declarable().0),
            compact: count(&catalogue.compact().0),
            prompt: count(&catalogue.prompt(&PromptOptions {
                budget: usize::MAX,
                ..PromptOptions::default()
            })?),
            discovery: count(&catalogue.prompt(&PromptOptions::listing())?),
        })
    }

    /// The share of the `tools/list` results that the prompt takes, in thousandths.
    #[must_use]
    pub fn prompt_share(&self) -> usize {
        thousandths(self.prompt, self.listed)
    }
}

fn thousandths(part: usize, whole: usize) -> usize {
    part * 1000 / whole.max(1)
}

/// The heading of a table whose rows are [`Tokens`].
pub const HEADING: &str =
    "tools  tools/list  descriptions       readable        compact         prompt  discovery";

impl fmt::Display for Tokens {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |part: usize| {
            let thousandths = thousandths(part, self.listed);
            format!("{part} {:3}.{}%", thousandths / 10, thousandths % 10)
        };
        write!(
            formatter,
            "{:5}{:12}{:>14}{:>15}{:>15}{:>15}{:11}",
            self.tools,
            self.listed,
            share(self.described),
            share(self.readable),
            share(self.compact),
            share(self.prompt),
            self.discovery
        )
    }
}

/// The tokens of a text.
#[must_use]
pub fn count(text: &str) -> usize {
    tiktoken_rs::o200k_base_singleton().count_ordinary(text)
}

fn collect_descriptions<'a>(value: &'a Value, found: &mut BTreeSet<&'a str>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Value::String(text) if key == "description" => {
                        found.insert(text.trim());
                    }
                    inner => collect_descriptions(inner, found),
                }
            }
        }
        Value::Array(values) => values
            .iter()
            .for_each(|value| collect_descriptions(value, found)),
        _ => {}
    }
}
