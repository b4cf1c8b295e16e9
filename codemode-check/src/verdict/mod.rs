//! What the compiler found, and what of it a script's author is told.

mod advice;
mod conversions;
mod fields;
pub(crate) mod found;
mod globals;
mod habits;
mod members;
pub(crate) mod places;
mod promises;
pub(crate) mod rules;
mod text;
pub(crate) mod told;
mod unknown;
mod worded;
