//! A session with one server: the program is started or the address reached, both sides shake hands, the tools are listed, and
//! what is lost is made again.

pub(crate) mod connection;
mod handler;
mod list;
mod progress;
pub(crate) mod reconnect;
mod start;
pub(crate) mod words;
