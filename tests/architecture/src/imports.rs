//! From paths in code to arrows between files.

use std::collections::BTreeMap;

use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};

use crate::files::{File, Files};
use crate::{Arrows, Module};

/// A path as it stands in a file.
struct Found {
    /// The module that it stands in, which may be one within the file.
    within: Module,
    path: Vec<String>,
    line: usize,
    is_public: bool,
}

pub(crate) fn arrows(files: &Files) -> Arrows {
    let found: BTreeMap<&Module, Vec<Found>> = files
        .parsed
        .iter()
        .map(|(module, file)| (module, paths(module, file)))
        .collect();
    let mut arrows = Arrows::new();
    for (from, paths) in &found {
        let of_file = arrows.entry((*from).clone()).or_default();
        for path in paths {
            let Some((target, item)) = target(files, &found, path) else {
                continue;
            };
            if target == **from {
                continue;
            }
            let is_parent = from.starts_with(&target);
            if is_parent
                && item
                    .as_ref()
                    .is_none_or(|item| files.parsed[&target].public_types.contains(item))
            {
                continue;
            }
            let file = &files.parsed[*from].path;
            of_file.entry(target).or_insert_with(|| {
                let item = item.unwrap_or_else(|| "itself".to_owned());
                format!("{}:{} ({item})", file.display(), path.line)
            });
        }
    }
    arrows
}

/// The module that a path leads to, and the item in it that is wanted; `None` for what is no arrow.
fn target(
    files: &Files,
    found: &BTreeMap<&Module, Vec<Found>>,
    path: &Found,
) -> Option<(Module, Option<String>)> {
    let (mut module, mut item) = resolve(files, &path.within, &path.path)?;
    // The roof names what is below it, and imports nothing by that.
    if path.is_public && module.starts_with(&path.within) {
        return None;
    }
    // Where an item is re-exported, it is another file's. A circle of re-exports would not compile.
    for _ in 0..8 {
        let Some(wanted) = &item else { break };
        let re_export = found.get(&module).and_then(|paths| {
            paths.iter().find(|path| {
                path.within == module && path.is_public && path.path.last() == Some(wanted)
            })
        });
        let Some(next) = re_export.and_then(|path| resolve(files, &path.within, &path.path)) else {
            break;
        };
        if next.0 == module {
            break;
        }
        (module, item) = next;
    }
    Some((module, item))
}

/// The module that has a file and is the longest part of a path, and the name behind it.
fn resolve(files: &Files, within: &Module, path: &[String]) -> Option<(Module, Option<String>)> {
    let (first, rest) = path.split_first()?;
    let mut rest = rest;
    let mut module = match first.as_str() {
        "crate" => Module::new(),
        "self" => within.clone(),
        "super" => within[..within.len().checked_sub(1)?].to_vec(),
        child => {
            let mut module = within.clone();
            module.push(child.to_owned());
            if !files.has(&module) {
                return None;
            }
            module
        }
    };
    while let Some(("super", behind)) = rest.split_first().map(|(first, rest)| (&**first, rest)) {
        module.pop()?;
        rest = behind;
    }
    while let Some((next, behind)) = rest.split_first() {
        module.push(next.clone());
        if !files.has(&module) {
            module.pop();
            // A module within a file, or an item.
            while !files.has(&module) {
                module.pop()?;
            }
            return Some((module, Some(next.clone())));
        }
        rest = behind;
    }
    while !files.has(&module) {
        module.pop()?;
    }
    Some((module, None))
}

fn paths(module: &Module, file: &File) -> Vec<Found> {
    let mut reader = Reader {
        within: module.clone(),
        found: Vec::new(),
    };
    reader.visit_file(&file.syntax);
    reader.found
}

struct Reader {
    within: Module,
    found: Vec<Found>,
}

impl Reader {
    fn tree(&mut self, tree: &syn::UseTree, before: &[String], is_public: bool) {
        let mut path = before.to_vec();
        match tree {
            syn::UseTree::Path(part) => {
                path.push(part.ident.to_string());
                self.tree(&part.tree, &path, is_public);
            }
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.tree(tree, before, is_public);
                }
            }
            syn::UseTree::Name(name) if name.ident == "self" => {
                self.add(path, name.span(), is_public);
            }
            syn::UseTree::Name(name) => {
                path.push(name.ident.to_string());
                self.add(path, name.span(), is_public);
            }
            syn::UseTree::Rename(rename) => {
                path.push(rename.ident.to_string());
                self.add(path, rename.span(), is_public);
            }
            syn::UseTree::Glob(glob) => self.add(path, glob.span(), is_public),
        }
    }

    fn add(&mut self, path: Vec<String>, span: proc_macro2::Span, is_public: bool) {
        self.found.push(Found {
            within: self.within.clone(),
            path,
            line: span.start().line,
            is_public,
        });
    }
}

impl<'a> Visit<'a> for Reader {
    fn visit_item(&mut self, item: &'a syn::Item) {
        let attributes = match item {
            syn::Item::Fn(item) => &item.attrs,
            syn::Item::Impl(item) => &item.attrs,
            syn::Item::Mod(item) => &item.attrs,
            syn::Item::Use(item) => &item.attrs,
            _ => return visit::visit_item(self, item),
        };
        if !attributes.iter().any(is_of_tests) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'a syn::ItemMod) {
        self.within.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.within.pop();
    }

    fn visit_item_use(&mut self, item: &'a syn::ItemUse) {
        let is_public = !matches!(item.vis, syn::Visibility::Inherited);
        self.tree(&item.tree, &[], is_public);
    }

    fn visit_path(&mut self, path: &'a syn::Path) {
        let names: Vec<String> = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        if names.len() > 1 && path.leading_colon.is_none() {
            self.add(names, path.span(), false);
        }
        visit::visit_path(self, path);
    }

    /// `pub(in path)` says who may look, and imports nothing.
    fn visit_visibility(&mut self, _: &'a syn::Visibility) {}
}

/// Whether what has this attribute is there for tests only.
fn is_of_tests(attribute: &syn::Attribute) -> bool {
    attribute.path().is_ident("cfg")
        && attribute
            .parse_args::<syn::Ident>()
            .is_ok_and(|word| word == "test")
}
