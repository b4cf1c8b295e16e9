//! A function that makes a piece of state, and its registration.

use proc_macro2::TokenStream;
use quote::quote;

use super::runtime::{Returned, Runtime, location};
use crate::model::StateProvider;
use crate::parse::Function;

/// The function, and beside it what makes the runtime call it.
pub(crate) fn provide_state(function: &Function, provider: &StateProvider) -> TokenStream {
    let runtime = Runtime::new(provider.runtime.as_ref());
    let returned = Returned::of(&provider.function, provider.returns.as_ref());
    let ok_type = returned.ok_type();
    let location = location(&provider.function);
    let name = &provider.function;
    let result = returned.result(&quote!(#name()));
    let register = runtime.hook(
        "__register_state",
        &quote! {
            __codemode::StateProvider {
                provides: || __codemode::state_type_of(#ok_type),
                location: #location,
                make: || __codemode::provided(#result),
            }
        },
    );
    let scope = runtime.scope(function, &register);
    quote!(#function #scope)
}
