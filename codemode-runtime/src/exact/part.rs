//! A part of a result that is being written, and what all parts share.

use std::cell::Cell;
use std::fmt::Display;

use serde::ser::Error;

#[derive(Default)]
pub(super) struct State {
    pub(super) depth: Cell<usize>,
    /// Whether something was marked.
    pub(super) marks: Cell<bool>,
    /// Whether strings that start with the mark are marked as such.
    pub(super) escapes: Cell<bool>,
    /// Whether the value being written is inside of a [`BigInt`](super::BigInt).
    pub(super) bigint: Cell<bool>,
    /// Whether the key of a map's value is known when the value is written.
    pub(super) keeps_keys: Cell<bool>,
}

pub(super) struct Exact<'s, S> {
    pub(super) inner: S,
    pub(super) state: &'s State,
}

/// A value inside of another one, with the way to it.
pub(super) struct Inner<'s, 'v, T: ?Sized> {
    pub(super) value: &'v T,
    pub(super) state: &'s State,
    pub(super) step: Step<'v>,
}

pub(super) enum Step<'v> {
    None,
    Field(&'v str),
    Index(usize),
}

/// What is wrong with a value, behind the way to it.
pub(super) fn problem<E: Error>(what: impl Display) -> E {
    E::custom(format_args!(": {what}"))
}
