//! Services with an OpenAPI document as a source of tools.
//!
//! A [`Document`] is read operation by operation; each becomes a function with a name that a person would choose, one object of all
//! that it takes, and the type of what comes back.
#![doc = include_str!("../README.md")]

mod answer;
mod config;
mod document;
#[cfg(feature = "http")]
mod http;
mod media;
mod model;
mod names;
mod request;
mod schema;
mod security;
mod tools;

pub use self::answer::{Answer, AnswerError, Problem, Received};
pub use self::config::{Auth, Config, ConfigError, KeyPlace, Secret};
pub use self::document::{Document, DocumentError};
#[cfg(feature = "http")]
pub use self::http::{CallError, OpenError, SendError, Service};
pub use self::model::{
    Body, BodyForm, Encoding, Given, Method, Operation, Parameter, Part, Place, Response,
    ResponseForm, Skipped, Style,
};
pub use self::request::{InputError, Payload, Request};
pub use self::security::{Base, BaseError, CredentialError, Credentials, Secrets, is_private};
