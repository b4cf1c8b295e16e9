//! Schemas to the model.
//!
//! [`module`] reads the schemas of all functions; [`graph`] says who refers to whom, and what gets a name; [`schema`] reads one schema to
//! a type, and [`docs`] what it says for people.

mod cycles;
pub(crate) mod docs;
mod graph;
mod inherited;
pub(crate) mod module;
mod schema;
