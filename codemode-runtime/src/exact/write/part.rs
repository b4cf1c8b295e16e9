//! A part of a result that is being written, and what all parts share.

use std::cell::Cell;
use std::fmt::Display;

use serde::ser::Error;

#[derive(Default)]
pub(crate) struct State {
    pub(crate) depth: Cell<usize>,
    /// Whether something was marked.
    pub(crate) marks: Cell<bool>,
    /// Whether strings that start with the mark are marked as such.
    pub(crate) escapes: Cell<bool>,
    /// Whether the value being written is inside of a [`BigInt`](crate::exact::BigInt).
    pub(crate) bigint: Cell<bool>,
    /// Whether the key of a map's value is known when the value is written.
    pub(crate) keeps_keys: Cell<bool>,
}

pub(crate) struct Exact<'s, S> {
    pub(crate) inner: S,
    pub(crate) state: &'s State,
}

/// A value inside of another one, with the way to it.
pub(crate) struct Inner<'s, 'v, T: ?Sized> {
    pub(crate) value: &'v T,
    pub(crate) state: &'s State,
    pub(crate) step: Step<'v>,
}

pub(crate) enum Step<'v> {
    None,
    Field(&'v str),
    Index(usize),
}

/// What is wrong with a value, behind the way to it.
pub(crate) fn problem<E: Error>(what: impl Display) -> E {
    E::custom(format_args!(": {what}"))
}
