//! A service, reached by HTTP.

mod clients;
mod error;
mod load;
mod promise;
mod send;
mod service;

pub use self::error::{CallError, OpenError, SendError};
pub use self::service::Service;
