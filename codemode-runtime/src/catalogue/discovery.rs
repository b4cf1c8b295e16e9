//! Finding one's way in a catalogue that is too large to be read as a whole.

use std::sync::{Arc, OnceLock};

use super::Catalogue;
use super::full::divided;
use super::own;
use super::page::{NamespacePage, NamespaceSummary, Paging, SearchPage, ToolPage, ToolSummary};
use super::search::{Index, ranked};
use super::text::sentence;
use crate::tool::info::ToolInfo;
use codemode_declarations::{made_visible, reasons};

/// Searches, lists and describes the tools of a catalogue.
///
/// Cheap to clone and to share between tasks. The index for searching is built when the first one searches.
///
/// ```
/// use codemode_runtime::{Catalogue, Discovery, Paging};
/// use serde_json::json;
///
/// let tools = json!([
///     { "namespace": "office", "name": "sendMail", "docs": "Sends a letter.", "output": true },
///     { "namespace": "office", "name": "listFiles", "output": true },
/// ]);
/// let discovery = Discovery::new(Catalogue::from_tools(serde_json::from_value(tools)?));
/// let page = discovery.search("sned an e-mail", Paging::default());
/// assert_eq!(page.tools[0].name, "office.sendMail");
///
/// let declarations = discovery.describe(&["office.sendMail"])?;
/// assert!(declarations.contains("// Sends a letter."));
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Discovery {
    shared: Arc<Shared>,
    seen: Option<Seen>,
}

#[derive(Debug)]
struct Shared {
    catalogue: Catalogue,
    /// What scripts have beside the catalogue, after which it is listed.
    own: Vec<ToolInfo>,
    index: OnceLock<Index>,
}

/// What results of a tool have been like so far, in lines.
#[derive(Clone)]
struct Seen(Arc<Lines>);

type Lines = dyn Fn(&ToolInfo) -> Option<String> + Send + Sync;

impl std::fmt::Debug for Seen {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Seen")
    }
}

/// Why something can't be found in a catalogue.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DiscoveryError {
    /// There is no tool and no namespace of that name.
    #[error(
        "there is no tool and no namespace `{name}`{}",
        hint(nearest, namespaces)
    )]
    Unknown {
        /// What was asked for.
        name: String,
        /// Tools that may have been meant, the likeliest first.
        nearest: Vec<String>,
        /// The first namespaces, if no tool comes near.
        namespaces: Vec<String>,
    },
    /// More was asked for than anybody should read at once.
    #[error(
        "that would be the declarations of {wanted} tools, and at most {} are given at once: name some of them",
        Discovery::MAX_DESCRIBED
    )]
    TooMany {
        /// How many tools were asked for.
        wanted: usize,
    },
}

fn hint(nearest: &[String], namespaces: &[String]) -> String {
    match (nearest, namespaces) {
        ([], []) => String::new(),
        ([], some) => format!("; there are the namespaces {}", some.join(", ")),
        (some, _) => format!("; the nearest are {}", some.join(", ")),
    }
}

impl Discovery {
    /// [`Discovery::describe`] takes no more tools at once.
    pub const MAX_DESCRIBED: usize = 100;

    /// How many tokens of declarations a search answers with, if nothing else is said.
    pub const SEARCH_BUDGET: usize = 1_500;

    /// Makes a catalogue searchable.
    #[must_use]
    pub fn new(catalogue: Catalogue) -> Self {
        Self::beside(catalogue, &Catalogue::default())
    }

    /// The same, for scripts that have functions beside the catalogue, such as those of `$tools`. They are found,
    /// listed and described too, after the catalogue's.
    #[must_use]
    pub fn beside(catalogue: Catalogue, own: &Catalogue) -> Self {
        Self {
            shared: Arc::new(Shared {
                catalogue,
                own: own::functions(own),
                index: OnceLock::new(),
            }),
            seen: None,
        }
    }

    /// The same, and behind the declarations of tools stands what their results have been like, as `seen` tells it then.
    #[must_use]
    pub fn with_seen(
        self,
        seen: impl Fn(&ToolInfo) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        let seen = Some(Seen(Arc::new(seen)));
        Self { seen, ..self }
    }

    /// The tools.
    pub fn catalogue(&self) -> &Catalogue {
        &self.shared.catalogue
    }

    fn index(&self) -> &Index {
        let shared = &self.shared;
        shared
            .index
            .get_or_init(|| Index::new(&self.all(), shared.catalogue.tools().len()))
    }

    fn all(&self) -> Vec<&ToolInfo> {
        let tools = self.shared.catalogue.tools().iter();
        tools.chain(&self.shared.own).collect()
    }

    /// The tools that a few words fit, the best first, and those that are deprecated last. What fits much less than the
    /// best is left out.
    ///
    /// Words are looked for in names, docs and types; a word may be begun only, be another one for the same, or have
    /// one or two typing errors. The name of a function or of a namespace is looked up. An empty query fits nothing: it
    /// is answered with the namespaces.
    ///
    /// The declarations of the best are there too, as [`Discovery::describe`] gives them: of those that fit about as
    /// well as the very best, as many as have room.
    pub fn search(&self, query: &str, paging: Paging) -> SearchPage {
        self.search_within(query, paging, Self::SEARCH_BUDGET)
    }

    /// The same with another budget, in tokens as [`estimate_tokens`](crate::estimate_tokens) counts them, for the
    /// declarations of the best. The very best may take several times as much, since nobody can do without it.
    pub fn search_within(&self, query: &str, paging: Paging, budget: usize) -> SearchPage {
        let found = self.ranked(query);
        let (page, next) = paging.of(&found, |found| *found);
        let (declared, others, declarations) = divided(&page, budget, |tools| self.declared(tools));
        let nothing = found.is_empty().then(|| Paging {
            limit: 50,
            ..Paging::default()
        });
        SearchPage {
            declarations,
            declared: declared.len(),
            tools: declared.into_iter().chain(others).map(summary).collect(),
            total: found.len(),
            next,
            namespaces: nothing.map(|paging| self.namespaces(paging)),
        }
    }

    /// The tools that a query names or fits, each with how well it does, up to 1.
    fn ranked(&self, query: &str) -> Vec<(&ToolInfo, f32)> {
        let all = self.all();
        let own = self.shared.catalogue.tools().len();
        let found = ranked(&all, own, self.index(), query);
        let found = found.into_iter().map(|(place, part)| (all[place], part));
        found.collect()
    }

    /// The namespaces, in alphabetical order, and then what scripts have beside the catalogue.
    pub fn namespaces(&self, paging: Paging) -> NamespacePage {
        let all = self.all();
        let all: Vec<_> = all
            .chunk_by(|one, other| one.namespace == other.namespace)
            .filter_map(|tools| Some((&tools.first()?.namespace, tools.len())))
            .collect();
        let (namespaces, next) = paging.of(&all, |(name, tools)| NamespaceSummary {
            name: (*name).clone(),
            tools: *tools,
        });
        NamespacePage {
            namespaces,
            total: all.len(),
            next,
        }
    }

    /// The tools of one namespace, or of all, in alphabetical order; last of all what scripts have beside the
    /// catalogue.
    ///
    /// # Errors
    ///
    /// If there is no such namespace.
    pub fn list(
        &self,
        namespace: Option<&str>,
        paging: Paging,
    ) -> Result<ToolPage, DiscoveryError> {
        let tools = match namespace {
            None => self.all(),
            Some(name) => self.namespace(name).ok_or_else(|| self.unknown(name))?,
        };
        let (page, next) = paging.of(&tools, |tool| summary(tool));
        Ok(ToolPage {
            tools: page,
            total: tools.len(),
            next,
        })
    }

    /// The declarations of tools with all types that they need, in the compact style. A name is that of a tool,
    /// `namespace.name`, or of a namespace, which stands for all its tools.
    ///
    /// A tool whose types can't be declared is named with the reason, in a comment.
    ///
    /// # Errors
    ///
    /// If there is nothing of a name, or if the names stand for more than [`Discovery::MAX_DESCRIBED`] tools.
    pub fn describe<S: AsRef<str>>(&self, names: &[S]) -> Result<String, DiscoveryError> {
        let mut wanted: Vec<&ToolInfo> = Vec::new();
        for name in names {
            let name = name.as_ref();
            match (self.tool(name), self.namespace(name)) {
                (Some(tool), _) => wanted.push(tool),
                (None, Some(tools)) => wanted.extend(tools),
                (None, None) => return Err(self.unknown(name)),
            }
        }
        wanted.sort_by_key(|tool| (&tool.namespace, &tool.name));
        wanted.dedup_by_key(|tool| (&tool.namespace, &tool.name));
        if wanted.len() > Self::MAX_DESCRIBED {
            return Err(DiscoveryError::TooMany {
                wanted: wanted.len(),
            });
        }
        Ok(self.declared(&wanted))
    }

    /// What results of tools have been like, as comments. They stand behind the declarations and not in them, since what
    /// shortens those is for words.
    fn seen(&self, tools: &[&ToolInfo]) -> String {
        let Some(Seen(seen)) = &self.seen else {
            return String::new();
        };
        let told = tools.iter().filter_map(|tool| seen(tool));
        let mut comments = String::new();
        for line in
            told.flat_map(|told| told.split(ends_line).map(str::to_owned).collect::<Vec<_>>())
        {
            comments.push_str("// ");
            comments.push_str(&line);
            comments.push('\n');
        }
        made_visible(comments)
    }

    fn namespace(&self, name: &str) -> Option<Vec<&ToolInfo>> {
        let tools = self.shared.catalogue.tools();
        let start = tools.partition_point(|tool| *tool.namespace < *name);
        let end = tools.partition_point(|tool| *tool.namespace <= *name);
        let own = self.shared.own.iter().filter(|tool| tool.namespace == name);
        let tools: Vec<_> = tools
            .get(start..end)
            .into_iter()
            .flatten()
            .chain(own)
            .collect();
        Some(tools).filter(|tools| !tools.is_empty())
    }

    fn tool(&self, path: &str) -> Option<&ToolInfo> {
        let (namespace, name) = path.split_once('.')?;
        let tools = self.namespace(namespace)?;
        tools.into_iter().find(|tool| tool.name == name)
    }

    /// The declarations of tools, with the reason where there is none.
    fn declared(&self, wanted: &[&ToolInfo]) -> String {
        let is_own = |tool: &ToolInfo| self.shared.own.iter().any(|own| std::ptr::eq(own, tool));
        let (own, tools): (Vec<_>, Vec<_>) = wanted.iter().copied().partition(|tool| is_own(tool));
        let catalogue = Catalogue::from_tools(tools.iter().map(|tool| (*tool).clone()).collect());
        let (mut text, left_out) = catalogue.compact();
        text.push_str(&made_visible(reasons(&left_out)));
        text.push_str(&self.seen(&tools));
        text.push_str(&own::declarations(&own));
        text
    }

    fn unknown(&self, name: &str) -> DiscoveryError {
        let nearest: Vec<_> = self
            .ranked(name)
            .into_iter()
            .take(3)
            .map(|(tool, _)| tool.path())
            .collect();
        let namespaces = if nearest.is_empty() {
            let namespaces = self.namespaces(Paging::default()).namespaces;
            namespaces
                .into_iter()
                .map(|namespace| namespace.name)
                .collect()
        } else {
            Vec::new()
        };
        DiscoveryError::Unknown {
            name: name.to_owned(),
            nearest,
            namespaces,
        }
    }
}

/// Whether TypeScript takes a letter for the end of a line, and so of a comment.
fn ends_line(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

fn summary(tool: &ToolInfo) -> ToolSummary {
    ToolSummary {
        name: tool.path(),
        summary: made_visible(sentence::first(&tool.docs)),
    }
}
