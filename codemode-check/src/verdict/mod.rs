//! What the compiler found, and what of it a script's author is told.

pub(crate) mod found;
pub(crate) mod places;
mod promises;
pub(crate) mod rules;
mod text;
pub(crate) mod told;
mod words;
