//! Expansions of all accepted shapes, beside their inputs in `tests/golden`.
//!
//! `CODEMODE_UPDATE_GOLDEN=1` writes them anew.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Spacing, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Meta};

/// A function under one of the two macros, taken apart as rustc does it.
struct Case {
    path: PathBuf,
    attribute: String,
    arguments: TokenStream,
    item: TokenStream,
}

impl Case {
    fn read(path: PathBuf) -> Self {
        let source = fs::read_to_string(&path).expect("the case can be read");
        let (attributes, rest) = (|input: ParseStream| {
            let attributes = input.call(Attribute::parse_outer)?;
            Ok((attributes, input.parse::<TokenStream>()?))
        })
        .parse_str(&source)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let is_macro = |attribute: &Attribute| {
            attribute.path().is_ident("tool") || attribute.path().is_ident("provide_state")
        };
        let (macros, others): (Vec<_>, Vec<_>) = attributes.into_iter().partition(is_macro);
        let [expanded] = macros.try_into().unwrap_or_else(|_| {
            panic!("{}: a case has one macro attribute", path.display());
        });
        Self {
            attribute: expanded.path().get_ident().expect("a name").to_string(),
            arguments: match expanded.meta {
                Meta::List(list) => list.tokens,
                _ => TokenStream::new(),
            },
            item: quote::quote!(#(#others)* #rest),
            path,
        }
    }

    fn all() -> Vec<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
        let mut paths: Vec<PathBuf> = fs::read_dir(folder)
            .expect("the folder can be read")
            .map(|entry| entry.expect("the entry can be read").path())
            .filter(|path| !path.to_string_lossy().ends_with(".expanded.rs"))
            .collect();
        paths.sort();
        assert!(!paths.is_empty(), "there are cases");
        paths.into_iter().map(Self::read).collect()
    }

    fn expand(&self, more_arguments: TokenStream) -> TokenStream {
        let mut arguments = self.arguments.clone();
        if !arguments.is_empty() && !more_arguments.is_empty() {
            arguments.extend(quote::quote!(,));
        }
        arguments.extend(more_arguments);
        match self.attribute.as_str() {
            "tool" => crate::expand_tool(arguments, self.item.clone()),
            _ => crate::expand_provide_state(arguments, self.item.clone()),
        }
    }

    fn names_runtime(&self) -> bool {
        self.arguments.to_string().contains("crate")
    }
}

#[test]
fn accepted_shapes_expand_to_the_golden_code() {
    let update = std::env::var_os("CODEMODE_UPDATE_GOLDEN").is_some_and(|value| value == "1");
    let mut differing = Vec::new();
    for case in Case::all() {
        let expanded = case.expand(TokenStream::new());
        let file = syn::parse2(expanded)
            .unwrap_or_else(|error| panic!("{}: {error}", case.path.display()));
        let code = prettyplease::unparse(&file);
        assert!(
            !code.contains("compile_error"),
            "{} is refused:\n{code}",
            case.path.display()
        );

        let golden = case.path.with_extension("expanded.rs");
        if update {
            fs::write(&golden, code).expect("the golden file can be written");
        } else if fs::read_to_string(&golden).unwrap_or_default() != code {
            differing.push(format!("{} should now be:\n{code}", golden.display()));
        }
    }
    assert!(
        differing.is_empty(),
        "CODEMODE_UPDATE_GOLDEN=1 writes these, if they are what you want:\n\n{}",
        differing.join("\n\n")
    );
}

#[test]
fn no_golden_file_has_outlived_its_case() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        let name = path.to_string_lossy().into_owned();
        if let Some(case) = name.strip_suffix(".expanded.rs") {
            assert!(Path::new(&format!("{case}.rs")).exists(), "{name}");
        }
    }
}

#[test]
fn expansions_name_nothing_but_the_runtime_core_and_std() {
    for case in Case::all() {
        let own = Words::of(&quote_item(&case));
        let runtime = if case.names_runtime() {
            case.arguments.to_string().replace([' ', '"'], "")
        } else {
            "::codemode_runtime".to_owned()
        };
        let words = Words::of(&case.expand(TokenStream::new()));
        for root in words.rooted.difference(&own.rooted) {
            let is_allowed =
                ["core", "std"].contains(&root.as_str()) || runtime.contains(&format!("::{root}"));
            assert!(is_allowed, "{}: ::{root}", case.path.display());
        }
        for start in words.relative.difference(&own.relative) {
            // The name of a tool in an attribute isn't the name of a crate.
            let is_allowed = ["__codemode", "clippy"].contains(&start.as_str())
                || runtime.contains(start.as_str());
            assert!(is_allowed, "{}: {start}::…", case.path.display());
        }
        for name in words.bare_types.difference(&own.bare_types) {
            let is_ours = name.starts_with("__Codemode") || name.starts_with("__CODEMODE");
            let is_allowed = is_ours || name == "DESCRIPTOR";
            assert!(is_allowed, "{}: {name}", case.path.display());
        }
    }
}

#[test]
fn a_renamed_runtime_is_called_by_its_new_name_only() {
    for case in Case::all() {
        if case.names_runtime() {
            continue;
        }
        let expanded = case
            .expand(quote::quote!(crate = "some::renamed"))
            .to_string();
        assert!(
            expanded.contains("some :: renamed :: __private"),
            "{}",
            case.path.display()
        );
        assert!(
            !expanded.contains("codemode_runtime"),
            "{}: {expanded}",
            case.path.display()
        );
    }
}

/// The user's own tokens, which may name whatever they like.
fn quote_item(case: &Case) -> TokenStream {
    let (arguments, item) = (&case.arguments, &case.item);
    quote::quote!(#arguments #item)
}

/// The names in a piece of code, by how they are looked up.
#[derive(Default)]
struct Words {
    /// `x` of `::x`.
    rooted: HashSet<String>,
    /// `x` of `x::y`.
    relative: HashSet<String>,
    /// `X` alone, which may be anything that the user has in scope.
    bare_types: HashSet<String>,
}

impl Words {
    fn of(tokens: &TokenStream) -> Self {
        let mut words = Self::default();
        words.collect(tokens.clone());
        words
    }

    fn collect(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is_sign = |at: Option<usize>, sign: char| {
            let token = at.and_then(|at| tokens.get(at));
            matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
        };
        // The colon of `name: ::path` is not part of a separator, and it isn't joint.
        let is_joint = |at: usize| matches!(&tokens[at], TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint);
        let is_separator =
            |at: usize| is_sign(Some(at), ':') && is_joint(at) && is_sign(Some(at + 1), ':');
        for (at, token) in tokens.iter().enumerate() {
            let name = match token {
                TokenTree::Group(group) => {
                    self.collect(group.stream());
                    continue;
                }
                TokenTree::Ident(name) => name.to_string(),
                TokenTree::Punct(_) | TokenTree::Literal(_) => continue,
            };
            let is_member = is_sign(at.checked_sub(1), '.');
            if name == "use" || is_member {
                continue;
            }
            let follows_separator = at >= 2 && is_separator(at - 2);
            let ends_segment = |at: usize| match &tokens[at] {
                TokenTree::Ident(before) => before != "use",
                // The end of `->` is not that of generic arguments.
                TokenTree::Punct(before) => {
                    before.as_char() == '>' && !is_sign(at.checked_sub(1), '-')
                }
                TokenTree::Group(_) | TokenTree::Literal(_) => false,
            };
            let follows_segment = follows_separator && at >= 3 && ends_segment(at - 3);
            if follows_segment {
                continue;
            }
            if follows_separator {
                self.rooted.insert(name);
            } else if is_separator(at + 1) {
                self.relative.insert(name);
            } else if name.trim_start_matches('_').starts_with(char::is_uppercase) {
                self.bare_types.insert(name);
            }
        }
    }
}
