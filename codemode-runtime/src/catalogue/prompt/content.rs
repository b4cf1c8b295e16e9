//! What a prompt's template is given.

use serde::Serialize;

use crate::catalogue::text::sentence;
use crate::tool::info::ToolInfo;

/// How much is said of a namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Detail {
    /// How many functions it has.
    Count,
    Names,
    /// With the first sentence about each function.
    Summaries,
    Declared,
}

/// See [`PromptOptions::TEMPLATE`](super::PromptOptions::TEMPLATE).
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(
    clippy::struct_excessive_bools,
    reason = "a template asks for each by its name"
)]
pub(super) struct Content<'a> {
    declarations: String,
    complete: bool,
    in_scripts: bool,
    sessions: bool,
    overview: String,
    further: String,
    namespaces: Vec<Namespace<'a>>,
    with_details: bool,
    unlisted: usize,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Namespace<'a> {
    name: &'a str,
    count: usize,
    lines: Vec<Line<'a>>,
    names: String,
}

#[derive(Debug, Serialize)]
struct Line<'a> {
    name: &'a str,
    summary: String,
}

/// What a prompt is about to have.
pub(super) struct Parts<'a> {
    namespaces: &'a [(&'a str, &'a [ToolInfo])],
    details: &'a [Detail],
    pub(super) declarations: String,
    /// Whether all is declared.
    pub(super) complete: bool,
    pub(super) overview: Overview,
    pub(super) unlisted: usize,
}

impl<'a> Parts<'a> {
    pub(super) fn new(
        namespaces: &'a [(&'a str, &'a [ToolInfo])],
        details: &'a [Detail],
        declarations: String,
    ) -> Self {
        Self {
            namespaces,
            details,
            declarations,
            complete: false,
            overview: Overview::default(),
            unlisted: 0,
        }
    }

    pub(super) fn content(&self, in_scripts: bool, sessions: bool) -> Content<'a> {
        let namespaces = self.namespaces.iter().zip(self.details);
        let namespaces: Vec<_> = namespaces
            .map(|(namespace, detail)| self::namespace(*namespace, *detail))
            .collect();
        Content {
            declarations: self.declarations.clone(),
            complete: self.complete,
            in_scripts,
            sessions,
            overview: self.overview.text(),
            further: self.further(),
            with_details: namespaces
                .iter()
                .any(|namespace| !namespace.lines.is_empty() || !namespace.names.is_empty()),
            namespaces,
            unlisted: self.unlisted,
        }
    }

    /// The namespaces of which nothing is said elsewhere, not even in the overview.
    fn further(&self) -> String {
        if self.complete {
            return String::new();
        }
        let namespaces = self.namespaces.iter().zip(self.details);
        let beyond = namespaces
            .skip(self.overview.entries.len())
            .filter(|(_, detail)| **detail == Detail::Count)
            .map(|(namespace, _)| entry(*namespace));
        listed(&beyond.collect::<Vec<_>>(), self.unlisted)
    }
}

fn namespace<'a>((name, tools): (&'a str, &'a [ToolInfo]), detail: Detail) -> Namespace<'a> {
    Namespace {
        name,
        count: tools.len(),
        lines: match detail {
            Detail::Summaries => tools.iter().map(line).collect(),
            _ => Vec::new(),
        },
        names: match detail {
            Detail::Names => names(tools),
            _ => String::new(),
        },
    }
}

fn entry((name, tools): (&str, &[ToolInfo])) -> String {
    format!("{name} ({})", tools.len())
}

/// Some entries, and how many there are beside them; nothing without entries.
fn listed(entries: &[String], more: usize) -> String {
    match (entries, more) {
        ([], _) => String::new(),
        (some, 0) => some.join(", "),
        (some, more) => format!("{} and {more} more", some.join(", ")),
    }
}

fn line(tool: &ToolInfo) -> Line<'_> {
    Line {
        name: &tool.name,
        summary: sentence::first(&tool.docs),
    }
}

fn names(tools: &[ToolInfo]) -> String {
    let names: Vec<_> = tools.iter().map(|tool| tool.name.as_str()).collect();
    names.join(", ")
}

/// What a namespace looks like at a detail, to see how long it is.
pub(super) fn sample(name: &str, tools: &[ToolInfo], detail: Detail) -> String {
    match detail {
        Detail::Summaries => {
            let lines = tools.iter().map(line);
            let lines = lines.map(|line| format!("- {}: {}\n", line.name, line.summary));
            format!("{name}\n{}", lines.collect::<String>())
        }
        Detail::Names => format!("- {name}: {}\n", names(tools)),
        Detail::Declared | Detail::Count => String::new(),
    }
}

/// The first namespaces in one line.
#[derive(Clone, Debug, Default)]
pub(super) struct Overview {
    entries: Vec<String>,
    /// How many there are in all.
    total: usize,
}

impl Overview {
    /// As many as have room in so many characters, with what is said of the others.
    pub(super) fn of(namespaces: &[(&str, &[ToolInfo])], characters: usize) -> Self {
        let total = namespaces.len();
        let mut length = format!(" and {total} more").len();
        let entries = namespaces
            .iter()
            .map(|(name, tools)| format!("{name} ({})", tools.len()));
        let entries = entries.take_while(|entry| {
            length += entry.chars().count() + ", ".len();
            length <= characters
        });
        Self {
            entries: entries.collect(),
            total,
        }
    }

    /// No more than the first ones of these.
    pub(super) fn up_to(&self, count: usize) -> Self {
        let entries = self.entries.iter().take(count);
        Self {
            entries: entries.cloned().collect(),
            total: self.total,
        }
    }

    fn text(&self) -> String {
        listed(&self.entries, self.total - self.entries.len())
    }
}
