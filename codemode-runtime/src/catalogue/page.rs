//! What is answered a page at a time.

use std::fmt::{self, Display, Formatter};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which part of a long answer is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    /// How many entries to skip.
    pub offset: usize,
    /// How many entries to give at most; between 1 and [`Paging::MAX_LIMIT`], or it is moved there.
    pub limit: usize,
}

impl Paging {
    /// No page is longer.
    pub const MAX_LIMIT: usize = 200;

    pub(super) fn of<T, U>(self, all: &[T], entry: impl Fn(&T) -> U) -> (Vec<U>, Option<usize>) {
        let rest = all.get(self.offset..).unwrap_or_default();
        let limit = self.limit.clamp(1, Self::MAX_LIMIT);
        let next = (rest.len() > limit).then_some(self.offset + limit);
        (rest.iter().take(limit).map(entry).collect(), next)
    }
}

impl Default for Paging {
    /// The first 20 entries.
    fn default() -> Self {
        Self {
            offset: 0,
            limit: 20,
        }
    }
}

/// Some tools, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ToolPage {
    /// The tools of this page.
    pub tools: Vec<ToolSummary>,
    /// How many there are in all.
    pub total: usize,
    /// The offset of the next page; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "usize")]
    pub next: Option<usize>,
}

/// One tool in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ToolSummary {
    /// What scripts call it: `namespace.name`.
    pub name: String,
    /// The first sentence of its docs; may be empty.
    pub summary: String,
}

/// Some namespaces, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NamespacePage {
    /// The namespaces of this page.
    pub namespaces: Vec<NamespaceSummary>,
    /// How many there are in all.
    pub total: usize,
    /// The offset of the next page; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "usize")]
    pub next: Option<usize>,
}

/// One namespace in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NamespaceSummary {
    /// Its name.
    pub name: String,
    /// How many tools it has.
    pub tools: usize,
}

/// What a search found: the best in full, and all in short. Its text, by [`Display`], is for models.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SearchPage {
    /// The declarations of the first functions, with all types that they need; may be empty.
    pub declarations: String,
    /// How many of the functions of this page are in the declarations: the first ones.
    pub declared: usize,
    /// The functions of this page: those in the declarations, then the others, each the best first.
    pub tools: Vec<ToolSummary>,
    /// How many fit in all.
    pub total: usize,
    /// The offset of the next page; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "usize")]
    pub next: Option<usize>,
    /// The first namespaces, if nothing fits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "NamespacePage")]
    pub namespaces: Option<NamespacePage>,
}

impl Display for SearchPage {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.declared > 1 {
            let best = self.tools.iter().take(self.declared);
            let best: Vec<_> = best.map(|tool| tool.name.as_str()).collect();
            // The declarations are in alphabetical order.
            writeln!(f, "// Best first: {}", best.join(", "))?;
        }
        f.write_str(&self.declarations)?;
        let others = self.tools.get(self.declared..).unwrap_or_default();
        if self.declared > 0 && !others.is_empty() {
            f.write_str("\nIn short, look these up by name if you need them:\n")?;
        }
        for ToolSummary { name, summary } in others {
            match summary.as_str() {
                "" => writeln!(f, "- {name}")?,
                summary => writeln!(f, "- {name}: {summary}")?,
            }
        }
        if let Some(next) = self.next {
            writeln!(f, "(of {}; the next are at offset {next})", self.total)?;
        }
        let Some(NamespacePage {
            namespaces, total, ..
        }) = &self.namespaces
        else {
            return Ok(());
        };
        f.write_str(
            "No function fits. Search with other words, or for a namespace to see what is in it:\n",
        )?;
        for namespace in namespaces {
            writeln!(f, "- {} ({})", namespace.name, namespace.tools)?;
        }
        match total - namespaces.len().min(*total) {
            0 => Ok(()),
            more => writeln!(f, "- and {more} more namespaces"),
        }
    }
}
