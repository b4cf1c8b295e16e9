//! A Rust value, to what a script gets.

mod compound;
mod part;
mod private;
pub(crate) mod serializer;
