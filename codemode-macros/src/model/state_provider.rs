//! A function that makes a piece of state.

use proc_macro2::{Ident, TokenStream};
use syn::{Path, Type};

use super::function::{self, Role};
use crate::errors::Errors;
use crate::parse::{Arguments, Function, Key};

/// A function that makes a piece of state when nobody hands one over.
pub(crate) struct StateProvider {
    /// The function to call.
    pub(crate) function: Ident,
    /// `crate = "…"`.
    pub(crate) runtime: Option<Path>,
    /// `None` only after a fault.
    pub(crate) returns: Option<Type>,
}

const KEYS: &[Key] = &[Key {
    name: "crate",
    example: "crate = \"renamed_runtime\"",
}];

impl StateProvider {
    pub(crate) const ROLE: Role = Role {
        attribute: "`#[provide_state]`",
        noun: "a function that provides state",
        why_concrete: "as state is found by its exact type",
    };

    pub(crate) fn read(arguments: TokenStream, function: &Function, errors: &Errors) -> Self {
        let arguments = Arguments::parse(arguments, KEYS, errors);
        let signature = &function.signature;
        let provider = Self {
            function: signature.ident.clone(),
            runtime: function::runtime(&arguments, errors),
            returns: function::returns(function, Self::ROLE, errors),
        };
        function::check(function, Self::ROLE, errors);
        if provider.returns.is_none() {
            errors.at(
                &signature.ident,
                "this function provides nothing: return the state, as `T` or as `Result<T, E>`",
            );
        }
        if let Some(token) = &signature.asyncness {
            errors.at(
                token,
                "a function that provides state can't be `async`, as nobody waits where it is called: \
                 return a pool that connects when it is first used, or a `tokio::sync::OnceCell` that \
                 the tools fill. A program of your own can also make the state before and hand it \
                 over with `Sandbox::builder().state(…)`",
            );
        }
        for parameter in &function.parameters {
            errors.at(
                &parameter.argument,
                "a function that provides state takes no parameters: read what it needs from the \
                 environment, or hand the state over with `Sandbox::builder().state(…)`",
            );
        }
        provider
    }
}
