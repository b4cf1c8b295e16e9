//! What the written form of a type tells. Names prove nothing (an alias may hide anything), so only
//! what the grammar itself shows is looked at; the rest is left to the trait bounds.

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{GenericArgument, Lifetime, PathArguments, Type};

/// Whether a type is one of numbers, `bool` or `char`, by the names that those go by.
pub(crate) fn is_scalar(ty: &Type) -> bool {
    const SCALARS: [&str; 16] = [
        "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16",
        "u32", "u64", "u128", "usize",
    ];
    let Type::Path(path) = unwrapped(ty) else {
        return false;
    };
    let name = path.path.get_ident();
    name.is_some_and(|name| SCALARS.iter().any(|scalar| name == scalar))
}

/// Whether a type can only stand behind a pointer.
pub(crate) fn is_unsized(ty: &Type) -> bool {
    matches!(unwrapped(ty), Type::TraitObject(_) | Type::Slice(_))
}

/// Whether a type is an `Option` of an `Option`, by the name that it mostly goes by.
pub(crate) fn is_nested_option(ty: &Type) -> bool {
    in_option(ty).and_then(in_option).is_some()
}

fn in_option(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = unwrapped(ty) else {
        return None;
    };
    let segments = &path.path.segments;
    let last = segments.last()?;
    let is_core = segments.len() == 1
        || segments
            .first()
            .is_some_and(|first| first.ident == "std" || first.ident == "core");
    match &last.arguments {
        PathArguments::AngleBracketed(arguments) if last.ident == "Option" && is_core => {
            match arguments.args.first()? {
                GenericArgument::Type(inner) => Some(inner),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The type itself where parentheses or a `macro_rules` fragment wrap it.
pub(crate) fn unwrapped(mut ty: &Type) -> &Type {
    loop {
        ty = match ty {
            Type::Group(group) => &group.elem,
            Type::Paren(paren) => &paren.elem,
            _ => return ty,
        };
    }
}

/// The first `impl` in a type.
pub(crate) fn first_impl(ty: &Type) -> Option<TokenTree> {
    first(
        ty.to_token_stream(),
        &mut |token, _| matches!(token, TokenTree::Ident(word) if word == "impl"),
    )
}

/// The first `&`, or lifetime other than `'static`, in a type.
pub(crate) fn first_borrow(ty: &Type) -> Option<TokenTree> {
    first(
        ty.to_token_stream(),
        &mut |token, next| match (token, next) {
            (TokenTree::Punct(punct), _) if punct.as_char() == '&' => true,
            (TokenTree::Punct(punct), Some(TokenTree::Ident(name))) => {
                punct.as_char() == '\'' && punct.spacing() == Spacing::Joint && name != "static"
            }
            _ => false,
        },
    )
}

fn first(
    tokens: TokenStream,
    wanted: &mut impl FnMut(&TokenTree, Option<&TokenTree>) -> bool,
) -> Option<TokenTree> {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        if wanted(&token, tokens.peek()) {
            return Some(token);
        }
        if let TokenTree::Group(group) = token
            && let Some(inner) = first(group.stream(), wanted)
        {
            return Some(inner);
        }
    }
    None
}

/// Whether a reference lives no longer than the call: its lifetime is left out or `'_`.
pub(crate) fn is_lent(lifetime: Option<&Lifetime>) -> bool {
    lifetime.is_none_or(|lifetime| lifetime.ident == "_")
}

/// The type that owns what a `&target` borrows.
pub(crate) fn owned(target: &Type) -> String {
    match target {
        Type::Slice(slice) => format!("Vec<{}>", shown(&slice.elem)),
        _ => match shown(target).as_str() {
            "str" => "String".to_owned(),
            "Path" => "PathBuf".to_owned(),
            other => other.to_owned(),
        },
    }
}

/// A type as a person would write it.
pub(crate) fn shown(ty: &Type) -> String {
    let mut text = ty.to_token_stream().to_string();
    for (spaced, tight) in [
        (" :: ", "::"),
        (":: ", "::"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ,", ","),
        ("& ", "&"),
        ("[ ", "["),
        (" ]", "]"),
    ] {
        text = text.replace(spaced, tight);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ty(source: &str) -> Type {
        syn::parse_str(source).expect("the test writes a type")
    }

    #[test]
    fn borrows_are_found_at_any_depth() {
        for (source, borrows) in [
            ("u32", false),
            ("Vec<String>", false),
            ("Cow<'static, str>", false),
            ("&str", true),
            ("Option<&'static str>", true),
            ("Vec<(u8, [&str; 2])>", true),
            ("Cow<'_, str>", true),
            ("Cow<'a, str>", true),
        ] {
            assert_eq!(first_borrow(&ty(source)).is_some(), borrows, "{source}");
        }
    }

    #[test]
    fn impl_is_found_at_any_depth() {
        for (source, found) in [
            ("impl Into<String>", true),
            ("Option<impl Into<String>>", true),
            ("(u8, impl Copy)", true),
            ("Box<dyn Fn()>", false),
            ("implementation::Type", false),
        ] {
            assert_eq!(first_impl(&ty(source)).is_some(), found, "{source}");
        }
    }

    #[test]
    fn borrowed_types_have_an_owner() {
        for (source, expected) in [
            ("str", "String"),
            ("[u8]", "Vec<u8>"),
            ("Path", "PathBuf"),
            ("site::Db", "site::Db"),
            ("Vec<Option<u8>>", "Vec<Option<u8>>"),
        ] {
            assert_eq!(owned(&ty(source)), expected, "{source}");
        }
    }
}
