//! Services with an OpenAPI document as a source of tools.
//!
//! A [`Document`] is read operation by operation; each becomes a function with a name that a person would choose, one object of all
//! that it takes, and the type of what comes back.
#![doc = include_str!("../README.md")]

mod answer;
mod document;
mod media;
mod model;
mod names;
mod request;
mod schema;
mod tools;

pub use self::answer::{Answer, AnswerError, Problem, Received};
pub use self::document::{Document, DocumentError};
pub use self::model::{
    Body, BodyForm, Encoding, Given, Method, Operation, Parameter, Part, Place, Response,
    ResponseForm, Skipped, Style,
};
pub use self::request::{InputError, Payload, Request};
