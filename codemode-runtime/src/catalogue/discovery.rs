//! Finding one's way in a catalogue that is too large to be read as a whole.

use std::sync::{Arc, OnceLock};

use codemode_declarations::{made_visible, reasons};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Catalogue;
use super::index::Index;
use crate::tool::info::ToolInfo;

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
}

#[derive(Debug)]
struct Shared {
    catalogue: Catalogue,
    index: OnceLock<Index>,
    seen: Option<Seen>,
}

/// What results of a tool have been like so far, in lines.
struct Seen(Box<dyn Fn(&ToolInfo) -> Option<String> + Send + Sync>);

impl std::fmt::Debug for Seen {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Seen")
    }
}

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

    fn of<T, U>(self, all: &[T], entry: impl Fn(&T) -> U) -> (Vec<U>, Option<usize>) {
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
    /// The first line of its docs, cut if it is long; may be empty.
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

/// Why something can't be found in a catalogue.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DiscoveryError {
    /// There is no tool and no namespace of that name.
    #[error("there is no tool and no namespace `{name}`{}", hint(nearest))]
    Unknown {
        /// What was asked for.
        name: String,
        /// Tools that may have been meant, the likeliest first.
        nearest: Vec<String>,
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

fn hint(nearest: &[String]) -> String {
    match nearest {
        [] => String::new(),
        some => format!("; the nearest are {}", some.join(", ")),
    }
}

impl Discovery {
    /// [`Discovery::describe`] takes no more tools at once.
    pub const MAX_DESCRIBED: usize = 100;

    /// Makes a catalogue searchable.
    #[must_use]
    pub fn new(catalogue: Catalogue) -> Self {
        Self::of(catalogue, None)
    }

    /// The same, and behind the declarations of tools stands what their results have been like, as `seen` tells it then.
    #[must_use]
    pub fn with_seen(
        catalogue: Catalogue,
        seen: impl Fn(&ToolInfo) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        Self::of(catalogue, Some(Seen(Box::new(seen))))
    }

    fn of(catalogue: Catalogue, seen: Option<Seen>) -> Self {
        Self {
            shared: Arc::new(Shared {
                catalogue,
                index: OnceLock::new(),
                seen,
            }),
        }
    }

    /// The tools.
    pub fn catalogue(&self) -> &Catalogue {
        &self.shared.catalogue
    }

    fn index(&self) -> &Index {
        self.shared
            .index
            .get_or_init(|| Index::new(self.shared.catalogue.tools()))
    }

    /// The tools that a few words fit, the best first.
    ///
    /// Words are looked for in names, docs and types; a word may be begun only, or have one or two typing errors. An empty
    /// query fits nothing.
    pub fn search(&self, query: &str, paging: Paging) -> ToolPage {
        let found = self.index().search(query);
        let tools = self.shared.catalogue.tools();
        let (page, next) = paging.of(&found, |tool| summary(&tools[*tool]));
        ToolPage {
            tools: page,
            total: found.len(),
            next,
        }
    }

    /// The namespaces, in alphabetical order.
    pub fn namespaces(&self, paging: Paging) -> NamespacePage {
        let all: Vec<_> = self.shared.catalogue.by_namespace().collect();
        let (namespaces, next) = paging.of(&all, |(name, tools)| NamespaceSummary {
            name: (*name).to_owned(),
            tools: tools.len(),
        });
        NamespacePage {
            namespaces,
            total: all.len(),
            next,
        }
    }

    /// The tools of one namespace, or of all, in alphabetical order.
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
            None => self.shared.catalogue.tools(),
            Some(name) => self.namespace(name).ok_or_else(|| self.unknown(name))?,
        };
        let (page, next) = paging.of(tools, summary);
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
        let wanted = Catalogue::from_tools(wanted.into_iter().cloned().collect());
        let (mut text, left_out) = wanted.compact();
        text.push_str(&made_visible(reasons(&left_out)));
        text.push_str(&self.seen(wanted.tools()));
        Ok(text)
    }

    /// What results of tools have been like, as comments. They stand behind the declarations and not in them, since what
    /// shortens those is for words.
    fn seen(&self, tools: &[ToolInfo]) -> String {
        let Some(Seen(seen)) = &self.shared.seen else {
            return String::new();
        };
        let told = tools.iter().filter_map(seen);
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

    fn namespace(&self, name: &str) -> Option<&[ToolInfo]> {
        let tools = self.shared.catalogue.tools();
        let start = tools.partition_point(|tool| *tool.namespace < *name);
        let end = tools.partition_point(|tool| *tool.namespace <= *name);
        tools.get(start..end).filter(|tools| !tools.is_empty())
    }

    fn tool(&self, path: &str) -> Option<&ToolInfo> {
        let (namespace, name) = path.split_once('.')?;
        self.namespace(namespace)?
            .iter()
            .find(|tool| tool.name == name)
    }

    fn unknown(&self, name: &str) -> DiscoveryError {
        let paging = Paging {
            offset: 0,
            limit: 3,
        };
        let nearest = self.search(name, paging).tools;
        DiscoveryError::Unknown {
            name: name.to_owned(),
            nearest: nearest.into_iter().map(|tool| tool.name).collect(),
        }
    }
}

/// Whether TypeScript takes a letter for the end of a line, and so of a comment.
fn ends_line(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

/// What a reader needs to see whether a tool is the right one.
const SUMMARY_CHARACTERS: usize = 160;

fn summary(tool: &ToolInfo) -> ToolSummary {
    ToolSummary {
        name: tool.path(),
        summary: made_visible(shortened(tool.summary(), SUMMARY_CHARACTERS)),
    }
}

/// A text of at most so many characters, with a mark where it is cut.
#[must_use]
pub fn shortened(text: &str, characters: usize) -> String {
    if text.chars().nth(characters).is_none() {
        return text.to_owned();
    }
    let kept: String = text.chars().take(characters.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
