//! What is said of each kind of mistake.

pub(super) mod advice;
mod conversions;
pub(super) mod fields;
pub(super) mod globals;
mod habits;
mod members;
pub(super) mod unknown;
pub(super) mod worded;
