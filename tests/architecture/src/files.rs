//! The files of a crate, parsed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::Module;

/// The files of a crate, by their modules.
pub struct Files {
    pub(crate) parsed: BTreeMap<Module, File>,
}

pub(crate) struct File {
    pub(crate) path: PathBuf,
    pub(crate) syntax: syn::File,
    /// What children may import: the types that others may see as well.
    pub(crate) public_types: BTreeSet<String>,
}

impl Files {
    /// Reads all sources below a folder but those of tests and of other programs.
    ///
    /// # Errors
    ///
    /// If a file can't be read or parsed.
    pub fn read(root: &Path) -> Result<Self, String> {
        let mut parsed = BTreeMap::new();
        for path in source_files(root, &["rs"])? {
            let within = path.strip_prefix(root).unwrap_or(&path);
            let mut module: Module = within
                .with_extension("")
                .iter()
                .map(|part| part.to_string_lossy().into_owned())
                .collect();
            if module.first().is_some_and(|first| first == "bin") || module == ["main"] {
                continue;
            }
            if matches!(module.last().map(String::as_str), Some("mod" | "lib")) {
                module.pop();
            }
            let problem = |problem: String| format!("{}: {problem}", path.display());
            let text =
                std::fs::read_to_string(&path).map_err(|error| problem(error.to_string()))?;
            let syntax = syn::parse_file(&text).map_err(|error| problem(error.to_string()))?;
            let public_types = syntax.items.iter().filter_map(public_type).collect();
            let file = File {
                path,
                syntax,
                public_types,
            };
            parsed.insert(module, file);
        }
        Ok(Self { parsed })
    }

    pub(crate) fn has(&self, module: &[String]) -> bool {
        self.parsed.contains_key(module)
    }
}

fn public_type(item: &syn::Item) -> Option<String> {
    let (visibility, name) = match item {
        syn::Item::Struct(item) => (&item.vis, &item.ident),
        syn::Item::Enum(item) => (&item.vis, &item.ident),
        syn::Item::Trait(item) => (&item.vis, &item.ident),
        syn::Item::Type(item) => (&item.vis, &item.ident),
        syn::Item::Union(item) => (&item.vis, &item.ident),
        _ => return None,
    };
    (!matches!(visibility, syn::Visibility::Inherited)).then(|| name.to_string())
}

/// The files below a folder that have one of these extensions and aren't those of tests.
///
/// # Errors
///
/// If a folder can't be read.
pub fn source_files(root: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        let entries =
            std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for entry in entries.flatten() {
            let path = entry.path();
            let stem = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let extension = path
                .extension()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if path.is_dir() {
                open.push(path);
            } else if extensions.contains(&&*extension)
                && stem != "tests"
                && !stem.ends_with("_tests")
            {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
