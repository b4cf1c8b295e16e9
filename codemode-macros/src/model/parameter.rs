//! The parameters of a tool: what the script passes, and what the host does.

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::{Attribute, Expr, FnArg, LitStr, Pat, PatType, Type, TypeReference};

use super::types;
use crate::errors::Errors;
use crate::parse::{self, Arguments, DocLine, Key, SerdeNames, Value};

/// One parameter, in the function's order.
pub(crate) enum Parameter {
    /// A host value of this type, found by its type.
    State(Type),
    /// A host value behind a pointer, found by this type that only such a pointer can hold.
    UnsizedState(Type),
    /// The call's context; the type is kept for the place of a mismatch.
    Context(Type),
    /// A field of the object that the script passes.
    Input(Box<InputParameter>),
}

/// A field of the object that the script passes.
pub(crate) struct InputParameter {
    pub(crate) name: Ident,
    pub(crate) ty: Type,
    pub(crate) docs: Vec<DocLine>,
    pub(crate) default: Option<Default>,
    pub(crate) rename: Option<LitStr>,
    /// `#[serde(…)]` and `#[schemars(…)]` as written.
    pub(crate) attributes: Vec<Attribute>,
    /// The name for reading that those give.
    pub(crate) serde: SerdeNames,
}

/// What stands in when the script leaves a parameter out.
pub(crate) struct Default {
    /// The word that asks for it, for the place of an error.
    pub(crate) key: Ident,
    pub(crate) value: DefaultValue,
}

/// Where a default comes from.
pub(crate) enum DefaultValue {
    /// `Default::default()`
    OfType,
    /// An expression of the parameter's type.
    Expression(Box<Expr>),
    /// A string literal, which is converted to the parameter's type.
    Text(Box<Expr>),
}

const KEYS: &[Key] = &[
    Key {
        name: "default",
        example: "default = 30",
    },
    Key {
        name: "rename",
        example: "rename = \"perPage\"",
    },
];

impl Parameter {
    /// Reads one parameter; `None` after a fault.
    pub(crate) fn read(written: &parse::Parameter, errors: &Errors) -> Option<Self> {
        for condition in &written.conditions {
            errors.at(
                condition,
                "a parameter of a tool is there or it isn't: write two functions and put the \
                 `#[cfg]` on them",
            );
        }
        let argument = match &written.argument {
            FnArg::Typed(argument) => argument,
            FnArg::Receiver(receiver) => {
                errors.at(
                    receiver,
                    "a tool is a free function: move it out of the `impl` and take the object as \
                     `#[state] name: &Type`",
                );
                return None;
            }
        };
        for (marks, name) in [(&written.state, "state"), (&written.context, "context")] {
            check_marks(marks, name, errors);
        }
        if let Some(token) = types::first_impl(&argument.ty) {
            errors.at(
                token,
                "a tool can't take `impl Trait`, as its declaration needs exact types: name the type",
            );
            return None;
        }

        match (written.state.first(), written.context.first()) {
            (None, None) => input(written, argument, errors),
            (Some(_), None) => {
                check_host_value(written, "state", errors);
                lent(&argument.ty, "state", errors).map(|it| state(&it.elem))
            }
            (None, Some(_)) => {
                check_host_value(written, "context", errors);
                lent(&argument.ty, "the context", errors)
                    .map(|_| Self::Context((*argument.ty).clone()))
            }
            (Some(_), Some(context)) => {
                errors.at(
                    context,
                    "a parameter is either state or the context: keep one of the two attributes",
                );
                None
            }
        }
    }
}

impl InputParameter {
    /// The name before any renaming.
    pub(crate) fn rust_name(&self) -> String {
        self.name.unraw().to_string()
    }

    /// Whether a script has to pass it, as far as is written.
    pub(crate) fn is_required(&self) -> bool {
        self.default.is_none() && self.serde.default.is_none() && !self.tells_null_apart()
    }

    /// Whether `null` and nothing are to be two values: with an `Option` in an `Option`, unless an attribute says how to
    /// read it.
    pub(crate) fn tells_null_apart(&self) -> bool {
        !self.serde.has_function && types::is_nested_option(&self.ty)
    }

    /// The name that an attribute on the parameter itself gives.
    pub(crate) fn given_name(&self) -> Option<&LitStr> {
        self.rename.as_ref().or(self.serde.rename.as_ref())
    }
}

fn state(ty: &Type) -> Parameter {
    let ty = types::unwrapped(ty).clone();
    if types::is_unsized(&ty) {
        Parameter::UnsizedState(ty)
    } else {
        Parameter::State(ty)
    }
}

/// `#[state]` and `#[context]` stand alone and once.
fn check_marks(marks: &[Attribute], name: &str, errors: &Errors) {
    for mark in marks {
        if !matches!(mark.meta, syn::Meta::Path(_)) {
            errors.at(
                &mark.meta,
                format!("`#[{name}]` takes no arguments: write `#[{name}]`"),
            );
        }
    }
    for again in marks.iter().skip(1) {
        errors.at(
            again,
            format!("`#[{name}]` is written twice: keep one of them"),
        );
    }
}

/// What describes a part of the script's object makes no sense on a host value.
fn check_host_value(written: &parse::Parameter, mark: &str, errors: &Errors) {
    for attribute in written.tool.iter().chain(&written.field) {
        let name = attribute
            .path()
            .get_ident()
            .map(ToString::to_string)
            .unwrap_or_default();
        errors.at(
            attribute,
            format!(
                "the host passes what is marked `#[{mark}]`, never the script: \
                 remove `#[{name}(…)]`"
            ),
        );
    }
}

/// The reference type that a host value must have.
fn lent<'a>(ty: &'a Type, what: &str, errors: &Errors) -> Option<&'a TypeReference> {
    let Type::Reference(reference) = types::unwrapped(ty) else {
        errors.at(
            ty,
            format!(
                "{what} is lent to a tool for the time of a call: write `&{}`",
                types::shown(ty)
            ),
        );
        return None;
    };
    let target = types::shown(&reference.elem);
    if let Some(token) = &reference.mutability {
        errors.at(
            token,
            format!(
                "{what} is shared by all calls, so it can't be `&mut`: write `&{target}`, \
                 with a lock or an atomic inside where it changes"
            ),
        );
    }
    if !types::is_lent(reference.lifetime.as_ref()) {
        errors.at(
            &reference.lifetime,
            format!("{what} is lent to a tool for the time of a call: write `&{target}`"),
        );
    }
    Some(reference)
}

fn input(written: &parse::Parameter, argument: &PatType, errors: &Errors) -> Option<Parameter> {
    check_owned(&argument.ty, errors);
    let (default, rename) = read_arguments(&written.tool, errors);
    let serde = parse::serde_names(&written.field);
    check_said_once(default.as_ref(), rename.as_ref(), &serde, errors);

    let name = plain_name(&argument.pat, errors)?;
    Some(Parameter::Input(Box::new(InputParameter {
        name: name.clone(),
        ty: (*argument.ty).clone(),
        docs: parse::docs(&written.docs),
        default,
        rename,
        attributes: written.field.clone(),
        serde,
    })))
}

/// What comes from a script is made for the call, so there is nothing to borrow it from.
fn check_owned(ty: &Type, errors: &Errors) {
    if let Type::Reference(reference) = types::unwrapped(ty) {
        let owned = types::owned(types::unwrapped(&reference.elem));
        let message = if reference.mutability.is_some() {
            format!("what a script passes can't be borrowed: take `{owned}`")
        } else {
            format!(
                "what a script passes can't be borrowed: take `{owned}`, or mark the parameter \
                 `#[state]` if the host provides it"
            )
        };
        errors.at(ty, message);
    } else if let Some(token) = types::first_borrow(ty) {
        errors.at(
            token,
            "what a script passes can't be borrowed: take an owned type here, such as `String` \
             for `&str`",
        );
    }
}

/// Reads the `#[tool(…)]` attributes of a parameter.
fn read_arguments(attributes: &[Attribute], errors: &Errors) -> (Option<Default>, Option<LitStr>) {
    let Some(first) = attributes.first() else {
        return (None, None);
    };
    for again in &attributes[1..] {
        errors.at(
            again,
            "`#[tool(…)]` is written twice on this parameter: put all of it into the first one",
        );
    }
    let arguments = Arguments::of_attribute(first, KEYS, errors);
    let default = arguments.get("default").map(|argument| Default {
        key: argument.key.clone(),
        value: match &argument.value {
            Value::Absent => DefaultValue::OfType,
            Value::Expression(value) if parse::string(value).is_some() => {
                DefaultValue::Text(value.clone())
            }
            Value::Expression(value) => DefaultValue::Expression(value.clone()),
        },
    });
    (default, arguments.string("rename", errors))
}

/// A name or a default that stands in `#[tool]` and in `#[serde]` would have two meanings.
fn check_said_once(
    default: Option<&Default>,
    rename: Option<&LitStr>,
    serde: &SerdeNames,
    errors: &Errors,
) {
    if let (Some(default), Some(_)) = (default, serde.default) {
        errors.at(
            &default.key,
            "`#[serde(…)]` gives this parameter a default as well: keep one of the two",
        );
    }
    if let (Some(name), Some(_)) = (rename, &serde.rename) {
        errors.at(
            name,
            "`#[serde(…)]` renames this parameter as well: keep one of the two",
        );
    }
}

fn plain_name<'a>(pattern: &'a Pat, errors: &Errors) -> Option<&'a Ident> {
    match pattern {
        Pat::Ident(name) if name.by_ref.is_none() && name.subpat.is_none() => Some(&name.ident),
        _ => {
            errors.at(
                pattern,
                "a parameter's name is what scripts write, so a pattern won't do: \
                 write `name: Type` and take it apart in the body",
            );
            None
        }
    }
}
