//! Other people's attributes, as far as a tool needs to know what they say.

use proc_macro2::{Span, TokenTree};
use syn::parse::ParseStream;
use syn::{Attribute, LitStr, Meta, Token};

use super::arguments::string;

/// The note of the `#[deprecated]` in `attributes`, which is empty when there is none. rustc
/// reports a malformed one itself.
pub(crate) fn deprecation(attributes: &[Attribute]) -> Option<String> {
    let attribute = attributes
        .iter()
        .find(|attribute| attribute.path().is_ident("deprecated"))?;
    let mut note = String::new();
    match &attribute.meta {
        Meta::Path(_) => {}
        Meta::NameValue(written) => {
            note = string(&written.value)
                .map(LitStr::value)
                .unwrap_or_default();
        }
        Meta::List(_) => {
            let _ = attribute.parse_nested_meta(|meta| {
                let value: LitStr = meta.value()?.parse()?;
                if meta.path.is_ident("note") {
                    note = value.value();
                }
                Ok(())
            });
        }
    }
    Some(note)
}

/// What the `#[serde(…)]` attributes of a parameter say about its names, its default and how it is read.
#[derive(Default)]
pub(crate) struct SerdeNames {
    /// The name for reading, from `rename = "…"` or `rename(deserialize = "…")`.
    pub(crate) rename: Option<LitStr>,
    /// Other names that are read.
    pub(crate) aliases: Vec<LitStr>,
    pub(crate) default: Option<Span>,
    /// Whether a function reads it, from `with` or `deserialize_with`.
    pub(crate) has_function: bool,
    /// Whether the names are those of its own fields.
    pub(crate) flatten: bool,
}

/// Reads `attributes`. serde's derive reports what is malformed in them.
pub(crate) fn serde_names(attributes: &[Attribute]) -> SerdeNames {
    let mut names = SerdeNames::default();
    for attribute in attributes {
        if !attribute.path().is_ident("serde") {
            continue;
        }
        let _ = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") && meta.input.peek(Token![=]) {
                names.rename = meta.value()?.parse()?;
            } else if meta.path.is_ident("rename") {
                meta.parse_nested_meta(|inner| {
                    let name: LitStr = inner.value()?.parse()?;
                    if inner.path.is_ident("deserialize") {
                        names.rename = Some(name);
                    }
                    Ok(())
                })?;
            } else if meta.path.is_ident("alias") && meta.input.peek(Token![=]) {
                names.aliases.push(meta.value()?.parse()?);
            } else {
                names.flatten |= meta.path.is_ident("flatten");
                if let (true, Some(key)) = (meta.path.is_ident("default"), meta.path.get_ident()) {
                    names.default = Some(key.span());
                }
                names.has_function |=
                    meta.path.is_ident("with") || meta.path.is_ident("deserialize_with");
                skip_value(meta.input)?;
            }
            Ok(())
        });
    }
    names
}

fn skip_value(input: ParseStream) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use syn::parse::Parser;

    use super::*;

    fn attributes(source: &str) -> Vec<Attribute> {
        Attribute::parse_outer
            .parse_str(source)
            .expect("the test writes attributes")
    }

    #[test]
    fn deprecation_is_read_in_all_its_forms() {
        for (source, expected) in [
            ("#[inline]", None),
            ("#[deprecated]", Some("")),
            ("#[deprecated = \"use b\"]", Some("use b")),
            ("#[deprecated(note = \"use b\")]", Some("use b")),
            (
                "#[deprecated(since = \"1.2\", note = \"use b\")]",
                Some("use b"),
            ),
            ("#[deprecated(since = \"1.2\")]", Some("")),
        ] {
            let note = deprecation(&attributes(source));
            assert_eq!(note.as_deref(), expected, "{source}");
        }
    }

    #[test]
    fn names_that_serde_reads_are_found() {
        for (source, rename, default) in [
            ("#[serde(rename = \"x\")]", Some("x"), false),
            ("#[serde(default, rename = \"x\")]", Some("x"), true),
            (
                "#[serde(default = \"f\")] #[serde(rename(deserialize = \"x\"))]",
                Some("x"),
                true,
            ),
            ("#[serde(rename(serialize = \"x\"))]", None, false),
            (
                "#[serde(with = \"m\", bound(deserialize = \"T: X\"), rename = \"x\")]",
                Some("x"),
                false,
            ),
            ("#[schemars(rename = \"x\")]", None, false),
        ] {
            let names = serde_names(&attributes(source));
            assert_eq!(
                names.rename.map(|name| name.value()).as_deref(),
                rename,
                "{source}"
            );
            assert_eq!(names.default.is_some(), default, "{source}");
        }
    }

    #[test]
    fn what_is_flattened_and_what_else_is_read_is_found() {
        for (source, flatten, aliases) in [
            ("#[serde(flatten)]", true, 0),
            ("#[serde(default, flatten)]", true, 0),
            ("#[serde(alias = \"a\", alias = \"b\")]", false, 2),
            ("#[serde(rename = \"flatten\")]", false, 0),
            ("#[schemars(flatten)]", false, 0),
        ] {
            let names = serde_names(&attributes(source));
            assert_eq!(names.flatten, flatten, "{source}");
            assert_eq!(names.aliases.len(), aliases, "{source}");
        }
    }
}
