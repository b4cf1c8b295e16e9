//! What a sandbox and its worker say to each other: frames of a bounded length.
//!
//! A frame is its length in four bytes, the least first, a byte that tells its kind, and its content; the length counts
//! kind and content. Texts that are long or frequent stand in the frame as they are, so that nothing is escaped and parsed
//! on the way of a call; what is rare and has a structure is JSON.

mod bounds;
mod decoder;
mod kind;
mod message;
mod parts;
#[cfg(test)]
mod tests;

pub(crate) use self::bounds::{Bounds, log_bytes};
pub(crate) use self::decoder::{Decoder, read_all};
pub(crate) use self::message::{End, FromWorker, Setup, ToWorker};
pub(crate) use self::parts::Nonsense;
