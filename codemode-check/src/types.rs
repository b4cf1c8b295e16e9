//! The declarations that a script is checked against.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use codemode_declarations::{FunctionSchema, declare_in_parts};
use codemode_script::absent::ToolNames;

/// What a script may call.
#[derive(Clone, Debug, Default)]
pub struct Namespaces<'a> {
    /// The functions, with their namespaces.
    pub functions: Vec<FunctionSchema<'a>>,
    /// Namespaces whose functions can't be called now, each with the reason.
    pub absent: Vec<(&'a str, &'a str)>,
}

/// The declarations of a catalogue, ready for a [`Checker`](super::Checker).
///
/// Making it costs as much as printing the declarations, so a program that checks several scripts keeps it. It is cheap to
/// clone.
#[derive(Clone, Debug)]
pub struct CatalogueTypes {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    /// Tells one catalogue's files from another's.
    number: u64,
    namespaces: BTreeMap<String, Arc<str>>,
    tools: ToolNames,
    /// Why the tools of a namespace can't be called.
    absent: BTreeMap<String, String>,
    /// Types that several namespaces share.
    shared: Arc<str>,
}

impl CatalogueTypes {
    /// The declarations of all functions, such as those of a catalogue. One whose types can't be declared takes and returns `any`.
    pub fn new<'a>(namespaces: impl Into<Namespaces<'a>>) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let Namespaces { functions, absent } = namespaces.into();
        let parts = declare_in_parts(&functions);
        let mut namespaces: BTreeMap<String, String> = parts.namespaces.into_iter().collect();
        for error in parts.left_out {
            let Some((namespace, name)) = error.tool.split_once('.') else {
                continue;
            };
            let text = namespaces.entry(namespace.to_owned()).or_default();
            let _ = writeln!(
                text,
                "declare namespace {namespace} {{ function {name}(input?: any): Promise<any>; }}"
            );
        }
        let namespaces = namespaces.into_iter();
        let tools = functions.iter();
        Self {
            inner: Arc::new(Inner {
                number: NEXT.fetch_add(1, Ordering::Relaxed),
                namespaces: namespaces.map(|(name, text)| (name, text.into())).collect(),
                tools: ToolNames::of(tools.map(|tool| (tool.namespace, tool.name))),
                absent: absent
                    .into_iter()
                    .map(|(namespace, reason)| (namespace.to_owned(), reason.to_owned()))
                    .collect(),
                shared: parts.shared.into(),
            }),
        }
    }

    /// The names of the namespaces, in order.
    pub(crate) fn namespaces(&self) -> impl Iterator<Item = &str> {
        self.inner.namespaces.keys().map(String::as_str)
    }

    /// Why the tools of a namespace can't be called now, if there is such a namespace at other times.
    pub(super) fn absence(&self, namespace: &str) -> Option<&str> {
        self.inner.absent.get(namespace).map(String::as_str)
    }

    pub(super) fn tools(&self) -> &ToolNames {
        &self.inner.tools
    }

    /// The files that a script with these names needs, and no others.
    pub(super) fn files(&self, names: &BTreeSet<String>) -> Vec<TypesFile> {
        let all = names.contains("globalThis");
        let wanted = |name: &String| all || names.contains(name);
        let mut files: Vec<TypesFile> = self
            .inner
            .namespaces
            .iter()
            .filter(|(name, _)| wanted(name))
            .map(|(name, text)| self.file(&format!("{name}.d.ts"), text))
            .collect();
        if !files.is_empty() && !self.inner.shared.is_empty() {
            // No namespace has a name with a point in it.
            files.push(self.file("shared.types.d.ts", &self.inner.shared));
        }
        files
    }

    fn file(&self, name: &str, text: &Arc<str>) -> TypesFile {
        TypesFile {
            name: format!("catalogue{}/{name}", self.inner.number),
            text: Arc::clone(text),
        }
    }
}

/// A file of declarations; its name says all about what is in it.
#[derive(Clone, Debug)]
pub(super) struct TypesFile {
    pub(super) name: String,
    pub(super) text: Arc<str>,
}
