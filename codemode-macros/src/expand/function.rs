//! The user's own function, as it was.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::parse::Function;

impl ToTokens for Function {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self {
            attributes,
            visibility,
            signature,
            body,
            ..
        } = self;
        tokens.extend(quote!(#(#attributes)* #visibility #signature #body));
    }
}

/// The item, so that nothing that uses it fails as well, and the faults.
pub(crate) fn faulty(item: impl ToTokens, faults: &syn::Error) -> TokenStream {
    let faults = faults.to_compile_error();
    quote!(#item #faults)
}
