//! Where generated code pretends to stand, so that rustc's errors about it point at what the user
//! wrote.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// The first and the last token of something the user wrote.
///
/// Code that begins at `start` and ends at `end` is underlined as the whole. The spans keep the
/// macro's hygiene: rustc then knows that the code is generated and spares it the user's lints.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) start: Span,
    pub(crate) end: Span,
}

impl Place {
    pub(crate) fn of(written: &impl ToTokens) -> Self {
        let mut tokens = written.to_token_stream().into_iter();
        let here = |span: Span| Span::call_site().located_at(span);
        let start = tokens
            .next()
            .map_or_else(Span::call_site, |token| here(token.span()));
        let end = tokens.last().map_or(start, |token| here(token.span()));
        Self { start, end }
    }

    /// `tokens` with every token standing at the start.
    pub(crate) fn put(self, tokens: TokenStream) -> TokenStream {
        tokens
            .into_iter()
            .map(|mut token| {
                token.set_span(self.start);
                token
            })
            .collect()
    }
}
