//! The declarations that a script is checked against.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use codemode_declarations::{FunctionSchema, declare_in_parts};
use codemode_script::absent::ToolNames;
use unicode_ident::is_xid_continue;

/// What a script may call.
#[derive(Clone, Debug, Default)]
pub struct Namespaces<'a> {
    /// The functions, with their namespaces.
    pub functions: Vec<FunctionSchema<'a>>,
    /// The functions that somebody has declared in TypeScript.
    pub written: Vec<Written<'a>>,
    /// Namespaces whose functions can't be called now, each with the reason.
    pub absent: Vec<(&'a str, &'a str)>,
}

/// A function that somebody has declared in TypeScript.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    /// The namespace.
    pub namespace: &'a str,
    /// The name of the function.
    pub name: &'a str,
    /// What stands in the namespace: the function, and types that it needs.
    pub declaration: &'a str,
}

/// The declarations of a catalogue, ready for a [`Checker`](super::Checker).
///
/// Making it costs as much as printing the declarations, so a program that checks several scripts keeps it. It is cheap to
/// clone.
#[derive(Clone, Debug)]
pub struct CatalogueTypes {
    inner: Arc<Inner>,
}

#[derive(Clone, Debug)]
struct Inner {
    namespaces: BTreeMap<String, TypesFile>,
    /// For each namespace that somebody has written, the words in it: other namespaces may be among them.
    words: BTreeMap<String, BTreeSet<String>>,
    tools: ToolNames,
    /// Why the tools of a namespace can't be called.
    absent: BTreeMap<String, String>,
    /// Types that several namespaces share.
    shared: Option<TypesFile>,
}

/// Tells one catalogue's files from another's.
fn next_number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

impl CatalogueTypes {
    /// The declarations of all functions, such as those of a catalogue. One whose types can't be declared takes and returns `any`.
    pub fn new<'a>(namespaces: impl Into<Namespaces<'a>>) -> Self {
        let number = next_number();
        let Namespaces {
            functions,
            written,
            absent,
        } = namespaces.into();
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
        let namespaces = namespaces.into_iter().map(|(name, text)| {
            let file = TypesFile::new(number, &name, text);
            (name, file)
        });
        let tools = functions.iter().map(|tool| (tool.namespace, tool.name));
        let written_tools = written.iter().map(|tool| (tool.namespace, tool.name));
        // No namespace has a name with a point in it.
        let shared = (!parts.shared.is_empty())
            .then(|| TypesFile::new(number, "shared.types", parts.shared));
        let schemas = Self {
            inner: Arc::new(Inner {
                namespaces: namespaces.collect(),
                words: BTreeMap::new(),
                tools: ToolNames::of(tools.chain(written_tools)),
                absent: absent
                    .into_iter()
                    .map(|(namespace, reason)| (namespace.to_owned(), reason.to_owned()))
                    .collect(),
                shared,
            }),
        };
        if written.is_empty() {
            schemas
        } else {
            schemas.with_written(&written)
        }
    }

    /// The same with functions that somebody has declared, at little cost.
    #[must_use]
    pub fn with_written(&self, written: &[Written<'_>]) -> Self {
        let mut inner = Inner::clone(&self.inner);
        let mut texts = BTreeMap::<&str, String>::new();
        for function in written {
            let text = texts.entry(function.namespace).or_default();
            let (namespace, declaration) = (function.namespace, function.declaration);
            let _ = writeln!(text, "declare namespace {namespace} {{\n{declaration}\n}}");
        }
        let number = next_number();
        for (namespace, text) in texts {
            let words = text.split(|letter: char| letter != '$' && !is_xid_continue(letter));
            let words = words.map(str::to_owned).collect();
            inner.words.insert(namespace.to_owned(), words);
            let file = TypesFile::new(number, namespace, text);
            inner.namespaces.insert(namespace.to_owned(), file);
        }
        Self {
            inner: Arc::new(inner),
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
        let written = self.inner.words.iter();
        let written = written.filter(|(namespace, _)| names.contains(*namespace));
        let used: Vec<&BTreeSet<String>> = written.map(|(_, words)| words).collect();
        let wanted = |name: &String| {
            all || names.contains(name) || used.iter().any(|words| words.contains(name))
        };
        let namespaces = self.inner.namespaces.iter();
        let mut files: Vec<TypesFile> = namespaces
            .filter(|(name, _)| wanted(name))
            .map(|(_, file)| file.clone())
            .collect();
        if !files.is_empty() {
            files.extend(self.inner.shared.clone());
        }
        files
    }
}

/// A file of declarations; its name says all about what is in it.
#[derive(Clone, Debug)]
pub(super) struct TypesFile {
    pub(super) name: String,
    pub(super) text: Arc<str>,
}

impl TypesFile {
    fn new(number: u64, name: &str, text: String) -> Self {
        Self {
            name: format!("catalogue{number}/{name}.d.ts"),
            text: text.into(),
        }
    }
}
