//! The runtime, under the name by which the user's crate knows it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Path, Type};

use super::spans::Place;
use crate::parse::Function;

/// The path to the runtime crate.
pub(crate) struct Runtime(TokenStream);

impl Runtime {
    pub(crate) fn new(path: Option<&Path>) -> Self {
        Self(path.map_or_else(|| quote!(::codemode_runtime), ToTokens::to_token_stream))
    }

    /// A path of the runtime's private module as text, which is how serde and schemars take it.
    pub(crate) fn private(&self, name: &str) -> String {
        let path = self.0.to_string().replace(' ', "");
        format!("{path}::__private::{name}")
    }

    /// An anonymous scope in which `__codemode` is the runtime's private module.
    ///
    /// What is written in it repeats the function's types and calls the function, so what the function allows is allowed
    /// here as well. Nothing else may be: where a lint is forbidden, allowing it is an error.
    pub(crate) fn scope(&self, function: &Function, items: &TokenStream) -> TokenStream {
        let Self(runtime) = self;
        let conditions = function.conditions();
        let allowed = function.allowed_lints();
        let deprecated = function
            .is_deprecated()
            .then(|| quote!(#[allow(deprecated)]));
        quote! {
            #(#conditions)*
            #(#[allow(#allowed)])*
            #deprecated
            const _: () = {
                use #runtime::__private as __codemode;
                use #runtime::__private::PlainReturn as _;

                #items
            };
        }
    }

    /// A call of one of the runtime's hook macros, which decide what is registered.
    pub(crate) fn hook(&self, name: &str, argument: &TokenStream) -> TokenStream {
        let Self(runtime) = self;
        let name = Ident::new(name, Span::call_site());
        quote!(#runtime::#name!(#argument);)
    }
}

/// Where a function stands, for messages at run time.
///
/// The spans are the user's own: `line!` answers for the outermost expansion of its own place.
pub(crate) fn location(function: &Ident) -> TokenStream {
    let here = function.span();
    let [file, line, column] = ["file", "line", "column"].map(|name| {
        let name = Ident::new(name, here);
        quote_spanned!(here=> ::core::#name!())
    });
    quote!(__codemode::Location { file: #file, line: #line, column: #column })
}

/// A function's return type, which the runtime takes apart: only the compiler knows whether a name
/// stands for a `Result`.
pub(crate) struct Returned<'a> {
    ty: Option<&'a Type>,
    place: Place,
}

impl<'a> Returned<'a> {
    pub(crate) fn of(function: &Ident, ty: Option<&'a Type>) -> Self {
        Self {
            ty,
            place: ty.map_or_else(|| Place::of(function), Place::of),
        }
    }

    /// The type of a success, as a value.
    pub(crate) fn ok_type(&self) -> TokenStream {
        self.call(&quote!(ok_type()))
    }

    /// `value`, which the function returned, as a `Result`.
    pub(crate) fn result(&self, value: &TokenStream) -> TokenStream {
        self.call(&quote!(into_result(#value)))
    }

    fn call(&self, call: &TokenStream) -> TokenStream {
        let unit = quote!(());
        let ty = self.ty.map_or(unit, ToTokens::to_token_stream);
        let Place { start, end } = self.place;
        let before = quote_spanned!(start=> __codemode::Returns::<);
        let after = quote_spanned!(end=> >::);
        let call = Place { start: end, end }.put(call.clone());
        quote!(#before #ty #after #call)
    }
}
