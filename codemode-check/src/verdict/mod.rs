//! What the compiler found, and what of it a script's author is told.

pub(crate) mod found;
pub(crate) mod places;
pub(crate) mod rules;
