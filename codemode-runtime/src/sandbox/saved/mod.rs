//! Saved scripts: functions in TypeScript that every script can call.

#[cfg(feature = "check")]
mod check;
mod folder;
mod order;
pub(crate) mod program;
#[cfg(feature = "check")]
pub(crate) mod save;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use codemode_script::{Diagnostic, RunError, SAVED, SavedScript};

use super::tools::words::{self, Reach};
use crate::catalogue::Catalogue;
use crate::tool::info::ToolInfo;

/// Functions in TypeScript that every script can call, as `await scripts.parseInvoices({ … })`.
///
/// They are code, and no tools: what they call is called by the script that calls them, with its limits, and under its policy. A
/// model finds them as it finds tools, and their types are checked.
///
/// ```
/// use codemode_runtime::SavedScripts;
///
/// let text = "/** Doubles a number. */\nexport default async function double(input: { n: number }): Promise<number> {\n  return 2 * input.n;\n}\n";
/// let saved = SavedScripts::of([("double".to_owned(), text.to_owned())]);
/// assert!(saved.problems().next().is_none());
/// ```
#[derive(Clone, Debug, Default)]
pub struct SavedScripts {
    inner: Arc<Inner>,
}

#[derive(Clone, Debug, Default)]
struct Inner {
    scripts: BTreeMap<String, Saved>,
    /// Their names, each after those that it calls.
    order: Vec<String>,
    left_out: BTreeMap<String, String>,
}

#[derive(Clone, Debug)]
struct Saved {
    text: Arc<str>,
    compiled: Arc<SavedScript>,
}

impl SavedScripts {
    /// There are never more.
    pub const MAX: usize = 200;

    /// The saved scripts of these names and texts. What is wrong with some of them is a [problem](Self::problems).
    pub fn of(files: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut inner = Inner::default();
        for (name, text) in files {
            if inner.scripts.len() == Self::MAX {
                let why = format!(
                    "1:1: there are {} already, and no more can be used",
                    Self::MAX
                );
                inner.left_out.insert(name, why);
                continue;
            }
            match compiled(&name, &text) {
                Ok(compiled) => {
                    let saved = Saved {
                        text: text.into(),
                        compiled: Arc::new(compiled),
                    };
                    inner.scripts.insert(name, saved);
                }
                Err(why) => {
                    inner.left_out.insert(name, why);
                }
            }
        }
        inner.put_in_order();
        Self {
            inner: Arc::new(inner),
        }
    }

    /// Whether there is nothing to call.
    pub fn is_empty(&self) -> bool {
        self.inner.scripts.is_empty()
    }

    /// What is left out, each with the reason, which starts with its line and column where it has one.
    pub fn problems(&self) -> impl Iterator<Item = (&str, &str)> {
        let left_out = self.inner.left_out.iter();
        left_out.map(|(name, why)| (name.as_str(), why.as_str()))
    }

    /// A catalogue that has them, too.
    #[must_use]
    pub fn added_to(&self, catalogue: &Catalogue) -> Catalogue {
        let absent = catalogue.absent();
        let absent = absent.map(|(name, why)| (name.to_owned(), why.to_owned()));
        let tools = catalogue.tools().iter().cloned();
        Catalogue::from_tools(tools.chain(self.tools()).collect()).without(absent)
    }

    /// What a catalogue has of them.
    pub(crate) fn tools(&self) -> impl Iterator<Item = ToolInfo> {
        self.inner.scripts.iter().map(|(name, saved)| ToolInfo {
            docs: saved.compiled.docs.clone(),
            declaration: Some(saved.compiled.declaration.clone()),
            ..ToolInfo::bare(SAVED, name, None, serde_json::Value::Bool(true))
        })
    }

    /// The names and texts of those that a script can reach, each after those that it calls.
    pub(super) fn reached_by(&self, script: &str) -> Vec<(String, Arc<str>)> {
        let mut wanted = BTreeSet::new();
        let mut open: Vec<&str> = match words::reach(script, SAVED) {
            Reach::Nothing => return Vec::new(),
            Reach::Everything => self.inner.order.iter().map(String::as_str).collect(),
            Reach::Members(names) => {
                let known = |name: &&str| self.inner.scripts.contains_key(*name);
                // Some for one that isn't there: with none, the namespace would be missing.
                let any = self.inner.order.first().map(String::as_str);
                let names = names.into_iter();
                names
                    .filter_map(|name| Some(name).filter(known).or(any))
                    .collect()
            }
        };
        while let Some(name) = open.pop() {
            if let Some(saved) = self.inner.scripts.get(name)
                && wanted.insert(name)
            {
                open.extend(saved.compiled.calls.iter().map(String::as_str));
            }
        }
        let wanted = self
            .inner
            .order
            .iter()
            .filter(|name| wanted.contains(name.as_str()));
        let text = |name: &String| {
            Some((
                name.clone(),
                Arc::clone(&self.inner.scripts.get(name)?.text),
            ))
        };
        wanted.filter_map(text).collect()
    }

    /// A script with the saved scripts that it calls in one text, for what is found by words.
    #[must_use]
    pub fn with_called(&self, script: &str) -> String {
        let source = program::Source {
            saved: self.reached_by(script),
            script: script.to_owned(),
        };
        source.all()
    }

    /// Says in an error why what it misses is left out.
    pub fn explain(&self, error: &mut RunError, script: &str) {
        let Reach::Members(names) = words::reach(script, SAVED) else {
            return;
        };
        let mut told = names.into_iter().filter_map(|name| {
            let why = self.inner.left_out.get(name)?;
            Some((name, format!(" `{SAVED}.{name}` is left out, because something is wrong with it: {name}.ts:{why}")))
        });
        let Some((name, why)) = told.next() else {
            return;
        };
        let is_about = |message: &str| {
            let quoted = |name: &str| message.contains(&format!("'{name}'"));
            quoted(name)
                || quoted(SAVED)
                || message.contains(&format!("{SAVED}.{name}"))
                || message.contains("scripts is not defined")
        };
        if is_about(&error.message) {
            error.message.push_str(&why);
        }
        for problem in &mut error.diagnostics {
            if is_about(&problem.message) {
                problem.message.push_str(&why);
            }
        }
    }
}

/// Reads a saved script on a thread with a stack for it, since the parser recurses.
fn compiled(name: &str, text: &str) -> Result<SavedScript, String> {
    const STACK: usize = 2 * 1024 * 1024;
    let unreadable = || "1:1: it can't be read".to_owned();
    let read = std::thread::scope(|scope| {
        let reader = std::thread::Builder::new()
            .stack_size(STACK + codemode_script::stack_bytes(text))
            .spawn_scoped(scope, || SavedScript::compile(name, text));
        reader.ok()?.join().ok()
    });
    let read = read.ok_or_else(unreadable)?;
    read.map_err(|told| first_of(&told).unwrap_or_else(unreadable))
}

/// The first of some problems, with its place and how many more there are.
fn first_of(told: &[Diagnostic]) -> Option<String> {
    let (first, rest) = told.split_first()?;
    let more = match rest.len() {
        0 => String::new(),
        1 => " (and 1 more problem)".to_owned(),
        more => format!(" (and {more} more problems)"),
    };
    let Diagnostic {
        line,
        column,
        message,
        ..
    } = first;
    Some(format!("{line}:{column}: {message}{more}"))
}
