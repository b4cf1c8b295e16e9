//! The wire to a server: messages out, and whatever comes in read as widely as it can be.

mod group;
mod http;
mod pending;
mod program;
mod said;
mod shared;

pub(super) use self::group::Group;
pub(super) use self::http::{Http, SET_BY_HTTP, says_final};
pub(super) use self::program::Program;
pub(super) use self::said::StandardError;
pub(super) use self::shared::{Broken, Oddities};
