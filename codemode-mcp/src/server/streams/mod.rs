//! Clients at the other end of two streams, such as standard input and output.

mod message;
pub(crate) mod transport;
