//! What tools and state providers have in common: a plain free function.

use syn::{GenericParam, Path, ReturnType, Safety, Type};

use super::types;
use crate::errors::Errors;
use crate::parse::{Arguments, Function};

/// What a function under an attribute is called in messages.
#[derive(Clone, Copy)]
pub(crate) struct Role {
    /// "`#[tool]`"
    pub(crate) attribute: &'static str,
    /// With its article: "a tool".
    pub(crate) noun: &'static str,
    /// Why type parameters make no sense.
    pub(crate) why_concrete: &'static str,
}

/// Reports everything that makes a function more than a plain one that generated code can call.
pub(crate) fn check(function: &Function, role: Role, errors: &Errors) {
    let Role {
        attribute,
        noun,
        why_concrete,
    } = role;
    let signature = &function.signature;

    for other in &function.repeated {
        let name = other
            .path()
            .segments
            .last()
            .map(|segment| segment.ident.to_string())
            .unwrap_or_default();
        errors.at(
            other,
            if attribute == format!("`#[{name}]`") {
                format!("{attribute} is written twice on this function: keep one of them")
            } else {
                "a function is either a tool or provides state: keep one of the two attributes"
                    .to_owned()
            },
        );
    }
    if !function.has_body() {
        errors.at(
            &signature.ident,
            format!(
                "{attribute} goes on a free function, and this is a method of a trait: \
                 move it out and give it a body"
            ),
        );
    }
    if let Safety::Unsafe(token) = &signature.safety {
        errors.at(
            token,
            format!("{noun} can't be `unsafe`: nobody could keep its promises for the script"),
        );
    }
    if let Some(abi) = &signature.abi {
        errors.at(
            abi,
            format!("{noun} is called from Rust: remove the `extern`"),
        );
    }
    if let Some(variadic) = &signature.variadic {
        errors.at(
            variadic.dots,
            format!("{noun} can't be variadic: take a `Vec`"),
        );
    }
    for parameter in &signature.generics.params {
        let (what, instead) = match parameter {
            GenericParam::Type(parameter) => (
                format!("a type parameter `{}`", parameter.ident),
                "name the type",
            ),
            GenericParam::Const(parameter) => (
                format!("a const parameter `{}`", parameter.ident),
                "write the value",
            ),
            GenericParam::Lifetime(parameter) => (
                format!("a lifetime `{}`", parameter.lifetime),
                "leave lifetimes out",
            ),
        };
        errors.at(
            parameter,
            format!("{noun} can't have {what}, {why_concrete}: {instead}"),
        );
    }
    if let Some(clause) = &signature.generics.where_clause {
        errors.at(
            clause,
            format!("{noun} isn't generic, so it needs no `where`: remove it"),
        );
    }
}

/// The type a function returns; `None` is `()`.
pub(crate) fn returns(function: &Function, role: Role, errors: &Errors) -> Option<Type> {
    let ReturnType::Type(_, ty) = &function.signature.output else {
        return None;
    };
    if let Some(token) = types::first_impl(ty) {
        let instead = if types::shown(ty).contains("Future<") {
            "write an `async fn`"
        } else {
            "name the type"
        };
        errors.at(
            token,
            format!(
                "{} can't return `impl Trait`, {}: {instead}",
                role.noun, role.why_concrete
            ),
        );
    }
    Some((**ty).clone())
}

/// The path of the runtime from `crate = "…"`.
pub(crate) fn runtime(arguments: &Arguments, errors: &Errors) -> Option<Path> {
    let written = arguments.string("crate", errors)?;
    written
        .parse_with(Path::parse_mod_style)
        .map_err(|_| {
            errors.at(
                &written,
                "this is not a path: write the one of codemode-runtime, such as \
                 `crate = \"renamed_runtime\"`",
            );
        })
        .ok()
}
