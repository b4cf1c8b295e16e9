//! Collects every fault of one macro call, so that a user sees all of them in one build.

use std::cell::RefCell;
use std::fmt::Display;

use proc_macro2::Span;
use quote::ToTokens;

/// The faults found so far.
///
/// Reading and validating go on after a fault, with a harmless stand-in, and the collector is asked once at the end. A debug build panics
/// when it is dropped unasked: a forgotten fault would turn a user's mistake into wrong code.
pub(crate) struct Errors {
    found: RefCell<Option<Vec<syn::Error>>>,
}

impl Errors {
    pub(crate) fn new() -> Self {
        Self {
            found: RefCell::new(Some(Vec::new())),
        }
    }

    /// Records a fault that covers all of `tokens`.
    pub(crate) fn at(&self, tokens: impl ToTokens, message: impl Display) {
        self.add(syn::Error::new_spanned(tokens, message));
    }

    /// Records a fault at a single token.
    pub(crate) fn at_span(&self, span: Span, message: impl Display) {
        self.add(syn::Error::new(span, message));
    }

    /// Records a fault that syn found.
    pub(crate) fn add(&self, error: syn::Error) {
        if let Some(found) = self.found.borrow_mut().as_mut() {
            found.push(error);
        }
    }

    /// All faults as one error, in the order in which they were found.
    pub(crate) fn finish(self) -> Result<(), syn::Error> {
        let found = self.found.borrow_mut().take().unwrap_or_default();
        let combined = found.into_iter().reduce(|mut all, next| {
            all.combine(next);
            all
        });
        combined.map_or(Ok(()), Err)
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        if cfg!(debug_assertions) && !std::thread::panicking() {
            assert!(
                self.found.borrow().is_none(),
                "the faults of a macro call were dropped without being reported"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_faults_come_out_in_the_order_they_were_found() {
        let errors = Errors::new();
        errors.at_span(Span::call_site(), "first");
        errors.at_span(Span::call_site(), "second");
        let messages: Vec<String> = errors
            .finish()
            .expect_err("two faults were recorded")
            .into_iter()
            .map(|error| error.to_string())
            .collect();
        assert_eq!(messages, ["first", "second"]);
    }

    #[test]
    fn no_fault_is_no_error() {
        assert!(Errors::new().finish().is_ok());
    }

    #[test]
    #[should_panic(expected = "dropped without being reported")]
    fn faults_cannot_be_forgotten() {
        let errors = Errors::new();
        errors.at_span(Span::call_site(), "forgotten");
        drop(errors);
    }
}
