//! Where requests and credentials may go, and what of them may come back.

mod address;
mod base;
mod credentials;
mod secrets;

pub use self::address::is_private;
pub use self::base::{Base, BaseError};
pub use self::credentials::{CredentialError, Credentials};
pub use self::secrets::Secrets;
