//! Services with an OpenAPI document as a source of tools.
//!
//! A [`Document`] is read operation by operation; each becomes a function with a name that a person would choose, one object of all
//! that it takes, and the type of what comes back. A call is made with [`Operation::request`] and read with [`Operation::receive`];
//! with the feature `http`, a `Service` does both over a network, and with `calls`, an `OpenApiHost` gives it to a sandbox.
//!
//! # What is true of others' documents
//!
//! Documents are read entry by entry: what can't be read costs that entry, aloud. A service's answers are held to what its document
//! declares. Credentials go to the service's own host, and never reach a script, a declaration, a result or an error.

mod answer;
mod config;
mod document;
#[cfg(feature = "calls")]
mod host;
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
#[cfg(feature = "calls")]
pub use self::host::OpenApiHost;
#[cfg(feature = "http")]
pub use self::http::{CallError, OpenError, SendError, Service};
pub use self::model::{
    Body, BodyForm, Encoding, Given, Method, Operation, Parameter, Part, Place, Response,
    ResponseForm, Skipped, Style,
};
pub use self::request::{InputError, Payload, Request};
pub use self::security::{Base, BaseError, CredentialError, Credentials, Secrets, is_private};

/// The code of the README is run like all other examples.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
